import { expect, test } from 'vitest'
import { tellTicketNews, ticketNews } from '../../../components/queue/view-state.ts'

test('news that come together are all there, the newest first, and no more than can be read', () => {
  for (const words of ['a', 'b', 'c', 'd', 'e']) tellTicketNews({ tone: 'info', text: () => words })
  expect(ticketNews.value.map(({ text }) => text())).toEqual(['e', 'd', 'c', 'b'])
})
