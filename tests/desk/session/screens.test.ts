import { signal } from '@preact/signals'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { type Looked, lookedAt, ticketScreens } from '../../../desk/session/screens.ts'
import { randomId } from '../../../peer/random-id.ts'
import { drawnOn, FIRST_SCREEN, FurtherScreen, ScreensChanged } from '../../../protocol/screens.ts'

const screen = (number: number, mid = '3') => ({ id: randomId(), number, surface: 'window', since: 1, mid })

test('what was looked at and is gone gives way to the first', () => {
  const seen = (looked: Looked, first: number, ...further: number[]) =>
    lookedAt({
      looked: signal(looked),
      first: signal(first),
      further: signal(
        further.map((number) => ({ ...v.parse(FurtherScreen, screen(number)), stream: {} as MediaStream })),
      ),
    })
  expect(seen(2, 1, 2)).toBe(2)
  expect(seen(2, 1, 3)).toBe(FIRST_SCREEN)
  expect(seen('all', 1, 3)).toBe('all')
  expect(seen('all', 1)).toBe(FIRST_SCREEN)
  // The first was taken away.
  expect(seen(1, 2, 3)).toBe(2)
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
  const screens = ticketScreens({ state: signal({ kind: 'none' }), stage: signal(undefined) })
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
