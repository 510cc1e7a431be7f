import { firstLoad } from '../support/page-weight.ts'
import { compare, type Family } from './harness.ts'

const LIMIT = 60_000

/** Gzipped JavaScript and words that the customer's page loads before anything can be done on it. */
export const customerPage: Family = {
  names: ['customer-page-bytes'],
  async measure() {
    const bytes = [...(await firstLoad()).values()].reduce((sum, one) => sum + one, 0)
    return [
      compare({ name: 'customer-page-bytes', value: bytes, unit: 'bytes', n: 1, peer: 'limit', peerValue: LIMIT }, 1),
    ]
  },
}
