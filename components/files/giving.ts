import { type ReadonlySignal, signal } from '@preact/signals'
import { filesOfTransfer } from '../../peer/files/dropped.ts'
import type { FileExchange } from '../../peer/files/exchange.ts'
import type { Given } from '../../peer/files/source.ts'
import { TooDeepError, TooManyError } from '../../peer/folder/walk.ts'
import type { FileRefusal } from '../../protocol/files.ts'

/** Why nothing was offered. `endless`: there was more to read than one transfer takes. */
export type GivingProblem = FileRefusal | 'empty' | 'unreadable' | 'endless'

/** What a person gives to be sent: read where it was dropped, then offered. It goes on while the person looks elsewhere. */
export type Giving = {
  /** So many files were found so far; undefined while nothing is read, or not for long. */
  readonly reading: ReadonlySignal<number | undefined>
  /** Of what was given last. */
  readonly problem: ReadonlySignal<GivingProblem | undefined>
  give(given: Given): void
  /** What was dropped or pasted; call it in the event itself. */
  take(transfer: DataTransfer): void
  /** Nothing of what is being read is offered. */
  cancel(): void
}

/** What is read at once shows nothing; from then on it is told so often, in ms. */
const TELL_MS = 250

type Exchange = Pick<FileExchange, 'send'>
const givings = new WeakMap<Exchange, Giving>()

/** The one of this exchange. */
export function givingOf(exchange: Exchange): Giving {
  const giving = givings.get(exchange) ?? createGiving(exchange)
  givings.set(exchange, giving)
  return giving
}

export function createGiving({ send }: Exchange): Giving {
  const reading = signal<number | undefined>(undefined)
  const problem = signal<GivingProblem | undefined>(undefined)
  /** Of each reading that goes on. */
  const counts = new Map<AbortController, number>()

  function give({ files, folders }: Given) {
    problem.value = files.length === 0 ? 'empty' : send(files, { folders })
  }

  function show() {
    reading.value = counts.size === 0 ? undefined : [...counts.values()].reduce((sum, count) => sum + count, 0)
  }

  return {
    reading,
    problem,
    give,
    take(transfer) {
      const life = new AbortController()
      counts.set(life, 0)
      problem.value = undefined
      const telling = setInterval(show, TELL_MS)
      filesOfTransfer(transfer, life.signal, (count) => counts.set(life, count))
        .then((given) => {
          if (!life.signal.aborted) give(given)
        })
        .catch((error: unknown) => {
          if (!life.signal.aborted) problem.value = problemOf(error)
        })
        .finally(() => {
          clearInterval(telling)
          counts.delete(life)
          show()
        })
    },
    cancel() {
      for (const life of counts.keys()) life.abort()
      counts.clear()
      show()
    },
  }
}

function problemOf(error: unknown): GivingProblem {
  if (error instanceof TooDeepError) return 'too-many'
  return error instanceof TooManyError ? 'endless' : 'unreadable'
}
