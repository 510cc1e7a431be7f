import { expect, test } from 'vitest'
import { keyOf, layLines } from '../../../components/queue/table-lines.ts'
import { entry, header, offline, waiting } from '../../desk/queue/samples.ts'

const ids = [1, 2, 3].map((n) => header(n).id)

test('each part has its heading, and every ticket is where its number says', () => {
  const lines = layLines([entry(header(1), waiting(1)), entry(header(2), offline), entry(header(3), offline)])
  const keys = Array.from({ length: lines.count }, (_, at) => keyOf(lines.at(at)))
  expect(keys).toEqual(['waiting', ids[0], 'absent', ids[1], ids[2]])
  expect(ids.map((id) => lines.indexOf(id))).toEqual([1, 3, 4])
  expect(lines.at(2)).toEqual({ kind: 'heading', status: 'absent', count: 2 })
})

test('what is not there has no line', () => {
  const lines = layLines([entry(header(1), offline)])
  expect([lines.at(2), lines.at(-1)]).toEqual([undefined, undefined])
  expect([lines.indexOf(header(9).id), lines.indexOf(undefined)]).toEqual([-1, -1])
  expect(layLines([]).count).toBe(0)
})
