import type { Checkup, Way } from '../protocol/doctor.ts'

/** The one thing to do about it. */
export type Remedy =
  /** Nothing. */
  | 'fine'
  /** Only through the relay: a little slower. */
  | 'relayed'
  /** Only through the relay, and only as web pages come: the picture may stutter. */
  | 'relayed-slowly'
  /** The relay answers nobody here; whether the two browsers need one shows once a link is tried. */
  | 'relay-silent-so-far'
  /** The server names no relay; whether the two browsers need one shows once a link is tried. */
  | 'relay-missing-so-far'
  /** This network lets nothing through. */
  | 'other-network'
  /** This network needs a relay, and the server names none. */
  | 'relay-missing'
  /** All is well but for a relay that answers nobody here: others will need it. */
  | 'relay-silent'
  /** Not even the server can be reached. */
  | 'server'

export function remedyFor({ ways }: Checkup): Remedy {
  const works = (way: Way) => ways[way].kind === 'works'
  const relays = ['turn-udp', 'turn-tcp', 'turn-tls'] as const
  const named = relays.filter((way) => ways[way].kind !== 'absent')
  if (!works('server')) return 'server'
  if (works('direct')) return named.length > 0 && !named.some(works) ? 'relay-silent' : 'fine'
  if (works('turn-udp')) return ways.direct.kind === 'unknown' ? 'fine' : 'relayed'
  if (named.some(works)) return 'relayed-slowly'
  if (ways.direct.kind === 'unknown') return named.length > 0 ? 'relay-silent-so-far' : 'relay-missing-so-far'
  return named.length > 0 ? 'other-network' : 'relay-missing'
}

/** Which way a relay's URL is, as RFC 7065 has it. */
export function wayOf(url: string): Exclude<Way, 'direct' | 'server'> | undefined {
  const [, scheme, transport] = /^(turns?):[^?]+(?:\?transport=(udp|tcp))?$/.exec(url) ?? []
  if (scheme === 'turns') return 'turn-tls'
  if (scheme === 'turn') return transport === 'tcp' ? 'turn-tcp' : 'turn-udp'
  return undefined
}
