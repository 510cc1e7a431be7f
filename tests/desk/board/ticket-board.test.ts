import { encode } from 'lib0/encoding'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { pageBoard } from '../../../customer/join/page-board.ts'
import { ticketBoard } from '../../../desk/board/ticket-board.ts'
import { itemsOf } from '../../../peer/board/board.ts'
import type { Item, Sketch } from '../../../peer/board/item.ts'
import { encodeItem } from '../../../peer/board/item-bytes.ts'
import { encodeLive } from '../../../peer/board/live-bytes.ts'
import { BLANK, SCREEN } from '../../../protocol/board.ts'
import { MAX_BOARD_ITEMS } from '../../../protocol/limits.ts'
import { CUSTOMER, GRACE, itemId, sketch, step } from '../../peer/board/samples.ts'
import { linkPair } from '../../peer/link-pair.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

const [a, b, c] = [itemId('a'), itemId('b'), itemId('c')]
/** Frames are sent in turns of their own. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

function open(kept = new Y.Doc()) {
  const desk = ticketBoard({ document: kept, loaded: Promise.resolve() }, GRACE.name, life.signal)
  const page = pageBoard(life.signal)
  const link = () => {
    const pair = linkPair(life.signal)
    attach(page, pair)
    desk.part(pair.technician)
    return pair
  }
  return { kept, desk, page, link, seen: () => [...page.shared.value.board.items.keys()].sort() }
}

type Page = ReturnType<typeof pageBoard>
type Pair = ReturnType<typeof linkPair>

/** A tampered page writes into its document whatever it likes. */
function documentOf(page: Page): Y.Doc {
  const { document } = page.shared.value
  return document
}

function attach(page: Page, { customer }: Pair) {
  const { state, frame } = page.attach(customer)
  customer.on('board-state', state)
  customer.onFrame('board', frame)
}

function say(page: Page, key: string, value: unknown) {
  itemsOf(documentOf(page)).set(key, value)
}

function listInPlaceOfItems(): Uint8Array {
  const document = new Y.Doc()
  document.getArray('items').push([1])
  const message = encode((encoder) => writeUpdate(encoder, Y.encodeStateAsUpdate(document)))
  return new Uint8Array([0, ...message])
}

test('S5 both sides see what the other draws, and a new link brings what was missed meanwhile', async () => {
  const { desk, page, link, seen } = open()
  const { cut } = link()
  desk.board.add(a, sketch())
  desk.allow(true)
  await settle()
  expect(seen()).toEqual([a])
  page.shared.value.board.add(b, sketch(CUSTOMER))
  await settle()
  expect([...desk.board.items.keys()]).toEqual([a, b])
  cut()
  desk.board.erase([a])
  page.shared.value.board.add(c, sketch(CUSTOMER))
  link()
  await settle()
  expect(seen()).toEqual([b, c])
  expect([...desk.board.items.keys()].sort()).toEqual([b, c])
})

test('S5 the page is told whether its customer may draw, and what the technician draws on', async () => {
  const { desk, page, link } = open()
  link()
  expect([page.mayDraw.value, page.shown.value]).toEqual([false, null])
  desk.allow(true)
  desk.show(BLANK)
  expect([page.mayDraw.value, page.shown.value]).toEqual([true, BLANK])
  desk.allow(false)
  expect(page.mayDraw.value).toBe(false)
})

test('S5 what a page draws and erases without being allowed is put back on both sides; later strokes count', async () => {
  const { desk, page, link, seen } = open()
  const { refused } = link()
  desk.board.add(a, sketch())
  await settle()
  page.shared.value.board.add(b, sketch(CUSTOMER))
  page.shared.value.board.erase([a])
  await settle()
  expect([...desk.board.items.keys()]).toEqual([a])
  expect(seen()).toEqual([a])
  desk.allow(true)
  page.shared.value.board.add(c, sketch(CUSTOMER))
  page.shared.value.board.erase([a])
  await settle()
  expect([...desk.board.items.keys()]).toEqual([c])
  expect(seen()).toEqual([c])
  expect(refused.technician).toEqual([])
})

test.each<[string, Item]>([
  ['in the technician’s name', { ...sketch(GRACE), order: 1 }],
  ['under a name of its own', { ...sketch({ role: 'customer', name: 'Grace Hopper' }), order: 1 }],
  ['above all that will ever be drawn', { ...sketch(CUSTOMER), order: 3 * MAX_BOARD_ITEMS }],
])('S5 a page draws nothing %s', async (_, item) => {
  const { kept, desk, page, link, seen } = open()
  link()
  desk.allow(true)
  desk.board.add(a, sketch())
  await settle()
  say(page, b, encodeItem(item))
  await settle()
  expect([...itemsOf(kept).keys()]).toEqual([a])
  expect(seen()).toEqual([a])
})

