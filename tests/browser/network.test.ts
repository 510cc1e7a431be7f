import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest'
import { COLOURS, type Colour, waitForColour } from '../support/colours.ts'
import { whyNoNetwork } from '../support/network.ts'
import { openThreePlaces, paint, type ThreePlaces } from '../support/three-places.ts'

const over = new AbortController()
const { signal } = over
const refusal = whyNoNetwork()
let places: ThreePlaces

beforeAll(async () => {
  if (refusal) return console.warn(`NOT TESTED: reconnecting over real networks. Here ${refusal}`)
  places = await openThreePlaces({}, signal)
})
afterAll(() => over.abort())

test('S13 the customer’s network changes twenty times: each time the picture is back by itself', async (context) => {
  needsNetwork(context)
  const { network, technician, meet } = places
  const customer = await meet('Travelling')
  await customer.press('Share my screen')
  await paint(customer, 'red')
  await waitForColour(technician.page, 'red')
  const times: number[] = []
  for (let round = 1; round <= 20; round++) {
    const colour: Colour = COLOURS[round % COLOURS.length] ?? 'red'
    const began = performance.now()
    network.switchLine()
    await paint(customer, colour)
    await waitForColour(technician.page, colour, 20_000)
    times.push(Math.round(performance.now() - began))
    console.log(times.at(-1))
  }
  expect(times).toHaveLength(20)
})

function needsNetwork(context: TestContext) {
  if (refusal) context.skip(refusal)
}
