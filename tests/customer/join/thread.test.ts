import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  metBefore,
  notHeld,
  outbox,
  Thread,
  threadOf,
  withDelivered,
  withEvent,
  withHeld,
  withMine,
  withTheirs,
} from '../../../customer/join/thread.ts'
import { Lookup } from '../../../protocol/ids.ts'
import { PublicKey } from '../../../protocol/keys.ts'
import type { Chat } from '../../../protocol/link.ts'
import { CODE } from './states.ts'

const chat = (letter: string): Chat => ({ type: 'chat', id: letter.repeat(22), text: letter, at: 1 })
const EMPTY = threadOf(CODE.lookup, undefined)

describe('the thread', () => {
  it('keeps what was not delivered for the next link, in its order', () => {
    const written = withMine(withMine(withMine(EMPTY, chat('a')), chat('b')), chat('c'))
    expect(outbox(written)).toEqual([chat('a'), chat('b'), chat('c')])
    expect(outbox(withDelivered(written, chat('b').id))).toEqual([chat('a'), chat('c')])
  })

  it('shows a message once that arrives twice after a cut', () => {
    const heard = withTheirs(EMPTY, chat('a'))
    expect(withTheirs(heard, chat('a'))).toBe(heard)
    expect(outbox(heard)).toEqual([])
  })

  it('offers the server what nobody has, and all of it again when the group has another key', () => {
    const [old, young] = [v.parse(PublicKey, `age1${'q'.repeat(58)}`), v.parse(PublicKey, `age1${'p'.repeat(58)}`)]
    const written = withMine(withMine(withTheirs(EMPTY, chat('c')), chat('a')), chat('b'))
    const kept = withHeld(written, chat('a').id, old)
    expect(notHeld(kept, old)).toEqual([chat('b')])
    expect(notHeld(kept, young)).toEqual([chat('a'), chat('b')])
    expect(notHeld(withDelivered(kept, chat('b').id), young)).toEqual([chat('a')])
    // It is not delivered yet: the link takes it as well.
    expect(outbox(kept)).toEqual([chat('a'), chat('b')])
  })

  it('takes no word of one request into another', () => {
    const kept = withMine(EMPTY, chat('a'))
    expect(threadOf(CODE.lookup, kept)).toBe(kept)
    expect(threadOf(v.parse(Lookup, '54321'), kept).entries).toEqual([])
  })

  it('knows whom it met last', () => {
    expect(metBefore(EMPTY)).toBeUndefined()
    const met = withEvent(withEvent(EMPTY, 'joined', 'Marie', 1), 'joined', 'Paul', 2)
    expect(metBefore(withEvent(met, 'shared', 'Marie', 3))).toBe('Paul')
  })

  it('survives a reload as it is', () => {
    const thread = withEvent(withTheirs(withMine(EMPTY, chat('a')), chat('b')), 'cut', 'Marie', 4)
    expect(v.parse(Thread, JSON.parse(JSON.stringify(thread)))).toEqual(thread)
  })
})
