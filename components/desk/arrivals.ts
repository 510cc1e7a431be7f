import { useEffect } from 'preact/hooks'
import { readSound } from '../../desk/account/settings.ts'
import { isExtensionPage } from '../../desk/extension-page.ts'
import { statusOf } from '../../desk/queue/order.ts'
import { m } from '../../paraglide/messages.js'
import { customerName } from '../queue/customer-name.ts'
import { announce } from './announce.tsx'
import { chime } from './chime.ts'
import { useWorkplace } from './context.ts'

/** Says who has begun to wait, and lets it be heard where the extension's background does not. */
export function useArrivals() {
  const { desk } = useWorkplace()
  useEffect(() => {
    let before: ReadonlySet<string> | undefined
    return desk.tickets.queue.subscribe((entries) => {
      const waiting = entries.filter((entry) => statusOf(entry) === 'waiting')
      const arrived = waiting.filter(({ header }) => before && !before.has(header.id))
      before = new Set(waiting.map(({ header }) => header.id))
      const [first] = arrived
      if (!first) return
      void sound()
      if (arrived.length === 1) announce(m.desk_arrived({ name: customerName(first.details) }))
      else announce(m.desk_arrived_many({ count: arrived.length }))
    })
  }, [desk])
}

/** Nothing kept, or nothing to sound with: it is said and shown in any case. */
async function sound() {
  if (isExtensionPage()) return
  const wanted = await readSound().catch(() => true)
  if (wanted) await chime().catch(() => {})
}
