import { type Code, parseCode } from '../../protocol/code.ts'
import type { CustomerState } from './state.ts'

/** What the address says that opened the page. `half`: a link whose secret is missing or damaged. */
export type Opened = { kind: 'blank' } | { kind: 'half'; lookup: string } | { kind: 'code'; code: Code }

/** Reads `/`, `/12345` and `/12345#67890`. `kept`: the code of the seat that this tab has from before a reload. */
export function readAddress({ pathname, hash }: { pathname: string; hash: string }, kept?: Code): Opened {
  const lookup = /^\/(\d{5})\/?$/.exec(pathname)?.[1]
  const code = lookup ? parseCode(`/${lookup}${hash}`) : undefined
  if (code) return { kind: 'code', code }
  if (kept && (!lookup || kept.lookup === lookup)) return { kind: 'code', code: kept }
  return lookup ? { kind: 'half', lookup } : { kind: 'blank' }
}

/** The path to show instead of the link that opened the page: what others, or a reload, should not find there. */
export function addressAfter(state: CustomerState): string | undefined {
  // A shared screen must not show the secret; the tab's memory knows it for a reload.
  if (state.kind === 'seated') return `/${state.code.lookup}`
  if (state.kind === 'entering' && state.problem?.kind === 'wrong-secret') return `/${state.typed.slice(0, 5)}`
  if (state.kind !== 'over') return undefined
  if (!state.code || ['left', 'not-asked', 'dead-code'].includes(state.why)) return '/'
  // Coming back is one reload away again.
  return `/${state.code.lookup}#${state.code.secret}`
}
