import * as v from 'valibot'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { caseTransfers } from '../../../desk/case/case-transfers.ts'
import type { Transfer, TransferState } from '../../../peer/files/transfer.ts'
import { randomId } from '../../../peer/random-id.ts'
import { TransferId } from '../../../protocol/files.ts'
import { TechnicianId } from '../../../protocol/ids.ts'

const me = v.parse(TechnicianId, 'marie')

const transfer = (state: TransferState, at = 1, names = 1): Transfer => ({
  id: v.parse(TransferId, randomId()),
  direction: 'sending',
  at,
  count: names,
  bytes: 10,
  first: Array.from({ length: names }, (_, index) => ({ path: [`${index}.txt`], size: 1, modified: 1 })),
  state,
})

const done: TransferState = { kind: 'done', at: 9, tookMs: 5, whole: 1, failed: [] }

test('what is over stays with the case, once, in its order; what is not does not', () => {
  const document = new Y.Doc()
  const { list, put } = caseTransfers(document, me)
  const later = transfer(done, 5)
  const earlier = transfer({ kind: 'cancelled', by: 'there', why: undefined }, 2)
  put(later)
  put(earlier)
  put(transfer({ kind: 'offered' }))
  put({ ...later, state: { kind: 'refused', why: 'refused' } })
  expect(list.value.map(({ id, by, state }) => [id, by, state.kind])).toEqual([
    [earlier.id, 'marie', 'cancelled'],
    [later.id, 'marie', 'done'],
  ])
  // Another desk reads the same.
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(document))
  expect(caseTransfers(other, me).list.value).toEqual(list.value)
})

test('few names of many are kept, and what is not understood is passed over', () => {
  const document = new Y.Doc()
  const { list, put } = caseTransfers(document, me)
  const failed = Array.from({ length: 50 }, () => ({ path: ['x'], why: 'damaged' as const }))
  put(transfer({ ...done, failed }, 1, 50))
  document.getMap('transfers').set('forged', { id: 'x', state: { kind: 'done' } })
  const [known] = list.value
  document.getMap('transfers').set('never', { ...known, id: 'A'.repeat(22), at: 1e300 })
  expect(list.value).toHaveLength(1)
  expect(list.value[0]?.first).toHaveLength(10)
  expect(list.value[0]?.state).toMatchObject({ kind: 'done', whole: 1 })
})
