import { del, get, set } from 'idb-keyval'
import * as v from 'valibot'
import { DeviceToken, Me } from '../../protocol/account.ts'
import { Language, Token } from '../../protocol/ids.ts'
import { PagerSettings, USUAL_PAGER } from '../pager/pager-settings.ts'
import { QueueView } from '../queue/view.ts'
import { Reply } from '../replies/reply.ts'
import { disk } from '../storage/disk.ts'
import { lazyStore } from '../storage/lazy-store.ts'

/** What a sign-in leaves in this browser. */
export const Account = v.strictObject({ origin: v.string(), token: Token, me: Me })
export type Account = v.InferOutput<typeof Account>

/** The server and the address of the last sign-in, kept when one signs out. */
const LastServer = v.strictObject({ origin: v.string(), email: v.string() })
export type LastServer = v.InferOutput<typeof LastServer>

/** `system`: as the browser is set. */
export const Theme = v.picklist(['system', 'light', 'dark'])
export type Theme = v.InferOutput<typeof Theme>

const store = lazyStore('deskside-settings', 'settings')

/** @throws DOMException where this browser does not take it */
const keep = (key: string, value: unknown) => disk.keep(`setting ${key}`, 'settings', () => set(key, value, store()))

/** Whatever does not fit its schema (written by another version) counts as never set. */
async function read<S extends v.GenericSchema>(key: string, schema: S): Promise<v.InferOutput<S> | undefined> {
  const found = v.safeParse(schema, await get<unknown>(key, store()))
  return found.success ? found.output : undefined
}

export const readAccount = () => read('account', Account)
export const readLastServer = () => read('last-server', LastServer)
export const readLanguage = () => read('language', Language)
export const readTheme = async () => (await read('theme', Theme)) ?? 'system'
/** Whether a customer who comes is heard. */
export const readSound = async () => (await read('sound', v.boolean())) ?? true
/** How somebody is called for whom a customer waits. */
export const readPager = async () => (await read('pager', PagerSettings)) ?? USUAL_PAGER

/** How one looks at the queue. */
export const readQueueView = () => read('queue-view', QueueView)

/** What somebody has chosen in this browser; what was never chosen is not in it. */
export const ChosenSettings = v.strictObject({
  theme: v.optional(Theme),
  sound: v.optional(v.boolean()),
  pager: v.optional(PagerSettings),
  'queue-view': v.optional(QueueView),
})
export type ChosenSettings = v.InferOutput<typeof ChosenSettings>

export async function readChosen(): Promise<ChosenSettings> {
  const chosen: Record<string, unknown> = {}
  for (const [key, schema] of Object.entries(ChosenSettings.entries)) {
    const value = await read(key, schema)
    if (value !== undefined) chosen[key] = value
  }
  return v.parse(ChosenSettings, chosen)
}

/** Takes what was never chosen in this browser. @returns how many settings that were */
export async function keepWhereUnset(chosen: ChosenSettings): Promise<number> {
  const here = await readChosen()
  const missing = Object.entries(chosen).filter(([key, value]) => value !== undefined && !(key in here))
  for (const [key, value] of missing) await keep(key, value)
  return missing.length
}

export async function keepAccount(account: Account): Promise<void> {
  const last: LastServer = { origin: account.origin, email: account.me.email }
  await Promise.all([keep('account', account), keep('last-server', last)])
}

export async function forgetAccount(): Promise<void> {
  disk.forget('setting account')
  await del('account', store())
}

export const keepLanguage = async (language: Language) => keep('language', language)
export const keepQueueView = async (view: QueueView) => keep('queue-view', view)
export const keepTheme = async (theme: Theme) => keep('theme', theme)
export const keepSound = async (on: boolean) => keep('sound', on)
export const keepPager = async (settings: PagerSettings) => keep('pager', settings)

/** Canned replies of one account, by their ids. */
const repliesKey = (account: string) => `replies ${account}`
const OwnReplies = v.record(v.string(), Reply)
export const readOwnReplies = async (account: string) => (await read(repliesKey(account), OwnReplies)) ?? {}
export const keepOwnReplies = async (account: string, replies: v.InferOutput<typeof OwnReplies>) =>
  keep(repliesKey(account), replies)

/** What stands in for the second step in this browser, one for each account and server; it outlives a sign-out. */
const deviceKey = ({ origin, email }: LastServer) => `device ${origin} ${email.trim().toLowerCase()}`

/** Undefined too where nothing can be kept: the second step is then asked for each time. */
export const readDevice = (of: LastServer) => read(deviceKey(of), DeviceToken).catch(() => undefined)
export const keepDevice = async (of: LastServer, device: DeviceToken) => keep(deviceKey(of), device)
export const forgetDevice = async (of: LastServer) => del(deviceKey(of), store())
