import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { queueNews } from './view-state.ts'

/** What became of the last thing that was done, until it is read. */
export function NewsNotice() {
  const news = queueNews.value
  if (!news) return null
  return (
    <Notice
      tone={news.tone}
      title={news.text()}
      actions={
        <Button
          onClick={() => {
            queueNews.value = undefined
          }}
        >
          {m.desk_dismiss()}
        </Button>
      }
    />
  )
}
