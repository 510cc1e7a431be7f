import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { AccountKeeper } from '../../desk/account/account.ts'
import type { Desk } from '../../desk/desk.ts'
import type { Me } from '../../protocol/account.ts'
import type { ChatDrafts } from './chat-drafts.ts'

type Workplace = { desk: Desk; account: AccountKeeper; drafts: ChatDrafts }

/** The desk of the signed-in technician, for every screen behind the sign-in. */
export const WorkplaceContext = createContext<Workplace | undefined>(undefined)

export function useWorkplace(): Workplace {
  const workplace = useContext(WorkplaceContext)
  if (!workplace) throw new Error('this screen is shown only to signed-in technicians')
  return workplace
}

/** The own account, as the server last described it. */
export function useMe(): Me {
  const { desk, account } = useWorkplace()
  const state = account.state.value
  return state.kind === 'signed-in' || state.kind === 'sign-in-over' ? state.account.me : desk.me
}
