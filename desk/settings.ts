import { del, get, set } from 'idb-keyval'
import * as v from 'valibot'
import { Me } from '../protocol/http.ts'
import { Token } from '../protocol/ids.ts'
import { lazyStore } from './lazy-store.ts'

/** What a sign-in leaves in this browser. */
export const Account = v.strictObject({ origin: v.string(), token: Token, me: Me })
export type Account = v.InferOutput<typeof Account>

/** The server and the address of the last sign-in, kept when one signs out. */
const LastServer = v.strictObject({ origin: v.string(), email: v.string() })
export type LastServer = v.InferOutput<typeof LastServer>

const Language = v.picklist(['en', 'fr'])

const store = lazyStore('deskside-settings', 'settings')

/** Whatever does not fit its schema (written by another version) counts as never set. */
async function read<S extends v.GenericSchema>(key: string, schema: S): Promise<v.InferOutput<S> | undefined> {
  const found = v.safeParse(schema, await get<unknown>(key, store()))
  return found.success ? found.output : undefined
}

export const readAccount = () => read('account', Account)
export const readLastServer = () => read('last-server', LastServer)
export const readLanguage = () => read('language', Language)

export async function keepAccount(account: Account): Promise<void> {
  await set('account', account, store())
  await set('last-server', { origin: account.origin, email: account.me.email }, store())
}

export const forgetAccount = () => del('account', store())
export const keepLanguage = (language: v.InferOutput<typeof Language>) => set('language', language, store())
