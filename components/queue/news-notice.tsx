import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { type QueueNews, queueNews, ticketNews } from './view-state.ts'

/** What became of the last thing that was done, and what happened meanwhile, until it is read. */
export function NewsNotices() {
  const done = queueNews.value
  return (
    <>
      {done && (
        <NewsNotice
          news={done}
          onRead={() => {
            queueNews.value = undefined
          }}
        />
      )}
      {ticketNews.value.map((news) => (
        <NewsNotice
          key={news}
          news={news}
          onRead={() => {
            ticketNews.value = ticketNews.peek().filter((one) => one !== news)
          }}
        />
      ))}
    </>
  )
}

function NewsNotice({ news, onRead }: { news: QueueNews; onRead: () => void }) {
  return <Notice tone={news.tone} title={news.text()} actions={<Button onClick={onRead}>{m.desk_dismiss()}</Button>} />
}
