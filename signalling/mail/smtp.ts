import { createTransport } from 'nodemailer'
import type { Smtp } from '../config.ts'
import { toHtml } from './html.ts'
import { compose, type Letter } from './letter.ts'
import { toPlainText } from './plain-text.ts'

/** At most so many connections to the mail server; a mail goes over the next one that is free. */
export const CONNECTIONS = 5

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 }

/** @returns what hands one letter to the mail server: it resolves when that has taken it, and throws nodemailer's error otherwise. */
export function openSmtp({ url, from }: Smtp, signal: AbortSignal): (letter: Letter) => Promise<void> {
  const { hostname, protocol, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const user = decodeURIComponent(username)
  const host = hostname.replace(/^\[|\]$/g, '')
  const transport = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    // A password does not go over an open line, except within this machine.
    requireTLS: !secure && user !== '' && !isLoopback(host),
    ...(user !== '' && { auth: { user, pass: decodeURIComponent(password) } }),
    ...TIMEOUTS,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  })
  signal.addEventListener('abort', () => transport.close(), { once: true })

  return async (letter) => {
    const { subject, parts } = compose(letter)
    await transport.sendMail({
      from,
      // As an object, so that nothing in it is read as a list of addresses.
      to: { name: '', address: letter.to },
      subject,
      text: toPlainText(parts),
      html: toHtml(letter.language, { subject, parts }),
      headers: {
        // Out-of-office notes and mailing lists leave it alone.
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        'Content-Language': letter.language,
      },
    })
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}
