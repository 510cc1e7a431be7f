import { encode } from 'lib0/encoding'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { itemsOf } from '../../peer/board/board.ts'
import type { Author } from '../../peer/board/item.ts'
import { encodeItem } from '../../peer/board/item-bytes.ts'
import { BLANK } from '../../protocol/board.ts'
import { draw, waitForInk, watchInk } from '../support/board.ts'
import { openCustomer } from '../support/customer.ts'
import { person } from '../support/person.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician

beforeAll(async () => {
  const server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
})
afterAll(() => over.abort())

/** A customer who has the code, and sends over the real link whatever they like; the technician shows a white sheet with a box. */
async function meet(name: string): Promise<Page> {
  await toQueue(technician)
  const { link } = await technician.create(name, 'Help')
  const { page, sees } = await openCustomer('about:blank', { signal })
  await page.evaluateOnNewDocument(takeChannel)
  await page.goto(link)
  await sees('connected')
  await technician.press(new RegExp(`.*${name}.*`))
  await technician.press('Connect')
  await technician.press('Whiteboard')
  await technician.press('Box')
  await draw(technician.page, [
    [0.1, 0.1],
    [0.3, 0.3],
  ])
  await technician.page.keyboard.press('Escape')
  await watchInk(technician.page)
  await waitForInk(technician.page, [0.1, 0.2], 'drawn')
  await sees('Marie Blanc shows you a whiteboard')
  return page
}

/** Whoever draws in it: a dot on the white sheet, in the frame of the link's document. */
class Forger {
  readonly document = new Y.Doc()
  dot(id: string, x: number, by: Author = { role: 'customer', name: '' }): number[] {
    const before = Y.encodeStateVector(this.document)
    const at = { x: Math.round(x * 16_383), y: 8000 }
    itemsOf(this.document).set(id, encodeItem({ kind: 'step', at, surface: BLANK, by, colour: 1, width: 9, order: 2 }))
    const update = Y.encodeStateAsUpdate(this.document, before)
    return [0, ...encode((encoder) => writeUpdate(encoder, update))]
  }
}

const send = (page: Page, frame: number[]) => page.evaluate((bytes) => window.deskside_test_frame?.(0, bytes), frame)

const NOT_UNDERSTOOD = 'The other browser sent something that is not understood'

test('S5 who draws without being allowed is not seen; the same hand is seen once it is allowed', async () => {
  const page = await meet('Eager')
  const forger = new Forger()
  await send(page, forger.dot('forged_1', 0.5))
  // What was sent before these words has been read when they are.
  await person(page).say('Write to Marie Blanc…', 'I have drawn something')
  await technician.sees('I have drawn something')
  await waitForInk(technician.page, [0.5, 0.488], 'nothing')
  await technician.tick('Eager may draw')
  await send(page, forger.dot('forged_2', 0.7))
  await waitForInk(technician.page, [0.7, 0.488], 'drawn')
  await waitForInk(technician.page, [0.5, 0.488], 'nothing')
  await send(page, forger.dot('forged_3', 0.9, { role: 'technician', name: 'Marie Blanc' }))
  await send(page, forger.dot('forged_4', 0.6))
  await waitForInk(technician.page, [0.6, 0.488], 'drawn')
  await waitForInk(technician.page, [0.9, 0.488], 'nothing')
  await waitForInk(technician.page, [0.1, 0.2], 'drawn')
  await page.browser().close()
})

test('S5 bytes that are no document end the link with a reason', async () => {
  const page = await meet('Babbling')
  await technician.tick('Babbling may draw')
  await send(page, [0, 2, 5, 1, 2, 3, 4, 5])
  await technician.sees(NOT_UNDERSTOOD)
  await page.browser().close()
})

test('S5 a flood of strokes costs the sender the link, and the technician’s desk goes on', async () => {
  const page = await meet('Flooding')
  await page.evaluate(flood)
  await technician.sees(NOT_UNDERSTOOD)
  expect(await technician.read()).toContain('Flooding')
  await page.browser().close()
})

declare global {
  interface Window {
    /** Sends one board frame over the link. */
    deskside_test_frame?: (stream: number, payload: readonly number[]) => void
  }
}

// What follows runs in the customer's page.

/** Gets hold of the page's own data channel, and keeps its frames in sequence. */
function takeChannel(): void {
  const make = RTCPeerConnection.prototype.createDataChannel
  RTCPeerConnection.prototype.createDataChannel = function (label, options) {
    const channel = make.call(this, label, options)
    const sendBytes = channel.send.bind(channel) as (bytes: Uint8Array<ArrayBuffer>) => void
    let sequence = 0
    const next = (bytes: Uint8Array<ArrayBuffer>) => {
      if (channel.readyState !== 'open') return
      new DataView(bytes.buffer, bytes.byteOffset).setUint32(0, sequence++)
      sendBytes(bytes)
    }
    channel.send = (data: unknown) => {
      if (data instanceof Uint8Array) next(new Uint8Array(data))
    }
    window.deskside_test_frame = (stream, payload) => {
      const bytes = new Uint8Array(7 + payload.length)
      // Frames of the type `board`.
      bytes[4] = 2
      bytes[6] = stream
      bytes.set(payload, 7)
      next(bytes)
    }
    return channel
  }
}

async function flood(): Promise<void> {
  for (let n = 0; n < 50_000; n++) {
    window.deskside_test_frame?.(1, [2, 8, 97, 97, 97, 97, 97, 97, 97, 97])
    if (n % 500 === 0) await new Promise((resolve) => setTimeout(resolve))
  }
}
