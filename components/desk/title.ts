import { useEffect, useMemo } from 'preact/hooks'
import { statusOf } from '../../desk/queue/order.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from './context.ts'

/** The page's title while a view is shown, with the number of people who wait in front. */
export function useTitle(title: string) {
  const { desk } = useWorkplace()
  const queue = desk.tickets.queue.value
  const waiting = useMemo(() => queue.filter((entry) => statusOf(entry) === 'waiting').length, [queue])
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${title} · ${m.product_name()}`
  }, [waiting, title])
}
