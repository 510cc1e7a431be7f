import { signal } from '@preact/signals'
import { keepQueueView, readQueueView } from '../../desk/account/settings.ts'
import { EVERYTHING, type QueueFilter } from '../../desk/queue/filter.ts'
import { type QueueView, USUAL_VIEW } from '../../desk/queue/view.ts'

/** What of the queue one looks at; it stays while one goes to another screen and back. */
export const queueFilter = signal<QueueFilter>(EVERYTHING)

export const useQueueFilter = (): QueueFilter => queueFilter.value

/** How one looks at it; it stays when the desk is closed. */
export const queueView = signal<QueueView>(USUAL_VIEW)

readQueueView()
  .then((kept) => {
    if (kept) queueView.value = kept
  })
  // Nothing can be kept in this browser: it begins as usual each time.
  .catch(() => {})

export function setQueueView(view: QueueView) {
  queueView.value = view
  keepQueueView(view).catch(() => {})
}

/** `text`: made when it is shown, in the language of that moment. */
export type QueueNews = { tone: 'info' | 'waiting' | 'stop'; text: () => string }

/** What became of the last thing that was done without a dialog, where that must be said. */
export const queueNews = signal<QueueNews | undefined>(undefined)

/** So many that nobody has read stand below each other. */
const MOST_NEWS = 4

/** What happened to one's tickets without one's doing, the newest first: two at once are both read. */
export const ticketNews = signal<readonly QueueNews[]>([])

export function tellTicketNews(news: QueueNews) {
  ticketNews.value = [news, ...ticketNews.peek()].slice(0, MOST_NEWS)
}
