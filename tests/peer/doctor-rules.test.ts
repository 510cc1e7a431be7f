import { expect, test } from 'vitest'
import { remedyFor, wayOf } from '../../peer/doctor-rules.ts'
import type { Checkup, Way, WayState } from '../../protocol/doctor.ts'

const WORKS: WayState = { kind: 'works', ms: 40 }
const BLOCKED: WayState = { kind: 'blocked' }
const ABSENT: WayState = { kind: 'absent' }
const UNKNOWN: WayState = { kind: 'unknown' }

/** In the order of `order`: w works, b blocked, - absent, ? unknown. */
function checkup(states: string): Checkup {
  const order: Way[] = ['server', 'direct', 'turn-udp', 'turn-tcp', 'turn-tls']
  const known: Record<string, WayState> = { w: WORKS, b: BLOCKED, '-': ABSENT, '?': UNKNOWN }
  const at = (way: Way) => known[states[order.indexOf(way)] ?? ''] ?? ABSENT
  const [direct, udp, tcp, tls, server] = [at('direct'), at('turn-udp'), at('turn-tcp'), at('turn-tls'), at('server')]
  return { at: 1, ways: { direct, 'turn-udp': udp, 'turn-tcp': tcp, 'turn-tls': tls, server } }
}

test.each([
  ['wwwww', 'fine'],
  ['ww---', 'fine'],
  ['wwbbw', 'fine'],
  ['wwbbb', 'relay-silent'],
  ['wbwww', 'relayed'],
  ['wbw--', 'relayed'],
  ['wbbww', 'relayed-slowly'],
  ['wbbbw', 'relayed-slowly'],
  ['wb--w', 'relayed-slowly'],
  ['wbbbb', 'other-network'],
  ['wbb--', 'other-network'],
  ['wb---', 'relay-missing'],
  ['w?wbb', 'fine'],
  ['w?bwb', 'relayed-slowly'],
  ['w?bbb', 'relay-silent-so-far'],
  ['w?bb-', 'relay-silent-so-far'],
  ['w?---', 'relay-missing-so-far'],
  ['b?---', 'server'],
  ['bwwww', 'server'],
  ['bbbbb', 'server'],
])('server, direct, UDP, TCP, TLS %s: %s', (states, remedy) => {
  expect(remedyFor(checkup(states))).toBe(remedy)
})

test.each([
  ['turn:turn.example.org', 'turn-udp'],
  ['turn:turn.example.org:3478', 'turn-udp'],
  ['turn:turn.example.org:3478?transport=udp', 'turn-udp'],
  ['turn:turn.example.org:3478?transport=tcp', 'turn-tcp'],
  ['turns:turn.example.org:443?transport=tcp', 'turn-tls'],
  ['turns:turn.example.org', 'turn-tls'],
  ['stun:turn.example.org:3478', undefined],
  ['https://turn.example.org', undefined],
])('%s is %s', (url, way) => {
  expect(wayOf(url)).toBe(way)
})
