import { randomBytes } from 'node:crypto'
import { signal as signalOf } from '@preact/signals'
import * as v from 'valibot'
import { expect, onTestFinished, test, vi } from 'vitest'
import { collectLeft } from '../../../desk/case/left-messages.ts'
import { beginKeyring, sealKeyring } from '../../../desk/keys/keyring.ts'
import { toBase64url } from '../../../peer/base64url.ts'
import { sealToGroup } from '../../../peer/seal-to-group.ts'
import type { HeldMessage } from '../../../protocol/held.ts'
import { MessageId } from '../../../protocol/ids.ts'
import type { PublicKey } from '../../../protocol/keys.ts'
import type { Chat } from '../../../protocol/link.ts'
import { entry, header, SUPPORT } from '../queue/samples.ts'

/** One ticket of one's own; its customer leaves messages with a server that answers when it is let. */
async function openCollecting() {
  const over = new AbortController()
  onTestFinished(() => over.abort())
  const keyring = await beginKeyring(SUPPORT)
  const { publicKey } = await sealKeyring(keyring, [])
  const ticket = header(1)
  const entries = signalOf([entry(ticket)])
  const kept: HeldMessage[] = []
  const heard: string[] = []
  let asked = 0
  let gate: Promise<void> | undefined
  const tellCount = () => {
    entries.value = [{ ...entry(ticket), held: kept.length }]
  }
  collectLeft({
    tickets: { entries },
    sessions: {
      of: () => ({ hearLeft: (messages) => void heard.push(...messages.map(({ text }) => text)) }),
      history: () => ({ loaded: Promise.resolve(), stored: async () => {} }),
    },
    server: {
      async held() {
        asked += 1
        const messages = [...kept]
        await gate
        return { messages }
      },
      async takeHeld(_ticket, { ids }) {
        kept.splice(0, kept.length, ...kept.filter(({ id }) => !ids.includes(id)))
        tellCount()
        await gate
      },
    },
    keyringOf: () => keyring,
    signal: over.signal,
  })
  return {
    heard,
    asked: () => asked,
    tellCount,
    async leave(text: string, to: PublicKey = publicKey) {
      const id = v.parse(MessageId, randomBytes(16).toString('base64url'))
      const chat: Chat = { type: 'chat', id, text, at: 1 }
      const box = await sealToGroup(to, new TextEncoder().encode(JSON.stringify(chat)))
      kept.push({ id, box: toBase64url(box) })
      tellCount()
    },
    /** @returns lets the server answer again */
    holdBack() {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    },
  }
}

test('what is left while the messages before it are fetched is fetched afterwards', async () => {
  const { heard, leave, holdBack } = await openCollecting()
  const answer = holdBack()
  await leave('Hello')
  await leave('Are you there?')
  answer()
  await vi.waitFor(() => expect(heard).toEqual(['Hello', 'Are you there?']))
})

test('what does not open is not asked for again until more is left', async () => {
  const { heard, asked, leave, tellCount } = await openCollecting()
  const { publicKey: another } = await sealKeyring(await beginKeyring(SUPPORT), [])
  await leave('Not for us', another)
  await vi.waitFor(() => expect(asked()).toBe(1))
  await leave('Hello')
  await vi.waitFor(() => expect(heard).toEqual(['Hello']))
  tellCount()
  expect(asked()).toBe(2)
})
