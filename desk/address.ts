import * as v from 'valibot'
import { SetupToken } from '../protocol/http.ts'

/** What a technician pastes at the first run, read. */
export type PastedAddress =
  /** The setup link that the server printed. `setupToken` works once. */
  | { kind: 'setup'; origin: string; setupToken: string }
  /** A server that has accounts already. */
  | { kind: 'server'; origin: string }
  /** Plain HTTP to another machine: browsers give customers no screen sharing there. */
  | { kind: 'insecure' }
  | { kind: 'not-an-address' }

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Reads `https://host/setup#token`, `https://host`, or a bare host name. */
export function readAddress(text: string): PastedAddress {
  const trimmed = text.trim()
  if (!trimmed || /\s/.test(trimmed)) return { kind: 'not-an-address' }
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : withScheme(trimmed))
  if (!url?.hostname || !/^https?:$/.test(url.protocol)) return { kind: 'not-an-address' }
  if (url.username || url.password) return { kind: 'not-an-address' }
  const loopback = LOOPBACK.test(url.hostname)
  if (!loopback && !/[.:]/.test(url.hostname)) return { kind: 'not-an-address' }
  if (url.protocol === 'http:' && !loopback) return { kind: 'insecure' }
  if (!/^\/setup\/?$/.test(url.pathname)) return { kind: 'server', origin: url.origin }
  const setupToken = url.hash.slice(1)
  if (!v.is(SetupToken, setupToken)) return { kind: 'not-an-address' }
  return { kind: 'setup', origin: url.origin, setupToken }
}

/** Whether the page at this address is a Deskside setup link, for the toolbar button. */
export function isSetupLink(address: string): boolean {
  return readAddress(address).kind === 'setup'
}

function withScheme(host: string): string {
  const name = host.replace(/[:/#?].*$/, '')
  return `${LOOPBACK.test(name) ? 'http' : 'https'}://${host}`
}
