import type { Store } from './store.ts'

/** What this installation is: its random name, and the organisation that the setup gave it. */
export type Instance = { id: string; organisation: string | null }

export async function readInstance({ db }: Pick<Store, 'db'>): Promise<Instance> {
  return await db.selectFrom('instance').select(['id', 'organisation']).executeTakeFirstOrThrow()
}