test('S5 a page changes nothing that is there, and what is no item reaches nobody’s document', async () => {
  const { kept, desk, page, link } = open()
  link()
  desk.allow(true)
  desk.board.add(a, sketch())
  await settle()
  const before = itemsOf(kept).get(a)
  say(page, a, encodeItem(step(1, SCREEN, CUSTOMER)))
  say(page, b, new Y.Text('words'))
  say(page, 'a name that no item has', encodeItem(step(1, SCREEN, CUSTOMER)))
  await settle()
  expect([...itemsOf(kept)]).toEqual([[a, before]])
})

test('S5 another kind of document, an update that is none and a live drawing that is none end the link', async () => {
  for (const harm of [
    (page: Page) => void documentOf(page).getArray('other').push([1]),
    (_: Page, pair: Pair) => void pair.customer.sendFrame('board', 0, listInPlaceOfItems()),
    (_: Page, pair: Pair) => void pair.customer.sendFrame('board', 0, new Uint8Array([0, 2, 3, 9, 9, 9])),
    (_: Page, pair: Pair) => void pair.customer.sendFrame('board', 0, new Uint8Array([7])),
    (_: Page, pair: Pair) => void pair.customer.sendFrame('board', 1, new Uint8Array([9])),
    (_: Page, pair: Pair) => void pair.customer.sendFrame('board', 2, new Uint8Array([0])),
    (_: Page, pair: Pair) =>
      void pair.customer.sendFrame('board', 1, encodeLive([{ kind: 'drawing', id: a, item: step(1) }])),
  ]) {
    const { desk, page, link } = open()
    const pair = link()
    desk.allow(true)
    desk.board.add(a, sketch())
    await settle()
    harm(page, pair)
    await settle()
    expect(pair.refused.technician, String(harm)).toHaveLength(1)
    expect([...desk.board.items.keys()]).toEqual([a])
  }
})

test('S5 a flood of frames ends the link', async () => {
  const { desk, page, link } = open()
  const pair = link()
  desk.allow(true)
  await settle()
  expect(page.mayDraw.value).toBe(true)
  const gone = encodeLive([{ kind: 'gone', id: a }])
  for (let n = 0; n < 3000 && !pair.technician.signal.aborted; n++) void pair.customer.sendFrame('board', 1, gone)
  expect(pair.refused.technician).toHaveLength(1)
})

test('S5 a desk that was started anew gives its board again; what it never had is void on the page', async () => {
  const kept = new Y.Doc()
  const first = open(kept)
  const { cut } = first.link()
  first.desk.board.add(a, sketch())
  first.desk.allow(true)
  await settle()
  cut()
  first.page.shared.value.board.add(b, sketch(CUSTOMER))
  const desk = ticketBoard({ document: kept, loaded: Promise.resolve() }, GRACE.name, life.signal)
  const pair = linkPair(life.signal)
  attach(first.page, pair)
  desk.part(pair.technician)
  await settle()
  expect(first.seen()).toEqual([a])
  expect([...desk.board.items.keys()]).toEqual([a])
  expect(first.page.mayDraw.value).toBe(false)
})

test('S5 a board of two thousand strokes goes over in pieces', async () => {
  const { desk, link, seen } = open()
  const points = new Uint16Array(300).map((_, at) => (at % 3 === 2 ? 128 : (at * 613) % 16_000))
  for (let n = 0; n < 2000; n++) desk.board.add(itemId(`n${n}`), { ...sketch(), kind: 'pen', points } satisfies Sketch)
  link()
  await settle()
  expect(seen()).toHaveLength(2000)
})

test('S5 a colleague’s strokes, which come with the room, go to the customer too', async () => {
  const { kept, desk, link, seen } = open()
  link()
  const colleague = new Y.Doc()
  itemsOf(colleague).set(b, encodeItem({ ...sketch({ role: 'technician', name: 'Omar' }), order: 1 }))
  Y.applyUpdate(kept, Y.encodeStateAsUpdate(colleague))
  await settle()
  expect(seen()).toEqual([b])
  expect(desk.board.items.get(b)?.by.name).toBe('Omar')
})
