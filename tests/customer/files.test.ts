import { signal } from '@preact/signals'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startFiles } from '../../customer/join/files.ts'
import { nextConsents } from '../../peer/consent-rules.ts'
import { randomId } from '../../peer/random-id.ts'
import { type Consent, ConsentId } from '../../protocol/consent.ts'
import type { FolderFailed } from '../../protocol/folder.ts'
import { memoryFile } from '../peer/files/memory-files.ts'
import { memoryFolder } from '../peer/folder/memory-folder.ts'
import { linkPair } from '../peer/link-pair.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

/** A page that is asked for a folder, and a desk that may say whatever it likes. */
async function page() {
  const list = signal<readonly Consent[]>([])
  const happened = (event: Parameters<typeof nextConsents>[1]) => {
    list.value = nextConsents(list.value, event, 1)
  }
  const files = startFiles({
    list,
    answer: (id, granted, detail) => happened({ type: 'answered', id, granted, detail }),
  })
  const seat = new AbortController()
  const { part, loaded } = files.begin(AbortSignal.any([life.signal, seat.signal]))
  await loaded
  const { technician, customer } = linkPair(life.signal)
  part(customer as never, undefined as never)
  const id = v.parse(ConsentId, randomId())
  happened({ type: 'asked', id, what: 'folder', to: 'Marie' })
  const answers: string[] = []
  technician.on('folder-entries', ({ entries }) => void answers.push(...entries.map(({ name }) => name)))
  technician.on('folder-failed', ({ why }: FolderFailed) => void answers.push(why))
  const listed = async () => {
    technician.send({ type: 'folder-list', consent: id })
    await new Promise((resolve) => setTimeout(resolve, 20))
    return answers.splice(0)
  }
  return { files, happened, id, listed, list, leave: () => seat.abort() }
}

const documents = memoryFolder('Documents', { 'notes.txt': 'hello' })

test('S11 a folder is there from the yes until it is taken back', async () => {
  const { files, happened, id, listed, list } = await page()
  files.share(id, documents)
  expect(list.value[0]).toMatchObject({ detail: 'Documents', state: { kind: 'granted' } })
  expect(await listed()).toEqual(['notes.txt'])
  happened({ type: 'ended', id, by: 'customer' })
  expect(await listed()).toEqual(['not-shared'])
})

test('S11 a question that is taken back while the person picks gives nothing, whatever is picked then', async () => {
  const { files, happened, id, listed, list } = await page()
  happened({ type: 'ended', id, by: 'technician' })
  files.share(id, documents)
  expect(list.value[0]?.state.kind).not.toBe('granted')
  expect(await listed()).toEqual(['not-shared'])
})

test('S10 what is on its way when the person leaves is over, and waits for nothing', async () => {
  const { files, leave } = await page()
  files.exchange?.send([memoryFile('a', 5)])
  expect(files.list.value[0]?.state.kind).toBe('offered')
  leave()
  expect(files.list.value[0]?.state.kind).toBe('cancelled')
})
