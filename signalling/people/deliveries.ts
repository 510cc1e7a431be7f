import type { Letter } from '../mail/letter.ts'
import { CONNECTIONS } from '../mail/smtp.ts'
import type { Services } from '../services.ts'
import { isCurrent, setDelivery } from '../store/invitations.ts'
import type { TokenHash } from '../tokens.ts'
import { broadcastPeople, LATER_MS } from './broadcast.ts'

/** The mail of one invitation. The link in it is nowhere else: only its token's hash is in the database. */
type Job = { tokenHash: TokenHash; letter: Extract<Letter, { kind: 'invitation' }>; tries: number }

export type Deliveries = {
  /** Sends it in the background and writes down how that went; without a mail server it waits in the outbox when this resolves. */
  add(job: Omit<Job, 'tries'>): Promise<void>
}

/** One connection stays free for the codes that somebody waits for. */
const WORKERS = CONNECTIONS - 1

type Needs = Pick<Services, 'config' | 'store' | 'mail' | 'live' | 'log'>

/** Until the signal: what is in the queue then is lost, and `failLostDeliveries` says so at the next start. */
export function startDeliveries(needs: Needs, signal: AbortSignal): Deliveries {
  const { config, store, mail, log } = needs
  const { waitingMails, mailTries, mailRetryMs } = config.limits
  const queue: Job[] = []
  const timers = new Set<NodeJS.Timeout>()
  let working = 0
  signal.addEventListener('abort', () => {
    queue.length = 0
    for (const timer of timers) clearTimeout(timer)
  })

  async function settle({ tokenHash }: Job, delivery: 'sent' | 'failed'): Promise<void> {
    await setDelivery(store, tokenHash, delivery)
    broadcastPeople(needs, LATER_MS)
  }

  async function deliver(job: Job): Promise<void> {
    // Revoked, or asked for again, while it waited.
    if (!(await isCurrent(store, job.tokenHash))) return
    try {
      await mail.send(job.letter)
      if (!signal.aborted) await settle(job, 'sent')
    } catch (error) {
      if (signal.aborted) return
      const why = describeFailure(error)
      log.warn({ mail: 'invitation', ...why, tries: job.tries }, 'a mail could not be sent')
      if (why.forGood || job.tries >= mailTries) await settle(job, 'failed')
      else later(job)
    }
  }

  function later(job: Job): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        queue.push({ ...job, tries: job.tries + 1 })
        work()
      },
      mailRetryMs * 4 ** (job.tries - 1),
    )
    timers.add(timer)
  }

  function work(): void {
    while (working < WORKERS && !signal.aborted) {
      const job = queue.shift()
      if (!job) return
      working += 1
      deliver(job)
        .catch((error: unknown) => log.error({ err: error }, 'the delivery of a mail could not be noted'))
        .finally(() => {
          working -= 1
          work()
        })
    }
  }

  return {
    async add(job) {
      const first = { ...job, tries: 1 }
      if (mail.kind === 'outbox') return await mail.send(job.letter)
      if (queue.length + timers.size >= waitingMails) return await settle(first, 'failed')
      queue.push(first)
      work()
    },
  }
}

/** What may be logged of nodemailer's errors: their codes. Their texts have addresses in them. */
function describeFailure(error: unknown): { code?: string; responseCode?: number; forGood: boolean } {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const reply = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined
  const responseCode = typeof reply === 'number' ? reply : undefined
  return {
    ...(code !== undefined && { code }),
    ...(responseCode !== undefined && { responseCode }),
    forGood: responseCode !== undefined && responseCode >= 500,
  }
}
