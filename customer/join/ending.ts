import type { ConsentEnder } from '../../protocol/consent.ts'
import type { CustomerState } from './state.ts'

/** Whether the same code may do once more. */
export function mayJoinAgain(state: Extract<CustomerState, { kind: 'over' }>): boolean {
  return state.code !== undefined && !['dead-code', 'resolved', 'elsewhere', 'version', 'not-asked'].includes(state.why)
}

/** What a reload of the page need not find any more: the seat with its code, and the words of the chat. */
export function forgettable(state: CustomerState): { seat: boolean; words: boolean } {
  if (state.kind === 'over') {
    const words = ['ended', 'left', 'not-asked', 'dead-code', 'resolved'].includes(state.why)
    return { seat: words || state.why === 'tampered' || state.why === 'elsewhere', words }
  }
  const problem = state.kind === 'entering' ? state.problem : undefined
  const refused = problem?.kind === 'refused' && ['unknown-code', 'dead-code'].includes(problem.code)
  return { seat: problem?.kind === 'wrong-secret' || refused, words: false }
}

/** Whether the customer is asked how it was: after a session that came to its end. */
export function ratable(state: Extract<CustomerState, { kind: 'over' }>): boolean {
  return state.session !== undefined && ['ended', 'left', 'resolved'].includes(state.why)
}

/** Who ended what was allowed, when the seat is given up. */
export function endedBy(state: CustomerState): ConsentEnder {
  if (state.kind !== 'over') return 'cut'
  if (state.why === 'left' || state.why === 'not-asked') return 'customer'
  return state.why === 'ended' || state.why === 'resolved' ? 'technician' : 'cut'
}
