import type { SetupRequest } from '../protocol/account.ts'
import { RefusedError } from '../protocol/errors.ts'
import type { TechnicianId } from '../protocol/ids.ts'
import type { Auth } from './auth.ts'
import { makeLanes } from './lanes.ts'
import { addGroup } from './store/groups.ts'
import { type Instance, readInstance } from './store/instance.ts'
import { writeLog } from './store/log.ts'
import { joinGroups } from './store/members.ts'
import type { Store } from './store/store.ts'
import { keepVault } from './store/vaults.ts'
import { drawToken, hashToken } from './tokens.ts'

/** The one-time setup link, and what the installation is since it was used. */
export type Setup = Awaited<ReturnType<typeof openSetup>>

export async function openSetup(store: Store, auth: Auth) {
  let instance: Instance = await readInstance(store)
  let ready = await auth.hasAdmin()
  const lanes = makeLanes()

  /** A fresh setup token, which ends the one before; undefined when there is an admin already. */
  async function renew(): Promise<string | undefined> {
    if (ready) return undefined
    const token = drawToken()
    const row = { token_hash: hashToken(token), created_at: Date.now(), used_at: null }
    await store.db
      .insertInto('setup')
      .values({ one: 1, ...row })
      .onConflict((conflict) => conflict.column('one').doUpdateSet(row))
      .execute()
    return token
  }

  /**
   * Makes the first admin, with vault, and the first group, and names the organisation, all or nothing.
   * @throws RefusedError `setup-over` for everybody but the first who has the token.
   */
  function redeem(request: SetupRequest): Promise<TechnicianId> {
    // One at a time: those who come second do not even cost a hash.
    return lanes('setup', () => redeemNow(request))
  }

  async function redeemNow(request: SetupRequest): Promise<TechnicianId> {
    const { setupToken, organisation, group, signInKey, vault, name, email, language } = request
    const tokenHash = hashToken(setupToken)
    const live = await store.db
      .selectFrom('setup')
      .select('one')
      .where('token_hash', '=', tokenHash)
      .where('used_at', 'is', null)
      .executeTakeFirst()
    if (ready || !live) throw new RefusedError({ code: 'setup-over' })
    const signInKeyHash = await auth.hashSignInKey(signInKey)
    const technician = await store.db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('setup')
        .set({ used_at: Date.now() })
        .where('token_hash', '=', tokenHash)
        .where('used_at', 'is', null)
        .executeTakeFirst()
      if (numUpdatedRows !== 1n) throw new RefusedError({ code: 'setup-over' })
      await trx.updateTable('instance').set({ organisation }).execute()
      const admin = { name, email, language, signInKeyHash, admin: true, twoStepRequired: false }
      const id = await auth.addAccount(trx, admin)
      await keepVault(trx, id, vault)
      const first = await addGroup(trx, group, Date.now())
      await joinGroups(trx, id, [first.id])
      await writeLog(trx, { at: Date.now(), by: id, group: first.id, event: { what: 'set-up' } })
      return id
    })
    instance = { ...instance, organisation }
    ready = true
    return technician
  }

  return {
    renew,
    redeem,
    get instance() {
      return instance
    },
    get ready() {
      return ready
    },
  }
}
