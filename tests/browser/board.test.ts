import { afterAll, beforeAll, expect, test } from 'vitest'
import { colourOf, PALETTE, type Paint, paintOf } from '../../components/board/palette.ts'
import { DRAWN_ON, draw, inkColour, type Place, waitForInk, watchInk } from '../support/board.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { takeScreenshot } from '../support/screenshot.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician
let customer: Customer

beforeAll(async () => {
  const server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
  const { link } = await technician.create('Jean Dupont', 'The printer says “offline”')
  customer = await openCustomer('about:blank', { signal })
  await customer.page.evaluateOnNewDocument(holdConnections)
  await customer.page.goto(link)
  await customer.sees('connected')
  await technician.press(/.*Jean Dupont.*/)
  await technician.press('Connect')
  await customer.press('Share my screen')
  await technician.sees('Best quality')
  await Promise.all([technician, customer].map(({ page }) => watchInk(page)))
})
afterAll(() => over.abort())

const TOOLS = '::-p-aria([role="group"][name="Drawing"])'

const both = () => [technician.page, customer.page]
const everywhere = (place: Place, wanted: 'drawn' | 'nothing') =>
  Promise.all(both().map((page) => waitForInk(page, place, wanted)))

/** A key of the desk, pressed where nobody writes. */
async function key(name: string) {
  await technician.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await technician.page.keyboard.press(name as 'p')
}

test('S5 what the technician draws is seen by the customer while it is drawn, and stays', async () => {
  await technician.press('Pen')
  await draw(
    technician.page,
    [
      [0.2, 0.2],
      [0.4, 0.2],
    ],
    { hold: true },
  )
  await waitForInk(customer.page, [0.3, 0.2], 'live')
  await customer.sees('Marie Blanc draws on your screen')
  await technician.page.mouse.up()
  await everywhere([0.3, 0.2], 'drawn')
  await waitForInk(customer.page, [0.3, 0.3], 'nothing')
})

test('S5 arrow, box, ellipse, highlighter, text and numbered steps, each by its key', async () => {
  await key('a')
  await draw(technician.page, [
    [0.6, 0.2],
    [0.8, 0.3],
  ])
  await everywhere([0.7, 0.25], 'drawn')
  await key('b')
  await draw(technician.page, [
    [0.1, 0.5],
    [0.3, 0.7],
  ])
  await everywhere([0.1, 0.6], 'drawn')
  await everywhere([0.2, 0.6], 'nothing')
  await key('e')
  await draw(technician.page, [
    [0.4, 0.5],
    [0.6, 0.7],
  ])
  await everywhere([0.5, 0.5], 'drawn')
  await key('h')
  await draw(technician.page, [
    [0.1, 0.85],
    [0.3, 0.85],
  ])
  await everywhere([0.2, 0.85], 'drawn')
  await key('n')
  await draw(technician.page, [[0.7, 0.6]])
  await draw(technician.page, [[0.8, 0.6]])
  await everywhere([0.8, 0.6], 'drawn')
  await key('t')
  await draw(technician.page, [[0.7, 0.8]])
  await technician.page.waitForSelector('::-p-aria([role="textbox"][name="Text on the board"]):focus')
  await technician.page.keyboard.type('Untick this one')
  await technician.page.keyboard.press('Enter')
  await everywhere([0.72, 0.82], 'drawn')
  await takeScreenshot(technician.page, 'board-session')
  await takeScreenshot(customer.page, 'board-customer')
})

test('S5 a smaller window shows the same drawings in the same places of the picture', async () => {
  const before = await Promise.all([technician, customer].map(({ page }) => page.$eval('canvas', widthOf)))
  await technician.page.setViewport({ width: 1000, height: 700 })
  await customer.page.setViewport({ width: 500, height: 800 })
  for (const place of [
    [0.3, 0.2],
    [0.7, 0.25],
    [0.1, 0.6],
    [0.8, 0.6],
  ] as const)
    await everywhere(place, 'drawn')
  await everywhere([0.2, 0.6], 'nothing')
  await technician.page.setViewport({ width: 1440, height: 860 })
  await customer.page.setViewport({ width: 760, height: 900 })
  // Who draws next aims at what is seen then.
  for (const [at, { page }] of [technician, customer].entries()) {
    await page.waitForFunction((width) => document.querySelector('canvas')?.clientWidth === width, {}, before[at])
  }
})

test('S5 the eraser takes whole things, the laser leaves nothing, Escape looks again', async () => {
  await key('x')
  await draw(technician.page, [
    [0.7, 0.55],
    [0.7, 0.65],
  ])
  await everywhere([0.7, 0.6], 'nothing')
  await everywhere([0.8, 0.6], 'drawn')
  await key('l')
  await draw(technician.page, [
    [0.45, 0.35],
    [0.5, 0.35],
  ])
  await waitForInk(customer.page, [0.5, 0.35], 'live')
  await everywhere([0.5, 0.35], 'nothing')
  await key('Escape')
  expect(await technician.page.$(DRAWN_ON)).toBeNull()
})

const MARIES = colourOf({ role: 'technician', name: 'Marie Blanc' })

/** What a canvas gives back is not quite what was painted. */
function nearest(seen: readonly number[]): string | undefined {
  const away = ({ fill }: Paint) =>
    [1, 3, 5].reduce(
      (sum, at, part) => sum + Math.abs(Number.parseInt(fill.slice(at, at + 2), 16) - (seen[part] ?? 0)),
      0,
    )
  return [...PALETTE].sort((one, other) => away(one) - away(other))[0]?.name
}

