import * as v from 'valibot'
import type { FileMessage } from '../../../peer/files/files-link.ts'
import type { FileLimits } from '../../../peer/files/limits.ts'
import { createTransfers, type Transfers } from '../../../peer/files/transfers.ts'
import { randomId } from '../../../peer/random-id.ts'
import { FileOffer } from '../../../protocol/files.ts'
import type { Role } from '../../../protocol/ids.ts'
import { silentConnection } from '../../support/silent-connection.ts'

export const GIB = 1024 ** 3
export const limits: FileLimits = {
  bytes: GIB,
  refuses: ({ path }) => (path.at(-1)?.endsWith('.exe') ? 'not-allowed' : undefined),
  ruleOf: () => ({ largest: null, refused: ['exe'] }),
}

/** Two sides and what they say to each other; `cut` and `join` as a link does. */
export function transferPair(until: AbortSignal) {
  const desk = createTransfers('technician', limits, until)
  const page = createTransfers('customer', limits, until)
  const said: [Role, FileMessage][] = []
  let link: AbortController | undefined

  function join(here: Transfers = desk, there: Transfers = page) {
    link = new AbortController()
    const { signal } = link
    const readers: Partial<Record<Role, ReturnType<Transfers['attach']>>> = {}
    const end = (role: Role, other: Role) => ({
      connection: silentConnection,
      signal,
      send(message: FileMessage) {
        said.push([role, message])
        const reader = readers[other]?.[message.type] as ((message: FileMessage) => void) | undefined
        if (!signal.aborted) reader?.(structuredClone(message))
      },
    })
    readers.technician = here.attach(end('technician', 'customer'))
    readers.customer = there.attach(end('customer', 'technician'))
  }
  join()
  return { desk, page, said, join, cut: () => link?.abort(), types: () => said.map(([, { type }]) => type) }
}

export const stateOf = (transfers: Transfers, index = -1) => transfers.list.at(index)?.state

/** Lets what is told on a new link be told. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

/** Says to a page what no desk of ours says. */
export function hostileDesk(until: AbortSignal) {
  const page = createTransfers('customer', limits, until)
  const answers: FileMessage[] = []
  const read = page.attach({
    connection: silentConnection,
    signal: until,
    send: (message) => void answers.push(message),
  })
  const first = [{ path: ['a'], size: 1, modified: 0 }]
  const offer = (change: Partial<FileOffer> = {}) => {
    const message = { type: 'file-offer', id: randomId(), count: 1, bytes: 1, first, ...change }
    read['file-offer'](v.parse(FileOffer, message))
  }
  return { page, read, answers, offer }
}
