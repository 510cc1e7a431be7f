import { inviteByMail } from './account.ts'
import { type MailServer, startMailServer } from './mail-server.ts'
import { startTestServer, type TestServer } from './server.ts'
import { openDesk, openTechnician, signUp, type Technician } from './technician.ts'

/** A server with mail, its admin Marie Blanc, and Grace Hopper, whom she invited into the group Support; each in a browser. */
export type TwoDesks = { mail: MailServer; server: TestServer; marie: Technician; grace: Technician }

/** Ended by the signal, but for the mail server. @param args of both browsers */
export async function openTwoDesks(signal: AbortSignal, args: string[] = []): Promise<TwoDesks> {
  const mail = await startMailServer()
  const server = await startTestServer({ env: mail.environment, signal })
  const marie = await openTechnician(server.setupLink, { signal, args })
  const grace = await openDesk({ signal, args })
  await signUp(grace, await inviteByMail(marie, mail, 'grace@acme.example', 'Support'), 'Grace Hopper')
  return { mail, server, marie, grace }
}
