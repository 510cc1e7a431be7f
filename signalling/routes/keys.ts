import { Hono } from 'hono'
import { GroupId } from '../../protocol/ids.ts'
import {
  KeepVaultRequest,
  type KeyringsReply,
  type SealedKeyring,
  SealKeyringRequest,
  type VaultReply,
} from '../../protocol/keys.ts'
import { MAX_KEYRING_BODY } from '../../protocol/limits.ts'
import { broadcastPeople } from '../people/broadcast.ts'
import type { Services } from '../services.ts'
import { keepKeyring, listKeyrings } from '../store/keyrings.ts'
import { findVault, keepSameVault } from '../store/vaults.ts'
import { requireSignInKey } from './attempts.ts'
import { readBody } from './body.ts'
import { type Env, readId, requireTechnician } from './request.ts'

export function keyRoutes(services: Services): Hono<Env> {
  const { store, live } = services
  return (
    new Hono<Env>()
      // Lets in: a technician, about oneself.
      .get('/me/vault', async (c) => {
        const { technician } = await requireTechnician(services, c)
        return c.json({ vault: await findVault(store.db, technician.id) } satisfies VaultReply)
      })
      // Lets in: a technician who knows the present password, about oneself.
      .post('/me/vault', async (c) => {
        const who = await requireTechnician(services, c)
        const { signInKey, vault } = await readBody(c, KeepVaultRequest)
        await requireSignInKey(services, c, who, signInKey)
        await store.db.transaction().execute((trx) => keepSameVault(trx, who.technician.id, vault))
        broadcastPeople(services)
        return c.body(null, 204)
      })
      // Lets in: a technician; shows the keyrings of the groups that one is to read.
      .get('/keyrings', async (c) => {
        const { technician } = await requireTechnician(services, c)
        return c.json({ groups: await listKeyrings(store, technician.id) } satisfies KeyringsReply)
      })
      // Lets in: a technician who is to read the group's keyring; to begin it anew, an admin.
      .post('/groups/:id/keyring', async (c) => {
        const { technician } = await requireTechnician(services, c)
        const ask = await readBody(c, SealKeyringRequest, MAX_KEYRING_BODY)
        const sealing = { ...ask, group: readId(c, GroupId, 'group'), by: technician.id, now: Date.now() }
        const keyring = await keepKeyring(store, sealing)
        live.changedLines.add(sealing.group)
        broadcastPeople(services)
        return c.json(keyring satisfies SealedKeyring)
      })
  )
}
