import type { Consent } from '../../protocol/consent.ts'

/** The question that waits longest. A call asks for camera and microphone by itself. */
export function questionOf(consents: readonly Consent[]): Consent | undefined {
  return consents.find(({ what, state }) => state.kind === 'asked' && what !== 'camera' && what !== 'microphone')
}
