import { pbkdf2, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { stretch } from '../../../desk/keys/password.ts'
import { compare, type Family, median, progress } from '../harness.ts'
import { ADMIN, startOrganisation } from './organisation.ts'

const ROUNDS = 15
const derive = promisify(pbkdf2)
const hash = promisify<string, Buffer, number, object, Buffer>(scrypt)
/** As better-auth hashes what it takes for the password. */
const HASH = { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 }

/** Where the time of a sign-in goes: stretching the password at the desk, and the server's answer; each beside its bare cost. */
export const signIn: Family = {
  names: ['sign-in'],
  async measure(signal) {
    await using organisation = await startOrganisation({ SIGN_INS_PER_10_MINUTES: '1000' }, signal)
    const { client, instance } = organisation
    const times = {
      stretch: [] as number[],
      bareStretch: [] as number[],
      server: [] as number[],
      bareHash: [] as number[],
    }
    for (let round = 0; round <= ROUNDS; round++) {
      const startedAt = performance.now()
      const { signInKey } = await stretch(ADMIN.password, instance, ADMIN.email)
      const stretchedAt = performance.now()
      const reply = await client.account.signIn({ email: ADMIN.email, signInKey }, signal)
      const answeredAt = performance.now()
      if (reply.kind !== 'signed-in') throw new Error(`the sign-in answered ${reply.kind}`)
      await derive(ADMIN.password, instance, 600_000, 64, 'sha256')
      const derivedAt = performance.now()
      await hash(signInKey, randomBytes(16), 64, HASH)
      const hashedAt = performance.now()
      // The first one also brings the server's code into memory.
      if (round === 0) continue
      times.stretch.push(stretchedAt - startedAt)
      times.server.push(answeredAt - stretchedAt)
      times.bareStretch.push(derivedAt - answeredAt)
      times.bareHash.push(hashedAt - derivedAt)
    }
    progress(`sign-in: ${JSON.stringify(times)}`)
    const figure = (unit: string, value: number[], peer: string, peerValue: number[]) =>
      compare({ name: 'sign-in', unit, value: median(value), n: ROUNDS, peer, peerValue: median(peerValue) })
    return [
      figure('ms at the desk', times.stretch, 'PBKDF2 of node:crypto', times.bareStretch),
      figure('ms at the server', times.server, 'one scrypt as better-auth hashes', times.bareHash),
    ]
  },
}
