import { m } from '../../paraglide/messages.js'
import type { Consent, ConsentTopic } from '../../protocol/consent.ts'

/** As both sides call it. */
export function topicName(what: ConsentTopic): string {
  switch (what) {
    case 'screen':
      return m.consent_screen()
    case 'sound':
      return m.consent_sound()
    case 'recording':
      return m.consent_recording()
    case 'camera':
      return m.consent_camera()
    case 'microphone':
      return m.consent_microphone()
    case 'file':
      return m.consent_file()
    case 'folder':
      return m.consent_folder()
  }
}

/** Who asks, and for what. */
export function askSentence({ what, to }: Pick<Consent, 'what' | 'to'>): string {
  switch (what) {
    case 'screen':
      return m.consent_ask_screen({ technician: to })
    case 'sound':
      return m.consent_ask_sound({ technician: to })
    case 'recording':
      return m.consent_ask_recording({ technician: to })
    case 'camera':
      return m.consent_ask_camera({ technician: to })
    case 'microphone':
      return m.consent_ask_microphone({ technician: to })
    case 'file':
      return m.consent_ask_file({ technician: to })
    case 'folder':
      return m.consent_ask_folder({ technician: to })
  }
}

/** What it means, in a line. */
export function meaningSentence({ what, to }: Pick<Consent, 'what' | 'to'>): string {
  switch (what) {
    case 'screen':
      return m.consent_means_screen({ technician: to })
    case 'sound':
      return m.consent_means_sound({ technician: to })
    case 'recording':
      return m.consent_means_recording({ technician: to })
    case 'camera':
      return m.consent_means_camera({ technician: to })
    case 'microphone':
      return m.consent_means_microphone({ technician: to })
    case 'file':
      return m.consent_means_file()
    case 'folder':
      return m.consent_means_folder({ technician: to })
  }
}

/** How it went, to the customer. */
export function outcomeWords({ state, to }: Consent): string {
  switch (state.kind) {
    case 'asked':
      return m.consent_you_asked()
    case 'granted':
      return m.consent_you_allowed()
    case 'refused':
      return m.consent_you_refused()
    case 'withdrawn':
      return m.consent_you_not_answered()
    case 'ended':
      switch (state.by) {
        case 'customer':
          return m.consent_you_ended()
        case 'technician':
          return m.consent_ended_by({ technician: to })
        case 'cut':
          return m.consent_ended_by_cut()
        case 'hand-over':
          return m.consent_ended_by_hand_over({ technician: to })
        case 'done':
          return m.consent_ended_done()
      }
  }
}
