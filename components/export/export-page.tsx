import type { CaseEntry } from '../../desk/case/case-entry.ts'
import { m } from '../../paraglide/messages.js'
import { scoreName } from '../customer/score-words.ts'
import { useWorkplace } from '../desk/context.ts'
import { stateSentence, transferName } from '../files/transfer-words.ts'
import { isOver } from '../media/media-over.tsx'
import { mediaName, mediaSize } from '../media/media-words.ts'
import { ConsentLine } from '../queue/case-consents.tsx'
import { TimelineWords } from '../queue/case-timeline.tsx'
import { customerName } from '../queue/customer-name.ts'
import { useNames } from '../queue/names.ts'
import { NoteText } from '../queue/note-text.tsx'
import { formatLocale } from '../ui/locale.ts'
import type { ExportContent } from './export-content.ts'

/** A ticket as a page that any browser opens, without Deskside. Pictures and films lie beside it. */
export function ExportPage({ content }: { content: ExportContent }) {
  const names = useNames()
  const { entry, at, mayLack, notes, timeline, ledger, transfers, ratings } = content
  const { header, details } = entry
  const name = customerName(details)
  return (
    <main>
      <h1>
        {header.lookup} {name}
      </h1>
      <p>{m.export_of({ group: names.group(header.group), time: exactTime(at) })}</p>
      {mayLack && <p>{m.export_may_lack()}</p>}
      {details?.contact && <p>{details.contact}</p>}
      {details?.request && <p class="text">{details.request}</p>}
      {ratings.map(({ session, score, words, technician }) => (
        <p key={session} class="text">
          {m.log_rated({ rating: scoreName(score) })} ({names.technician(technician)}){words && `: ${words}`}
        </p>
      ))}
      <h2>{m.chat_label()}</h2>
      <Talk content={content} />
      <h2>{m.notes_label()}</h2>
      {notes ? <NoteText text={notes} /> : <p>{m.notes_none()}</p>}
      <h2>{m.consent_tab()}</h2>
      <ol>
        {ledger.map((line) => (
          <ConsentLine key={line.id} line={line} name={name} onGiveUp={undefined} />
        ))}
      </ol>
      <h2>{m.media_label()}</h2>
      <MediaPart content={content} />
      <h2>{m.board_whiteboard()}</h2>
      <Boards content={content} />
      <h2>{m.files_label()}</h2>
      <ul>
        {transfers.map((transfer) => (
          <li key={transfer.id}>
            {exactTime(transfer.at)} · {transferName(transfer)} · {stateSentence(transfer, name, undefined)}
          </li>
        ))}
      </ul>
      <h2>{m.timeline_label()}</h2>
      <ol>
        {timeline.map((line) => (
          <li key={line.id}>
            {exactTime(line.at)} · <TimelineWords line={line} customer={name} />
          </li>
        ))}
      </ol>
    </main>
  )
}

function Talk({ content: { entry, history, files } }: { content: ExportContent }) {
  const names = useNames()
  const who = (line: Exclude<CaseEntry, { kind: 'event' }>) =>
    line.from === 'customer' ? customerName(entry.details) : line.by ? names.technician(line.by) : m.queue_somebody()
  return (
    <ol>
      {history.map((line) => {
        if (line.kind === 'event') return null
        const file = line.kind === 'picture' ? files.get(line.media) : undefined
        return (
          <li key={line.id}>
            {exactTime(line.at)} · <strong>{who(line)}</strong>
            {line.kind === 'message' && <p class="text">{line.text}</p>}
            {line.kind === 'picture' &&
              (file ? <img src={linkTo(file.name)} alt="" /> : <p>{m.media_chat_elsewhere()}</p>)}
          </li>
        )
      })}
    </ol>
  )
}

function Boards({ content: { boards } }: { content: ExportContent }) {
  if (boards.length === 0) return <p>{m.board_none()}</p>
  return (
    <ul>
      {boards.map(({ name, caption, texts }) => (
        <li key={name}>
          <a href={linkTo(name)}>{caption}</a>
          <img src={linkTo(name)} alt={[caption, ...texts].join('\n')} />
        </li>
      ))}
    </ul>
  )
}

function MediaPart({ content: { media, files } }: { content: ExportContent }) {
  const names = useNames()
  const kept = useWorkplace().desk.mediaKept.value
  return (
    <ul>
      {media.map((listed) => {
        const file = files.get(listed.id)
        const what = `${mediaName(listed)} · ${exactTime(listed.at)} · ${mediaSize(listed)}`
        if (!file) {
          return (
            <li key={listed.id}>
              {what} ·{' '}
              {kept && isOver(listed, kept) ? m.media_over() : m.media_elsewhere({ name: names.technician(listed.by) })}
            </li>
          )
        }
        return (
          <li key={listed.id}>
            <a href={linkTo(file.name)}>{what}</a>
            {listed.kind === 'recording' ? (
              // biome-ignore lint/a11y/useMediaCaption: a recording of a session has none
              <video controls preload="metadata" src={linkTo(file.name)} />
            ) : (
              <img src={linkTo(file.name)} alt={mediaName(listed)} />
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** A name within the ZIP as an address. */
function linkTo(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/')
}

function exactTime(at: number): string {
  return new Date(at).toLocaleString(formatLocale(), { dateStyle: 'medium', timeStyle: 'medium' })
}
