import { useEffect, useState } from 'preact/hooks'
import { type Outbox, openOutbox } from '../../desk/people/outbox.ts'
import { useWorkplace } from '../desk/context.ts'

/** The waiting mails, followed while an admin looks at the screen. */
export function useOutbox(admin: boolean): Outbox | undefined {
  const { desk } = useWorkplace()
  const [outbox, setOutbox] = useState<Outbox>()
  useEffect(() => {
    if (!admin) return undefined
    const life = new AbortController()
    const { origin, wire, people } = desk
    setOutbox(openOutbox({ origin, server: people.server, wire, signal: life.signal }))
    return () => {
      life.abort()
      setOutbox(undefined)
    }
  }, [desk, admin])
  return outbox
}
