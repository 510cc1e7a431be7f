import { buildStale } from '../../scripts/build.ts'
import { COLOURS, waitForColour } from '../support/colours.ts'
import { startNetwork, whyNoNetwork } from '../support/network.ts'
import { openThreePlaces, paint } from '../support/three-places.ts'
import { compare, type Family, type Figure, median, progress, quantile } from './harness.ts'

const ROUNDS = 20
/** What a person waits without giving up, in ms. */
const LIMIT_MS = 5000

/**
 * From the moment when the customer's network is another one, its old line dead, to a picture at the desk that was drawn after it: the
 * built product, in namespaces, over the page's own socket and link.
 */
export const redial: Family = {
  names: ['redial', 'redial-p95'],
  async measure(signal) {
    const refusal = whyNoNetwork()
    if (refusal) {
      progress(`redial is not measured: ${refusal}`)
      return []
    }
    await buildStale()
    const over = new AbortController()
    try {
      return figuresOf(await changeNetworks(AbortSignal.any([signal, over.signal])))
    } finally {
      over.abort()
    }
  },
}

async function changeNetworks(signal: AbortSignal): Promise<number[]> {
  const network = startNetwork(signal)
  const { technician, meet } = await openThreePlaces(network, {}, signal)
  const customer = await meet('Travelling')
  await customer.press('Share my screen')
  await paint(customer, 'yellow')
  await waitForColour(technician.page, 'yellow')
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const colour = COLOURS[round % COLOURS.length] ?? 'red'
    const began = performance.now()
    network.switchLine()
    await paint(customer, colour)
    await waitForColour(technician.page, colour, 60_000)
    times.push(performance.now() - began)
    progress(`redial ${round + 1}/${ROUNDS}: ${times.at(-1)?.toFixed()} ms`)
  }
  await customer.browser.close()
  await technician.page.browser().close()
  return times
}

function figuresOf(times: number[]): Figure[] {
  const limit = { unit: 'ms', n: times.length, peer: 'limit of p95', peerValue: LIMIT_MS }
  return [
    compare({ name: 'redial', value: median(times), ...limit }),
    compare({ name: 'redial-p95', value: quantile(times, 0.95), ...limit }, 1),
  ]
}
