import * as v from 'valibot'
import { LinkToken } from '../../protocol/account.ts'

/** The links that bring somebody to an account, by the page that they open. */
const linkKinds = ['setup', 'invitation', 'reset'] as const
export type LinkKind = (typeof linkKinds)[number]

/** What a technician pastes at the first run, read. */
export type PastedAddress =
  /** The setup link that the server printed, an invitation, or a link to reset a password; `token` works once. */
  | { kind: LinkKind; origin: string; token: string }
  /** A server that has accounts already. */
  | { kind: 'server'; origin: string }
  /** Plain HTTP to another machine: browsers give customers no screen sharing there. */
  | { kind: 'insecure' }
  | { kind: 'not-an-address' }

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Reads `https://host/setup#token` and the other links, `https://host`, or a bare host name. */
export function readAddress(text: string): PastedAddress {
  const trimmed = text.trim()
  if (!trimmed || /\s/.test(trimmed)) return { kind: 'not-an-address' }
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : withScheme(trimmed))
  if (!url?.hostname || !/^https?:$/.test(url.protocol)) return { kind: 'not-an-address' }
  if (url.username || url.password) return { kind: 'not-an-address' }
  const loopback = LOOPBACK.test(url.hostname)
  if (!loopback && !/[.:]/.test(url.hostname)) return { kind: 'not-an-address' }
  if (url.protocol === 'http:' && !loopback) return { kind: 'insecure' }
  const { origin } = url
  const kind = linkKindAt(url.pathname)
  if (!kind) return { kind: 'server', origin }
  const token = url.hash.slice(1)
  return v.is(LinkToken, token) ? { kind, origin, token } : { kind: 'not-an-address' }
}

/** What link opens the page at a path, complete or not; undefined for any other page. */
export function linkKindAt(pathname: string): LinkKind | undefined {
  return linkKinds.find((kind) => pathname.replace(/\/$/, '') === `/${kind}`)
}

/** What link this is, for the toolbar button; undefined for any other page. */
export function linkKind(address: string): LinkKind | undefined {
  const { kind } = readAddress(address)
  return linkKinds.find((known) => known === kind)
}

function withScheme(host: string): string {
  const name = host.replace(/[:/#?].*$/, '')
  return `${LOOPBACK.test(name) ? 'http' : 'https'}://${host}`
}
