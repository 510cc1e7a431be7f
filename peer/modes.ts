import type { ScreenMode } from '../protocol/link.ts'

/** What a mode asks of the capture track and of the sender. Bitrate in bit/s, frame rate in frames/s. */
export type ModeSettings = {
  contentHint: 'text' | 'detail' | 'motion'
  degradationPreference: RTCDegradationPreference
  maxBitrate: number
  maxFramerate: number
}

/**
 * Screens are still for long and then change at once, so the bitrate is a ceiling for bursts, not a rate to fill.
 * `text` also lets AV1 use its screen tools (palette, intra block copy).
 */
export const MODES: Record<ScreenMode, ModeSettings> = {
  automatic: {
    contentHint: 'detail',
    degradationPreference: 'balanced',
    maxBitrate: 6_000_000,
    maxFramerate: 30,
  },
  quality: {
    contentHint: 'text',
    degradationPreference: 'maintain-resolution',
    maxBitrate: 10_000_000,
    maxFramerate: 30,
  },
  speed: {
    contentHint: 'motion',
    degradationPreference: 'maintain-framerate',
    maxBitrate: 4_000_000,
    maxFramerate: 30,
  },
}
