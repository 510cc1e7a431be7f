import type { GroupId, TicketId } from '../../protocol/ids.ts'
import type { Account } from '../account/settings.ts'
import type { DuesTold } from '../queue/due-news.ts'
import type { Badge } from './badge.ts'
import type { Calling } from './calling.ts'
import type { Call } from './calls.ts'
import type { Notice } from './notices.ts'
import type { PagerSettings } from './pager-settings.ts'

/** What the pager stands between: the browser, in which people see and hear it, and what outlives the background. */

/** What a notice needs to be put into words. */
export type Facts = { groupName(id: GroupId): string | undefined; waitedMs(call: Call): number }

export type PagerSurface = {
  badge(badge: Badge): Promise<void>
  /** Shows it, and again where it is in sight already. */
  show(notice: Notice, facts: Facts): Promise<void>
  /** The names of the notifications in sight. */
  shown(): Promise<string[]>
  clear(name: string): Promise<void>
  sound(): Promise<void>
  openDesk(ticket: TicketId | undefined): Promise<void>
}

/** Read anew each time. */
export type PagerMemory = {
  account(): Promise<Account | undefined>
  settings(): Promise<PagerSettings & { sound: boolean }>
  calling(of: Account): Promise<Calling>
  keepCalling(of: Account, calling: Calling): Promise<void>
  /** What was said of what is due. */
  dues(of: Account): Promise<DuesTold>
  keepDues(of: Account, told: DuesTold): Promise<void>
  isDeskInFront(): Promise<boolean>
}
