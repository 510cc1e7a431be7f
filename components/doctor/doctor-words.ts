import { m } from '../../paraglide/messages.js'
import type { Remedy } from '../../peer/doctor-rules.ts'
import type { Way, WayState } from '../../protocol/doctor.ts'
import { formatLocale } from '../ui/locale.ts'

/** In the order in which a session needs them. */
export const WAYS: Record<Way, () => string> = {
  server: m.doctor_way_server,
  direct: m.doctor_way_direct,
  'turn-udp': m.doctor_way_udp,
  'turn-tcp': m.doctor_way_tcp,
  'turn-tls': m.doctor_way_tls,
}

/** @param state undefined while it is being tried. */
export function stateWords(state: WayState | undefined): string {
  switch (state?.kind) {
    case undefined:
      return m.doctor_trying()
    case 'works': {
      const time = new Intl.NumberFormat(formatLocale(), { style: 'unit', unit: 'millisecond' })
      return m.doctor_works({ time: time.format(state.ms) })
    }
    case 'blocked':
      return m.doctor_blocked()
    case 'absent':
      return m.doctor_absent()
    case 'unknown':
      return m.doctor_unknown()
  }
}

const REMEDIES: Record<Remedy, () => string> = {
  fine: m.doctor_fine,
  relayed: m.doctor_relayed,
  'relayed-slowly': m.doctor_relayed_slowly,
  'relay-silent-so-far': m.doctor_relay_silent_so_far,
  'relay-missing-so-far': m.doctor_relay_missing_so_far,
  'other-network': m.doctor_other_network,
  'relay-missing': m.doctor_relay_missing,
  'relay-silent': m.doctor_relay_silent,
  server: m.doctor_server,
}

export const remedyWords = (remedy: Remedy): string => REMEDIES[remedy]()
