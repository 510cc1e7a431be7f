import type { Author } from '../../peer/board/item.ts'

/** By the number that an item carries. `ink` is what can be read on it. */
export const PALETTE = [
  { name: 'amber', fill: '#f2a93b', ink: '#1c1404' },
  { name: 'red', fill: '#e5383b', ink: '#ffffff' },
  { name: 'green', fill: '#2fae66', ink: '#06170d' },
  { name: 'blue', fill: '#2f7df6', ink: '#ffffff' },
  { name: 'violet', fill: '#9a4fd6', ink: '#ffffff' },
  { name: 'black', fill: '#16191c', ink: '#ffffff' },
  { name: 'white', fill: '#ffffff', ink: '#16191c' },
] as const

export type Paint = (typeof PALETTE)[number]

export function paintOf(colour: number): Paint {
  return PALETTE[colour] ?? PALETTE[0]
}

/** Those from which technicians get theirs; blue is the customer's. */
const OF_TECHNICIANS = [0, 4, 2, 1] as const
const OF_CUSTOMERS = 3

/** The colour with which a person begins: the same one each time, and mostly not a colleague's. */
export function colourOf({ role, name }: Author): number {
  if (role === 'customer') return OF_CUSTOMERS
  const sum = [...name].reduce((before, letter) => before + (letter.codePointAt(0) ?? 0), 0)
  return OF_TECHNICIANS[sum % OF_TECHNICIANS.length] ?? 0
}
