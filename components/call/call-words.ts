import { m } from '../../paraglide/messages.js'
import type { CallEnding } from '../../peer/call/call-rules.ts'
import type { OpenFault } from '../../peer/call/devices.ts'
import type { DeviceFault } from '../../protocol/call.ts'

/** Why a device of one's own takes no part, or a call does not begin, and what to do. */
export function faultSentence(fault: OpenFault): string {
  const voice = 'device' in fault && fault.device === 'microphone'
  switch (fault.why) {
    case 'other-call':
      return m.call_other_call()
    case 'no-device':
      return voice ? m.call_no_microphone() : m.call_no_camera()
    case 'refused-by-browser':
      return voice ? m.call_microphone_refused() : m.call_camera_refused()
    case 'device-taken':
      return voice ? m.call_microphone_taken() : m.call_camera_taken()
  }
}

/** How the last call ended; nothing where one ended it oneself. */
export function endingSentence(last: CallEnding, name: string): string | undefined {
  switch (last.kind) {
    case 'here':
      return undefined
    case 'there':
      return m.call_last_there({ name })
    case 'no-answer':
      return m.call_last_no_answer({ name })
    case 'missed':
      return m.call_last_missed({ name })
    case 'declined':
      return m.call_last_declined({ name })
    case 'busy':
      return m.call_last_busy({ name })
    case 'no-device':
      return m.call_last_no_device({ name, why: whyThere(last.why) })
    case 'resting':
      return m.call_last_resting({ name })
    case 'lost':
      return m.call_last_lost()
    case 'failed':
      return m.call_last_failed()
  }
}

function whyThere(why: DeviceFault): string {
  switch (why) {
    case 'no-device':
      return m.call_why_no_device()
    case 'refused-by-browser':
      return m.call_why_refused()
    case 'device-taken':
      return m.call_why_taken()
  }
}
