import { computed, type ReadonlySignal } from '@preact/signals'
import type { Me } from '../../protocol/account.ts'
import type { GroupId, TechnicianId } from '../../protocol/ids.ts'
import type { PeopleReply } from '../../protocol/people.ts'
import type { ServiceTargets } from '../../protocol/service-level.ts'
import type { Looker } from '../queue/rights.ts'
import { targetsOf } from '../queue/service-level.ts'
import { keepAnswer, type LiveAnswer } from '../server/live-answer.ts'
import type { ServerClient } from '../server/server.ts'
import { type ServerPeople, serverPeople } from '../server/server-people.ts'
import type { Wire } from '../server/wire.ts'
import { keepPeople, readPeople } from './people-cache.ts'

/** Groups, technicians and invitations that this technician may see, as the server has them now, or had them last. */
export type People = LiveAnswer<PeopleReply> & {
  readonly server: ServerPeople
  /** Whether this technician is an admin now: another admin may change that at any time. */
  readonly admin: ReadonlySignal<boolean>
  /** What this technician may do with tickets. */
  readonly looker: ReadonlySignal<Looker>
  /** Whose queues this technician reads: an admin those of all groups. Undefined before the first answer. */
  readonly groupsInSight: ReadonlySignal<readonly GroupId[] | undefined>
  /** The same, and none before the first answer. */
  readonly ownGroups: ReadonlySignal<readonly GroupId[]>
  readonly names: ReadonlySignal<ReadonlyMap<TechnicianId, string>>
  readonly groupNames: ReadonlySignal<ReadonlyMap<GroupId, string>>
  /** What the groups promise that promise anything. */
  readonly serviceTargets: ReadonlySignal<ReadonlyMap<GroupId, ServiceTargets>>
}

export function openPeople(parts: { server: ServerClient; wire: Wire; me: Me; signal: AbortSignal }): People {
  const { wire, me, signal } = parts
  const server = serverPeople(parts.server)
  const kept = { read: () => readPeople(me.id), keep: (people: PeopleReply) => keepPeople(me.id, people) }
  const answer = keepAnswer({ ask: server.people, kept, wire, signal })
  const self = computed(() => answer.latest.value?.technicians.find(({ id }) => id === me.id))
  const admin = computed(() => self.value?.admin ?? me.admin)
  const groupsInSight = computed(() => answer.latest.value?.groups.map(({ id }) => id))
  return {
    ...answer,
    server,
    admin,
    looker: computed(() => ({ id: me.id, admin: admin.value, groups: self.value?.groups ?? [] })),
    groupsInSight,
    ownGroups: computed(() => groupsInSight.value ?? []),
    names: computed(() => new Map(answer.latest.value?.technicians.map(({ id, name }) => [id, name]) ?? [])),
    groupNames: computed(() => new Map(answer.latest.value?.groups.map(({ id, name }) => [id, name]) ?? [])),
    serviceTargets: computed(() => targetsOf(answer.latest.value?.groups ?? [])),
  }
}
