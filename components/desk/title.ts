import { useEffect } from 'preact/hooks'
import { statusOf } from '../../desk/queue/order.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from './context.ts'

/** The page's title while a view is shown, with the number of people who wait in front. */
export function useTitle(title: string) {
  const { desk } = useWorkplace()
  const waiting = desk.tickets.queue.value.filter((entry) => statusOf(entry) === 'waiting').length
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${title} · ${m.product_name()}`
  }, [waiting, title])
}
