import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

/** A certificate for `localhost` that nobody has signed but itself. @throws Error where there is no openssl. */
export async function certificate(folder: string): Promise<{ cert: string; key: string }> {
  const [cert, key] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:203.0.113.1']
  const form = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  await promisify(execFile)('openssl', ['req', ...form, ...subject, '-out', cert, '-keyout', key])
  return { cert, key }
}
