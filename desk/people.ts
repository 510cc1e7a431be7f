import { computed, type ReadonlySignal } from '@preact/signals'
import type { Me } from '../protocol/account.ts'
import type { PeopleReply } from '../protocol/people.ts'
import { keepAnswer, type LiveAnswer } from './live-answer.ts'
import type { ServerClient } from './server.ts'
import { type ServerPeople, serverPeople } from './server-people.ts'
import type { Wire } from './wire.ts'

/** Groups, technicians and invitations that this technician may see, as the server has them now. */
export type People = LiveAnswer<PeopleReply> & {
  readonly server: ServerPeople
  /** Whether this technician is an admin now: another admin may change that at any time. */
  readonly admin: ReadonlySignal<boolean>
}

export function openPeople(parts: { server: ServerClient; wire: Wire; me: Me; signal: AbortSignal }): People {
  const { wire, me, signal } = parts
  const server = serverPeople(parts.server)
  const answer = keepAnswer({ ask: server.people, wire, signal })
  const self = computed(() => answer.latest.value?.technicians.find(({ id }) => id === me.id))
  return { ...answer, server, admin: computed(() => self.value?.admin ?? me.admin) }
}
