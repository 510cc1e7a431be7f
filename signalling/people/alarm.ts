import { setTimeout as wait } from 'node:timers/promises'
import { RefusedError } from '../../protocol/errors.ts'
import { assigneeOf, type TicketHeader } from '../../protocol/ticket.ts'
import type { Letter } from '../mail/letter.ts'
import type { Services } from '../services.ts'
import { systemErrorCode } from '../start-error.ts'
import { findGroups } from '../store/groups.ts'
import { findMember, listAdminAddresses } from '../store/members.ts'

type Needs = Pick<Services, 'config' | 'store' | 'mail' | 'setup' | 'throttles' | 'log'>

/**
 * Writes to the admins that a customer did not ask for help, in the background. Without the customer's name or words, which the server
 * does not know. Once of one ticket, and not more than so many an hour of the whole server: the desks are told anyway.
 */
export function alarmAdmins(needs: Needs, ticket: TicketHeader, at: number): void {
  setImmediate(() => {
    writeToAdmins(needs, ticket, at).catch((error: unknown) => {
      if (error instanceof RefusedError) needs.log.warn('too many alarms: this one was not mailed')
      else needs.log.error({ reason: systemErrorCode(error) }, 'the admins could not be written to')
    })
  })
}

async function writeToAdmins(needs: Needs, ticket: TicketHeader, at: number): Promise<void> {
  const { store, setup, throttles } = needs
  const { organisation } = setup.instance
  if (organisation === null) return
  await throttles.alarmsPerTicket.take(ticket.id)
  await throttles.alarmMails.take('all')
  const [group] = await findGroups(store.db, [ticket.group])
  const assignee = assigneeOf(ticket)
  const technician = assignee === null ? undefined : await findMember(store.db, assignee)
  const about = { lookup: ticket.lookup, group: group?.name ?? '', technician: technician?.name ?? null, at }
  const admins = await listAdminAddresses(store)
  await Promise.all(
    admins.map(({ email, language }) =>
      send(needs, { kind: 'not-asked', to: email, language, organisation, ...about }),
    ),
  )
}

async function send({ mail, config, log }: Needs, letter: Letter): Promise<void> {
  const { mailTries, mailRetryMs } = config.limits
  for (let tries = 1; ; tries += 1) {
    try {
      return await mail.send(letter)
    } catch (error) {
      // What a mail server says of it may have the address in it.
      log.warn({ mail: letter.kind, reason: systemErrorCode(error), tries }, 'a mail could not be sent')
      if (tries >= mailTries) return
      await wait(mailRetryMs * 4 ** (tries - 1), undefined, { ref: false })
    }
  }
}
