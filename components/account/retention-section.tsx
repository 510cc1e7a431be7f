import { useEffect, useState } from 'preact/hooks'
import * as v from 'valibot'
import type { MediaItem } from '../../desk/media/media-item.ts'
import { m } from '../../paraglide/messages.js'
import { Retention, type RetentionPreview } from '../../protocol/retention.ts'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { formatLocale } from '../ui/locale.ts'
import { Refused } from '../ui/refused.tsx'
import { wholeNumber } from '../ui/whole-number.ts'
import { AccountSection } from './account-section.tsx'
import { useAttempt } from './attempt.ts'

/** What is typed; it stays while its box is off. */
type Draft = {
  deletes: boolean
  ticketDays: string
  deletesMedia: boolean
  mediaDays: string
  empties: boolean
  logDays: string
}

const USUAL_DAYS = '365'
const USUAL_MEDIA_DAYS = '90'

function draftOf({ ticketDays, mediaDays, logDays }: Retention): Draft {
  return {
    deletes: ticketDays !== null,
    ticketDays: ticketDays === null ? USUAL_DAYS : String(ticketDays),
    deletesMedia: mediaDays !== null,
    mediaDays: mediaDays === null ? USUAL_MEDIA_DAYS : String(mediaDays),
    empties: logDays !== null,
    logDays: logDays === null ? USUAL_DAYS : String(logDays),
  }
}

/** What the draft stands for, which the schema may refuse. */
function retentionOf({ deletes, ticketDays, deletesMedia, mediaDays, empties, logDays }: Draft): Retention {
  return {
    ticketDays: deletes ? wholeNumber(ticketDays) : null,
    mediaDays: deletesMedia ? wholeNumber(mediaDays) : null,
    logDays: empties ? wholeNumber(logDays) : null,
  }
}

/** `here`: images and recordings of this browser, of which the server does not know. */
type Asked = { retention: Retention; preview: RetentionPreview; here: number }

/** How long the whole help desk keeps what is over: for admins. What would go at once is shown before it does. */
export function RetentionSection() {
  const { retention, media } = useWorkplace().desk
  const [draft, setDraft] = useState<Draft>()
  const [wrong, setWrong] = useState<ReadonlySet<unknown>>(new Set())
  const [asked, setAsked] = useState<Asked>()
  const { refusal, attempt } = useAttempt()
  const [kept, setKept] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is tried is the same each time
  useEffect(() => {
    const life = new AbortController()
    attempt(async () => setDraft(draftOf(await retention.read(life.signal))), life.signal)
    return () => life.abort()
  }, [retention])

  function change(part: Partial<Draft>) {
    setKept(false)
    if (draft) setDraft({ ...draft, ...part })
  }

  async function look(typed: Draft) {
    const read = v.safeParse(Retention, retentionOf(typed))
    setWrong(new Set(read.issues?.map(({ path }) => path?.[0]?.key)))
    if (!read.success) return
    await attempt(async () => {
      const preview = await retention.preview(read.output)
      setAsked({ retention: read.output, preview, here: olderHere(media.items.peek().values(), read.output) })
    })
  }

  async function set(wanted: Retention) {
    setAsked(undefined)
    await attempt(async () => {
      setDraft(draftOf(await retention.set(wanted)))
      setKept(true)
    })
  }

  return (
    <AccountSection title={m.retention_title()}>
      <p>{m.retention_text()}</p>
      {draft && (
        <form
          class="admin-form"
          onSubmit={(event) => {
            event.preventDefault()
            void look(draft)
          }}
        >
          <Checkbox
            label={m.retention_tickets()}
            hint={m.retention_tickets_text()}
            checked={draft.deletes}
            onChecked={(deletes) => change({ deletes })}
          />
          {draft.deletes && (
            <Days
              label={m.retention_ticket_days()}
              value={draft.ticketDays}
              wrong={wrong.has('ticketDays')}
              onValue={(ticketDays) => change({ ticketDays })}
            />
          )}
          <Checkbox
            label={m.retention_media()}
            hint={m.retention_media_text()}
            checked={draft.deletesMedia}
            onChecked={(deletesMedia) => change({ deletesMedia })}
          />
          {draft.deletesMedia && (
            <Days
              label={m.retention_media_days()}
              value={draft.mediaDays}
              wrong={wrong.has('mediaDays')}
              onValue={(mediaDays) => change({ mediaDays })}
            />
          )}
          <Checkbox
            label={m.retention_log()}
            hint={m.retention_log_text()}
            checked={draft.empties}
            onChecked={(empties) => change({ empties })}
          />
          {draft.empties && (
            <Days
              label={m.retention_log_days()}
              value={draft.logDays}
              wrong={wrong.has('logDays')}
              onValue={(logDays) => change({ logDays })}
            />
          )}
          <div class="account-actions">
            <Button type="submit">{m.retention_save()}</Button>
          </div>
        </form>
      )}
      <p role="status">{kept && m.retention_saved()}</p>
      {refusal && <Refused refusal={refusal} />}
      {asked && (
        <Confirm asked={asked} onClose={() => setAsked(undefined)} onConfirm={() => void set(asked.retention)} />
      )}
    </AccountSection>
  )
}

/** By this computer's clock, which is near enough to say how many. */
function olderHere(items: Iterable<MediaItem>, { mediaDays }: Retention): number {
  if (mediaDays === null) return 0
  const from = Date.now() - mediaDays * 86_400_000
  return [...items].filter(({ at }) => at < from).length
}

type DaysProps = { label: string; value: string; wrong: boolean; onValue: (value: string) => void }

function Days({ label, value, wrong, onValue }: DaysProps) {
  return (
    <Field
      class="admin-number"
      label={label}
      error={wrong ? m.retention_days_wrong() : undefined}
      value={value}
      onValue={onValue}
      inputMode="numeric"
      autocomplete="off"
      maxLength={5}
    />
  )
}

function Confirm({ asked, onClose, onConfirm }: { asked: Asked; onClose: () => void; onConfirm: () => void }) {
  const { tickets, media, logRows } = asked.preview
  const deletesMedia = asked.retention.mediaDays !== null
  // Which of them other browsers have is not known here.
  const goes = deletesMedia || tickets + logRows > 0
  const figure = (count: number) => count.toLocaleString(formatLocale())
  return (
    <Dialog title={m.retention_confirm_title()} onClose={onClose}>
      <p>{m.retention_preview({ tickets: figure(tickets), rows: figure(logRows) })}</p>
      {deletesMedia && <p>{m.retention_preview_media({ stored: figure(media), here: figure(asked.here) })}</p>}
      {goes && <p>{m.retention_confirm_text()}</p>}
      <div class="dialog-actions">
        <Button onClick={onClose}>{m.desk_cancel()}</Button>
        <Button kind={goes ? 'stop' : 'primary'} onClick={onConfirm}>
          {goes ? m.retention_confirm() : m.retention_confirm_save()}
        </Button>
      </div>
    </Dialog>
  )
}
