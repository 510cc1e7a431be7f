import * as v from 'valibot'
import { expect, test } from 'vitest'
import { lookedAt, ticketScreens } from '../../../desk/session/screens.ts'
import { randomId } from '../../../peer/random-id.ts'
import { drawnOn, FIRST_SCREEN, ScreensChanged } from '../../../protocol/screens.ts'

const screen = (number: number, mid = '3') => ({ id: randomId(), number, surface: 'window', since: 1, mid })

test('what was looked at and is gone gives way to the first', () => {
  expect(lookedAt(2, [{ number: 2 }])).toBe(2)
  expect(lookedAt(2, [{ number: 3 }])).toBe(FIRST_SCREEN)
  expect(lookedAt('all', [{ number: 3 }])).toBe('all')
  expect(lookedAt('all', [])).toBe(FIRST_SCREEN)
})

test('each screen is drawn on by itself', () => {
  expect([drawnOn(FIRST_SCREEN), drawnOn(2), drawnOn(3)]).toEqual(['screen', 'screen-2', 'screen-3'])
})

test('more screens than the limit, and the number of the first, are refused', () => {
  const says = (...screens: object[]) => v.is(ScreensChanged, { type: 'screens', screens })
  expect(says(screen(2), screen(3), screen(4))).toBe(true)
  expect(says(screen(2), screen(3), screen(4), screen(5))).toBe(false)
  expect(says(screen(1))).toBe(false)
})

test('a line that carries no picture is not looked at', () => {
  const screens = ticketScreens()
  const life = new AbortController()
  const lines = [{ mid: '2', receiver: { track: { kind: 'audio' } } }]
  let hear: (message: v.InferOutput<typeof ScreensChanged>) => void = () => {}
  screens.part({
    connection: { getTransceivers: () => lines } as never,
    on: (_type: string, heard: unknown) => {
      hear = heard as typeof hear
    },
    signal: life.signal,
  } as never)
  hear(v.parse(ScreensChanged, { type: 'screens', screens: [screen(2, '2'), screen(3, 'made-up')] }))
  expect(screens.further.value).toEqual([])
})
