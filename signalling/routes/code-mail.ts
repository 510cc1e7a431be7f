import type { CodeSentReply } from '../../protocol/account.ts'
import { RefusedError } from '../../protocol/errors.ts'
import type { Language } from '../../protocol/ids.ts'
import { CODE_MS } from '../../protocol/limits.ts'
import type { Services } from '../services.ts'
import { accountKey } from './attempts.ts'

type Needs = Pick<Services, 'config' | 'throttles' | 'mail' | 'setup'>

/**
 * Draws a code and mails it.
 * @param draw makes the code; the one before is void from then on.
 * @throws RefusedError `no-mail`, `too-many` with the time until the next one may be asked for, `unavailable` where the mail
 * server does not take it.
 */
export async function mailCode(
  { config, throttles, mail, setup }: Needs,
  to: { email: string; language: Language; address: string },
  draw: () => Promise<string>,
): Promise<CodeSentReply> {
  const { organisation } = setup.instance
  if (organisation === null) throw new RefusedError({ code: 'unavailable' })
  if (mail.kind !== 'smtp') throw new RefusedError({ code: 'no-mail' })
  const account = accountKey(to.email)
  await throttles.codesPerAddress.take(to.address)
  await throttles.codesAgain.take(account)
  await throttles.codesPerAccount.take(account)
  const now = Date.now()
  const code = await draw()
  try {
    await mail.send({ kind: 'code', to: to.email, language: to.language, organisation, code })
  } catch {
    // Nobody has it: the next one need not wait.
    await throttles.codesAgain.giveBack(account)
    throw new RefusedError({ code: 'unavailable' })
  }
  return { again: now + config.limits.codesAgain.seconds * 1000, expiresAt: now + CODE_MS }
}
