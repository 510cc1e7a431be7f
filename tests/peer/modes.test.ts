import { expect, test } from 'vitest'
import { MODES } from '../../peer/modes.ts'
import { ScreenMode } from '../../protocol/link.ts'

test('every mode of the protocol has settings', () => {
  expect(Object.keys(MODES).toSorted()).toEqual(ScreenMode.options.toSorted())
})

test('quality keeps text sharp, speed keeps it moving', () => {
  expect(MODES.quality).toMatchObject({ contentHint: 'text', degradationPreference: 'maintain-resolution' })
  expect(MODES.speed).toMatchObject({ contentHint: 'motion', degradationPreference: 'maintain-framerate' })
  expect(MODES.quality.maxBitrate).toBeGreaterThan(MODES.automatic.maxBitrate)
  expect(MODES.automatic.maxBitrate).toBeGreaterThan(MODES.speed.maxBitrate)
})
