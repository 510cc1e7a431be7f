import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import { type ReceivedMail, readMail } from './mail-reader.ts'

export { linkIn, type ReceivedMail } from './mail-reader.ts'

/** A real mail server on a free port of the loopback, which keeps what it gets. */
export type MailServer = {
  /** For `SMTP_URL`. */
  url: string
  /** All that a server needs to send its mails here. */
  environment: { SMTP_URL: string; MAIL_FROM: string }
  /** In the order in which they came. */
  mails: readonly ReceivedMail[]
  /** How many connections were open at once at most. */
  mostConnections(): number
  /** The oldest mail to this address that was not asked for yet; waits for it. */
  next(to: string): Promise<ReceivedMail>
  /** Resolves when so many mails came in all. */
  received(count: number): Promise<void>
  close(): Promise<void>
}

/** What the server answers to a recipient instead of taking the mail, such as 451; undefined: it takes it. */
type Refuse = (to: string) => number | undefined

/**
 * @param user where it is given, mails are taken from this user only.
 * @param hold mails are taken once it resolves.
 */
export async function startMailServer({
  refuse = () => undefined,
  user,
  hold,
}: {
  refuse?: Refuse
  user?: { name: string; password: string }
  hold?: Promise<void>
} = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  const asked = new Set<ReceivedMail>()
  const arrivals = new EventTarget()
  let open = 0
  let most = 0
  const server = new SMTPServer({
    disabledCommands: user ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onConnect(_session, done) {
      open += 1
      most = Math.max(most, open)
      done()
    },
    onClose() {
      open -= 1
    },
    onAuth({ username, password }, _session, done) {
      if (username === user?.name && password === user?.password) done(null, { user: username })
      else done(refusal(535))
    },
    onRcptTo({ address }, _session, done) {
      const code = refuse(address)
      done(code === undefined ? null : refusal(code))
    },
    onData(stream, session, done) {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.once('end', async () => {
        await hold
        const raw = Buffer.concat(pieces).toString('utf8')
        for (const { address } of session.envelope.rcptTo) mails.push(readMail(address, raw))
        arrivals.dispatchEvent(new Event('mail'))
        done()
      })
    },
  })
  // Clients that hang up are the test's business.
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const credentials = user ? `${encodeURIComponent(user.name)}:${encodeURIComponent(user.password)}@` : ''

  async function until<Result>(find: () => Result | undefined): Promise<Result> {
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      await once(arrivals, 'mail')
    }
  }

  const url = `smtp://${credentials}127.0.0.1:${port}`
  return {
    url,
    environment: { SMTP_URL: url, MAIL_FROM: 'Example Help <help@example.org>' },
    mails,
    mostConnections: () => most,
    async next(to) {
      const mail = await until(() => mails.find((one) => one.to === to && !asked.has(one)))
      asked.add(mail)
      return mail
    },
    received: async (count) => void (await until(() => mails.length >= count || undefined)),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function refusal(responseCode: number): Error {
  return Object.assign(new Error('not now'), { responseCode })
}
