import { createTransport } from 'nodemailer'
import { readPeople } from '../../../desk/people/csv-people.ts'
import { judgeRows } from '../../../desk/people/invite-rows.ts'
import { invite } from '../../../desk/people/inviting.ts'
import { serverPeople } from '../../../desk/server/server-people.ts'
import { type MailServer, startMailServer } from '../../support/mail-server.ts'
import { compare, type Family, median, progress } from '../harness.ts'
import { startOrganisation } from './organisation.ts'

const ROUNDS = 3
const ROWS = 500

/** 500 rows of a CSV file, from the text to the last mail, beside 500 mails of the same length from nodemailer alone. */
export const csv500: Family = {
  names: ['csv-500'],
  async measure(signal) {
    const times = { answered: [] as number[], mailed: [] as number[], bare: [] as number[] }
    for (let round = 1; round <= ROUNDS; round++) {
      progress(`csv-500, round ${round}/${ROUNDS}`)
      await using mails = await mailServer()
      const { answered, mailed } = await importOnce(mails, signal)
      times.answered.push(answered)
      times.mailed.push(mailed)
      times.bare.push(await sendBare(mails))
    }
    progress(JSON.stringify(times))
    const bare = { peer: 'nodemailer alone', peerValue: median(times.bare) }
    return [
      compare({
        name: 'csv-500',
        unit: 'ms until every row has its verdict',
        value: median(times.answered),
        n: ROUNDS,
        ...bare,
      }),
      compare({ name: 'csv-500', unit: 'ms until the last mail', value: median(times.mailed), n: ROUNDS, ...bare }),
    ]
  },
}

async function importOnce(mails: MailServer, signal: AbortSignal) {
  await using organisation = await startOrganisation(mails.environment, signal)
  const server = serverPeople(organisation.client)
  const people = await server.people(signal)
  const text = [
    'address,group,admin,2FA',
    ...Array.from({ length: ROWS }, (_, i) => `t${i}@example.org,Support,no,no`),
  ].join('\r\n')
  const startedAt = performance.now()
  const file = await readPeople(text)
  if (file.kind !== 'rows') throw new Error(`the file is ${file.kind}`)
  const judged = judgeRows(file.rows, people, { mail: 'smtp' })
  const invited = await invite({ server, judged, toCreate: [], language: 'en', signal })
  const answered = performance.now() - startedAt
  const failed = invited.filter(({ verdict }) => verdict.kind !== 'invited').length
  if (invited.length !== ROWS || failed > 0) throw new Error(`${failed} of ${invited.length} were not invited`)
  await mails.received(ROWS)
  return { answered, mailed: performance.now() - startedAt }
}

/** The mails that came, sent again as they are over as many connections. */
async function sendBare(mails: MailServer): Promise<number> {
  const { hostname, port } = new URL(mails.url)
  const transport = createTransport({
    pool: true,
    maxConnections: mails.mostConnections(),
    host: hostname,
    port: Number(port),
  })
  const again = mails.mails.slice(0, ROWS)
  const startedAt = performance.now()
  await Promise.all(
    again.map(({ to, subject, text, html }) =>
      transport.sendMail({ from: 'help@example.org', to, subject, text, html }),
    ),
  )
  const ms = performance.now() - startedAt
  transport.close()
  return ms
}

async function mailServer(): Promise<MailServer & AsyncDisposable> {
  const mails = await startMailServer()
  return { ...mails, [Symbol.asyncDispose]: () => mails.close() }
}
