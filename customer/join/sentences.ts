import { elapsedWords } from '../../components/ui/elapsed.tsx'
import { refusalSentence } from '../../components/ui/refusal.ts'
import { m } from '../../paraglide/messages.js'
import type { RefusalCode } from '../../protocol/errors.ts'
import type { ScreenState } from '../../protocol/link.ts'
import type { NotShownWhy } from './sharing.ts'
import type { CodeProblem, CustomerState, Ending } from './state.ts'
import type { ThreadEvent } from './thread.ts'

/** Why the code did not do, and what to do. */
export function problemSentence(problem: CodeProblem): string {
  switch (problem.kind) {
    case 'not-ten-digits':
      return m.customer_code_not_ten()
    case 'link-incomplete':
      return m.customer_code_link_incomplete()
    case 'wrong-secret':
      return m.customer_code_wrong_secret()
    case 'refused':
      return refusedSentence(problem.code)
  }
}

function refusedSentence(code: RefusalCode): string {
  switch (code) {
    case 'unknown-code':
    case 'dead-code':
    case 'code-in-use':
      return refusalSentence({ code })
    case 'too-many':
      return m.customer_code_too_many()
    case 'unavailable':
      return m.customer_code_unreachable()
    case 'version':
      return m.customer_code_version()
    default:
      return m.customer_code_unexpected()
  }
}

/** How the last try to share ended; undefined before there was one. `before`: the page was loaded anew while it was shared. */
export function outcomeSentence(why: NotShownWhy, technician: string, before: boolean): string | undefined {
  switch (why) {
    case 'not-yet':
      return before ? m.line_reloaded({ technician }) : undefined
    case 'stopped':
      return m.customer_share_stopped({ technician })
    case 'stopped-in-browser':
      return m.customer_share_stopped_in_browser({ technician })
    case 'declined':
      return m.customer_share_declined()
    case 'picker-cancelled':
      return m.customer_share_picker_cancelled()
    case 'failed':
      return m.customer_share_failed()
  }
}

type Surface = Extract<ScreenState, { kind: 'shared' }>['surface']

const SURFACES: Record<Surface, () => string> = {
  monitor: m.customer_bar_monitor,
  window: m.customer_bar_window,
  browser: m.customer_bar_browser,
  unknown: m.customer_bar_unknown,
}

/** What the bar says is shown. */
export function surfaceSentence(surface: Surface): string {
  return SURFACES[surface]()
}

type Words = { title: string; text: string }

/** What the last page says. `not-asked` has a page of its own. */
export function overWords(
  why: Exclude<Ending, 'not-asked'>,
  organisation: string,
  technician: string | undefined,
): Words {
  switch (why) {
    case 'ended': {
      const title = technician ? m.customer_over_ended({ technician }) : m.customer_over_ended_anonymous()
      return { title, text: m.customer_over_ended_text() }
    }
    case 'left':
      return { title: m.customer_over_left(), text: m.customer_over_left_text() }
    case 'tampered':
      return { title: m.customer_over_tampered(), text: m.customer_over_tampered_text({ organisation }) }
    case 'no-answer':
      return { title: m.customer_over_no_answer(), text: m.customer_over_no_answer_text() }
    case 'dead-code':
      return { title: m.customer_over_dead_code(), text: m.customer_over_dead_code_text() }
    case 'resolved':
      return { title: m.customer_over_resolved(), text: m.customer_over_resolved_text({ organisation }) }
    case 'elsewhere':
      return { title: m.customer_over_elsewhere(), text: m.customer_over_elsewhere_text() }
    case 'version':
      return { title: m.customer_over_version(), text: m.customer_over_version_text({ organisation }) }
    case 'failed':
      return { title: m.customer_over_failed(), text: m.customer_over_failed_text() }
  }
}

/** How long the session was, and what the help desk keeps of it; nothing where it may go on, or never began. */
export function overFacts({ why, session }: Extract<CustomerState, { kind: 'over' }>, organisation: string): string[] {
  if (!session || (why !== 'ended' && why !== 'left' && why !== 'resolved')) return []
  const length = elapsedWords(session.ended - session.began)
  return [m.consent_over_lasted({ length }), m.consent_over_kept({ organisation })]
}

const EVENTS: Record<ThreadEvent, (inputs: { technician: string }) => string> = {
  joined: (inputs) => m.customer_event_joined(inputs),
  shared: () => m.customer_event_shared(),
  stopped: () => m.customer_event_stopped(),
  cut: () => m.customer_event_cut(),
  back: () => m.customer_event_back(),
}

/** What the chat notes. */
export function eventSentence(what: ThreadEvent, technician: string): string {
  return EVENTS[what]({ technician })
}

/** What just became true, in a sentence that a screen reader says; the cards say it at length. */
export function headline(state: CustomerState, organisation: string): string {
  switch (state.kind) {
    case 'entering':
      return ''
    case 'joining':
      return m.customer_code_checking()
    case 'seated':
      if (state.line.kind === 'waiting') return m.customer_waiting_heading({ organisation })
      if (state.line.kind === 'cut') return m.customer_helper_cut_heading()
      if (state.line.kind === 'blocked') return m.customer_helper_no_route()
      if (state.line.kind !== 'live') return m.customer_helper_heading({ technician: state.line.technician })
      return `${m.customer_helper_heading({ technician: state.line.technician })}, ${m.customer_helper_connected()}`
    case 'over':
      if (state.why === 'not-asked') return m.customer_refused_heading()
      return overWords(state.why, organisation, state.technician).title
  }
}
