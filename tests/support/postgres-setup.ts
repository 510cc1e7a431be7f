import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

/**
 * The PostgreSQL of a run of tests: of the project `postgres`, and of any where `TEST_STORE=postgres` has the servers of the tests keep what
 * they keep in one (`tests/signalling/support/database.ts`).
 */
export default async function setup({ name }: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (name !== 'postgres' && process.env.TEST_STORE !== 'postgres') return undefined
  const { url, stop } = await startPostgres({ durable: false })
  process.env.TEST_POSTGRES = url
  return stop
}
