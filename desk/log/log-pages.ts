import { type ReadonlySignal, signal } from '@preact/signals'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'

type Page<Row> = { rows: readonly Row[]; next: string | null }

/** The rows of a list as far as they were asked for. */
export type LogPages<Row> = {
  readonly rows: ReadonlySignal<readonly Row[]>
  /** `asking`: the server looks; `more`: there may be more; `end`: there is no more. */
  readonly state: ReadonlySignal<
    { kind: 'asking' } | { kind: 'more' } | { kind: 'end' } | { kind: 'refused'; why: Refusal }
  >
  /** The next page. Never rejects. */
  ask(): Promise<void>
}

type Parts<Row> = {
  /** One page; undefined: the first. */
  page(cursor: string | undefined, signal: AbortSignal): Promise<Page<Row>>
  signal: AbortSignal
}

/** So many rows make a page that is worth showing. */
const ENOUGH = 50

/** A page of the server may be short, where it looked long and found little: asks on until there is something to show. */
export function openLogPages<Row>({ page, signal: until }: Parts<Row>): LogPages<Row> {
  const rows = signal<readonly Row[]>([])
  const state = signal<LogPages<Row>['state']['value']>({ kind: 'more' })
  let cursor: string | undefined

  async function ask() {
    if (state.peek().kind === 'asking') return
    state.value = { kind: 'asking' }
    const wanted = rows.peek().length + ENOUGH
    try {
      do {
        const { rows: found, next } = await page(cursor, until)
        rows.value = [...rows.peek(), ...found]
        cursor = next ?? undefined
      } while (cursor !== undefined && rows.peek().length < wanted)
      state.value = { kind: cursor === undefined ? 'end' : 'more' }
    } catch (error) {
      if (until.aborted) return
      if (!(error instanceof RefusedError)) throw error
      state.value = { kind: 'refused', why: error.refusal }
    }
  }

  return { rows, state, ask }
}

/** Page after page to the end; waits where the server asks for it. */
export async function* everyPage<Row>(page: Parts<Row>['page'], signal: AbortSignal): AsyncGenerator<readonly Row[]> {
  let cursor: string | undefined
  for (;;) {
    const { rows, next } = await patient(() => page(cursor, signal), signal)
    yield rows
    if (next === null) return
    cursor = next
  }
}

async function patient<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof RefusedError) || error.refusal.code !== 'too-many') throw error
      await pause(error.refusal.retryAfterMs ?? 1_000, signal)
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(signal.reason)
      },
      { once: true },
    )
  })
}
