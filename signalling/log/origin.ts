import { AsyncLocalStorage } from 'node:async_hooks'

/** From where the request comes that is worked on, for the log. Carried along beside the calls: most of them have no other use for it. */
const origin = new AsyncLocalStorage<string>()

export function comingFrom<T>(address: string, work: () => T): T {
  return origin.run(address, work)
}

/** Null outside a request: the server does it by itself. */
export function whereFrom(): string | null {
  return origin.getStore() ?? null
}
