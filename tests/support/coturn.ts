import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findCommand } from '../../scripts/browsers.ts'
import { root } from '../../scripts/tools.ts'
import { certificate } from './certificate.ts'
import type { Place } from './network.ts'
import { startInside } from './three-places.ts'

export const TURN_SECRET = 'a-secret-of-the-relay-and-the-server'

/** Why there is no relay on this machine, for people; undefined where there is one. */
export function whyNoCoturn(): string | undefined {
  return findCommand('turnserver')
    ? undefined
    : 'there is no coturn: run "npm test" as root on a Debian-like system, which installs it'
}

/** The relay as `docs/OPERATIONS.md` tells operators to set it up, on port 443 for TLS, with this place's address, secret and certificate. */
export async function startCoturn(place: Place, address: string, folder: string, signal: AbortSignal): Promise<void> {
  const page = await readFile(path.join(root, 'docs/OPERATIONS.md'), 'utf8')
  const written = /```\n(listening-port=[^`]*)```/.exec(page)?.[1]
  if (!written) throw new Error('docs/OPERATIONS.md has no configuration of coturn.')
  const { cert, key } = await certificate(folder)
  const own = written
    .replace(/^tls-listening-port=.*$/m, 'tls-listening-port=443')
    .replace(/^static-auth-secret=.*$/m, `static-auth-secret=${TURN_SECRET}`)
    .replace(/^cert=.*$/m, `cert=${cert}`)
    .replace(/^pkey=.*$/m, `pkey=${key}`)
  const here = [
    '',
    `listening-ip=${address}`,
    `relay-ip=${address}`,
    `pidfile=${folder}/turn.pid`,
    `userdb=${folder}/turn.db`,
    'log-file=stdout',
    '',
  ]
  const file = path.join(folder, 'turnserver.conf')
  await writeFile(file, own + here.join('\n'))
  const child = startInside(place, ['turnserver', '-c', file], signal)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (/bad (config|configuration)|ERROR:|unrecognized option|CONFIGURATION ALERT/i.test(text))
      reject(new Error(`coturn:\n${said}`))
    if (said.includes('(admin thread)')) resolve()
  })
  child.stderr?.resume()
  child.once('close', () => reject(new Error(`coturn ended:\n${said}`)))
  await promise
}
