import { useState } from 'preact/hooks'
import type { RecordingNews, StopReason } from '../../desk/media/recording-state.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { customerName } from '../queue/customer-name.ts'
import { Button } from '../ui/button.tsx'
import { elapsedWords } from '../ui/elapsed.tsx'
import { Notice } from '../ui/notice.tsx'
import { MediaView } from './media-view.tsx'
import { mediaName } from './media-words.ts'

/** What became of recordings: refused, kept, interrupted. Wherever one is in the desk. */
export function RecordingNewsNotices() {
  const { news } = useWorkplace().desk.recordings
  return (
    <>
      {news.value.map((one) => (
        <NewsNotice key={one.id} news={one} />
      ))}
    </>
  )
}

function NewsNotice({ news }: { news: RecordingNews }) {
  const { recordings, tickets } = useWorkplace().desk
  const name = customerName(tickets.find(news.ticket)?.details)
  const dismiss = <Button onClick={() => recordings.dismiss(news)}>{m.desk_dismiss()}</Button>
  switch (news.kind) {
    case 'refused':
      return (
        <Notice tone="info" title={m.media_refused({ name })} actions={dismiss}>
          {m.media_refused_text()}
        </Notice>
      )
    case 'kept':
      return <KeptNotice news={news} name={name} />
    case 'unfinished':
      return (
        <Notice
          tone="stop"
          title={m.media_unfinished({ name })}
          actions={<Button onClick={() => void recordings.finishAgain(news)}>{m.media_finish_again()}</Button>}
        >
          {news.full ? m.media_unfinished_full() : m.media_unfinished_text()}
        </Notice>
      )
    case 'empty':
      return <Notice tone="waiting" title={m.media_nothing_recorded({ name })} actions={dismiss} />
  }
}

function KeptNotice({ news, name }: { news: Extract<RecordingNews, { kind: 'kept' }>; name: string }) {
  const { recordings, tickets, sessions } = useWorkplace().desk
  const [open, setOpen] = useState(false)
  const { item, why, ticket } = news
  const entry = tickets.find(ticket)
  const listed = entry && sessions.history(ticket, entry.header.group).media.list.value.find(({ id }) => id === item.id)
  const length = item.state.kind === 'film' ? elapsedWords(item.state.durationMs) : ''
  return (
    <Notice
      tone={why === 'full' || why === 'broken' ? 'waiting' : 'info'}
      title={m.media_film_kept({ film: mediaName(item), name, length })}
      actions={
        <>
          {listed && <Button onClick={() => setOpen(true)}>{m.media_open()}</Button>}
          <Button onClick={() => recordings.dismiss(news)}>{m.desk_dismiss()}</Button>
        </>
      }
    >
      {whyWords(why, name)}
      {open && entry && listed && <MediaView entry={entry} listed={listed} onClose={() => setOpen(false)} />}
    </Notice>
  )
}

function whyWords(why: StopReason, name: string): string {
  switch (why) {
    case 'stopped':
      return m.media_why_stopped()
    case 'customer':
      return m.media_why_customer({ name })
    case 'session':
      return m.media_why_session()
    case 'lost':
      return m.media_why_lost({ name })
    case 'given-away':
      return m.media_why_given_away()
    case 'full':
      return m.media_why_full()
    case 'interrupted':
      return m.media_why_interrupted()
    case 'broken':
      return m.media_why_broken()
  }
}
