import { Hono } from 'hono'
import { InvitationId } from '../../protocol/ids.ts'
import { MAX_PEOPLE_BODY } from '../../protocol/limits.ts'
import {
  type InviteReply,
  InviteRequest,
  LookInvitationRequest,
  RedeemInvitationRequest,
} from '../../protocol/people.ts'
import { invite, resend, revoke } from '../people/inviting.ts'
import { lookAtInvitation, redeemInvitation } from '../people/redeeming.ts'
import type { Services } from '../services.ts'
import { readBody } from './body.ts'
import { signInByLink } from './me-reply.ts'
import { addressOf, clientOf, type Env, readId, requireAdmin } from './request.ts'

/** `origin` is what the links in the mails begin with. */
export function invitationRoutes(services: Services, origin: string): Hono<Env> {
  const { throttles } = services
  return (
    new Hono<Env>()
      // Lets in: an admin.
      .post('/invitations', async (c) => {
        const { technician: inviter } = await requireAdmin(services, c)
        const request = await readBody(c, InviteRequest, MAX_PEOPLE_BODY)
        const verdicts = await invite(services, { inviter, origin, now: Date.now() }, request)
        return c.json({ verdicts } satisfies InviteReply)
      })
      // Lets in: whoever holds the link.
      .post('/invitations/look', async (c) => {
        await throttles.linksPerAddress.take(addressOf(services, c))
        const { token } = await readBody(c, LookInvitationRequest)
        return c.json(await lookAtInvitation(services, token))
      })
      // Lets in: whoever holds the link, once.
      .post('/invitations/redeem', async (c) => {
        await throttles.linksPerAddress.take(addressOf(services, c))
        const request = await readBody(c, RedeemInvitationRequest)
        const technician = await redeemInvitation(services, request)
        return c.json(await signInByLink(services, technician, clientOf(services, c), 'invitation'))
      })
      // Lets in: an admin, here and below.
      .post('/invitations/:id/resend', async (c) => {
        const { technician: inviter } = await requireAdmin(services, c)
        const id = readId(c, InvitationId, 'invitation')
        await resend(services, { inviter, origin, now: Date.now() }, id)
        return c.body(null, 204)
      })
      .post('/invitations/:id/revoke', async (c) => {
        const { technician } = await requireAdmin(services, c)
        await revoke(services, technician, readId(c, InvitationId, 'invitation'))
        return c.body(null, 204)
      })
  )
}
