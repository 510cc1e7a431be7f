import { m } from '../../paraglide/messages.js'
import type { OverReason } from '../../peer/link-error.ts'

/** How a session ended, for the technician: what happened, and what follows. */
export type OverWords = {
  title: string
  text: string
  tone: 'info' | 'waiting' | 'stop'
  /** Trying again makes sense, and does not happen by itself. */
  again: boolean
}

export function overWords(why: OverReason, name: string): OverWords {
  switch (why) {
    case 'ended-here':
      return { title: m.session_ended_here(), text: m.session_ended_here_text({ name }), tone: 'info', again: false }
    case 'ended-there':
      return { title: m.session_ended_there({ name }), text: m.session_ended_there_text(), tone: 'info', again: false }
    case 'not-asked':
      return {
        title: m.consent_over_not_asked({ name }),
        text: m.consent_over_not_asked_text(),
        tone: 'stop',
        again: false,
      }
    case 'handed-over':
      return { title: m.session_handed_over(), text: m.session_handed_over_text({ name }), tone: 'info', again: false }
    case 'lost':
      return { title: m.session_lost({ name }), text: m.session_lost_text(), tone: 'waiting', again: false }
    case 'timeout':
      return { title: m.session_timeout({ name }), text: m.session_timeout_text(), tone: 'waiting', again: false }
    case 'no-route':
      return { title: m.session_no_route({ name }), text: m.session_no_route_text({ name }), tone: 'stop', again: true }
    case 'wrong-secret':
      return { title: m.session_wrong_secret(), text: m.session_wrong_secret_text(), tone: 'stop', again: false }
    case 'dead-code':
      return { title: m.session_dead_code(), text: m.session_dead_code_text(), tone: 'stop', again: false }
    case 'tampered':
      return { title: m.session_tampered(), text: m.session_tampered_text({ name }), tone: 'stop', again: true }
    case 'bad-frame':
      return { title: m.session_bad_frame(), text: m.session_bad_frame_text({ name }), tone: 'stop', again: true }
    case 'version':
      return { title: m.session_version(), text: m.session_version_text({ name }), tone: 'stop', again: true }
  }
}