test('S5 the customer draws when the technician lets them, in another colour; each takes back only what is their own', async () => {
  expect(await customer.page.$(TOOLS), 'no tools before it is allowed').toBeNull()
  await technician.tick('Jean Dupont may draw')
  await customer.sees('You may draw here, too.')
  await customer.press('Pen')
  await draw(
    customer.page,
    [
      [0.45, 0.4],
      [0.65, 0.4],
    ],
    { hold: true },
  )
  await waitForInk(technician.page, [0.5, 0.4], 'live')
  await customer.page.mouse.up()
  await everywhere([0.55, 0.4], 'drawn')
  // The same on both sides.
  for (const page of both()) {
    expect(nearest(await inkColour(page, [0.55, 0.4])), 'the customer’s').toBe('blue')
    expect(nearest(await inkColour(page, [0.3, 0.2])), 'the technician’s').toBe(paintOf(MARIES).name)
  }
  await technician.press('Undo')
  await everywhere([0.7, 0.6], 'drawn')
  await everywhere([0.55, 0.4], 'drawn')
  await customer.press('Undo')
  await everywhere([0.55, 0.4], 'nothing')
  await everywhere([0.3, 0.2], 'drawn')
  await customer.press('Redo')
  await everywhere([0.55, 0.4], 'drawn')
  await technician.tick('Jean Dupont may draw')
  await customer.seesNot('You may draw here, too.')
  expect(await customer.page.$(TOOLS)).toBeNull()
})

test('S5 clear takes all of this surface, and undo brings it back', async () => {
  await technician.press('Clear the board')
  for (const place of [
    [0.3, 0.2],
    [0.55, 0.4],
    [0.8, 0.6],
  ] as const)
    await everywhere(place, 'nothing')
  await technician.page.keyboard.down('Control')
  await key('z')
  await technician.page.keyboard.up('Control')
  for (const place of [
    [0.3, 0.2],
    [0.55, 0.4],
    [0.8, 0.6],
  ] as const)
    await everywhere(place, 'drawn')
})

test('S5 without a mouse: the arrow keys move, Enter presses and lets go', async () => {
  await key('a')
  await technician.page.focus(DRAWN_ON)
  await technician.page.keyboard.press('Enter')
  for (let n = 0; n < 4; n++) {
    await technician.page.keyboard.down('Shift')
    await technician.page.keyboard.press('ArrowDown')
    await technician.page.keyboard.up('Shift')
  }
  await technician.page.keyboard.press('Enter')
  await everywhere([0.5, 0.6], 'drawn')
  await technician.press('Undo')
  await everywhere([0.5, 0.6], 'nothing')
  await key('Escape')
})

test('S5 a key follows the tool’s key before the next frame is painted', async () => {
  await technician.page.evaluate(pressAtOnce, ['a', 'Enter'])
  await technician.page.evaluate(pressAtOnce, [...Array<string>(4).fill('ArrowUp'), 'Enter'])
  await everywhere([0.5, 0.6], 'drawn')
  await technician.press('Undo')
  await everywhere([0.5, 0.6], 'nothing')
  await key('Escape')
})

test('S5 the page and the desk are reloaded, one after the other: the same board', async () => {
  await customer.page.reload()
  await watchInk(customer.page)
  await customer.sees('connected')
  await customer.press('Share my screen')
  await customer.sees('Marie Blanc draws on your screen')
  await everywhere([0.3, 0.2], 'drawn')
  await technician.page.reload()
  await watchInk(technician.page)
  await technician.sees('Best quality')
  await everywhere([0.55, 0.4], 'drawn')
  await technician.press('Pen')
  await draw(technician.page, [
    [0.2, 0.4],
    [0.3, 0.4],
  ])
  await everywhere([0.25, 0.4], 'drawn')
})

test('S5 a connection that is cut while the technician draws: the page has the whole board again', async () => {
  await technician.press('Highlighter')
  await customer.page.evaluate(() => window.deskside_test_cut?.())
  await draw(technician.page, [
    [0.2, 0.9],
    [0.4, 0.9],
  ])
  await everywhere([0.3, 0.9], 'drawn')
  await everywhere([0.3, 0.2], 'drawn')
  expect(await customer.page.evaluate(() => window.deskside_test_connections?.()), 'over a new connection').toBe(1)
})

/** Runs in the page: presses keys one right after the other, as a slow machine passes on what was typed meanwhile. */
async function pressAtOnce(keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const reach = document.querySelector<HTMLElement>('[role="application"]')
    reach?.focus()
    reach?.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: key !== 'a', bubbles: true, cancelable: true }))
    // The interface is drawn anew in a microtask, as between two real keys.
    await new Promise<void>((done) => queueMicrotask(done))
  }
}

const widthOf = (element: Element) => element.clientWidth

declare global {
  interface Window {
    deskside_test_cut?: () => void
    /** Those made since the cut. */
    deskside_test_connections?: () => number
  }
}

/** Runs in the page: lets the test close its connections, as a broken line does. */
function holdConnections(): void {
  const held: RTCPeerConnection[] = []
  const Browsers = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Browsers {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      held.push(this)
    }
  }
  window.deskside_test_cut = () => {
    for (const connection of held.splice(0)) connection.close()
  }
  window.deskside_test_connections = () => held.length
}
