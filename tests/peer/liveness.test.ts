import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isSilent, SILENT_MS, watchLink } from '../../peer/liveness.ts'

describe('a link is taken for cut', () => {
  test.each([
    ['right after a beat', { heardAt: 1000, alarmAt: 0 }, 1500, false],
    ['after two missed beats', { heardAt: 1000, alarmAt: 0 }, 3900, false],
    ['after three', { heardAt: 1000, alarmAt: 0 }, 4000, true],
    ['soon after the network changed', { heardAt: 1000, alarmAt: 1200 }, 2600, false],
    ['when nothing came since it changed', { heardAt: 1000, alarmAt: 1200 }, 2700, true],
    ['when something came since it changed', { heardAt: 1300, alarmAt: 1200 }, 4200, false],
  ])('%s: %o', (_when, heard, now, cut) => {
    expect(isSilent(heard, now)).toBe(cut)
  })
})

describe('a watch', () => {
  let life: AbortController
  let network: EventTarget
  let bytes: number
  let silences: number[]
  let returns: number
  let watch: ReturnType<typeof watchLink>
  let connection: EventTarget & { iceConnectionState: RTCIceConnectionState; getStats(): Promise<Map<string, object>> }

  beforeEach(() => {
    vi.useFakeTimers()
    life = new AbortController()
    network = new EventTarget()
    bytes = 0
    silences = []
    returns = 0
    connection = Object.assign(new EventTarget(), {
      iceConnectionState: 'connected' as RTCIceConnectionState,
      getStats: async () => new Map([['pair', { type: 'candidate-pair', bytesReceived: bytes }]]),
    })
    watch = watchLink({
      connection,
      onSilent: (since) => silences.push(since),
      onHeard: () => returns++,
      signal: life.signal,
      network,
    })
  })
  afterEach(() => {
    life.abort()
    vi.useRealTimers()
  })

  async function quiet(ms: number) {
    await vi.advanceTimersByTimeAsync(ms)
  }
  async function beats(count: number) {
    for (let beat = 0; beat < count; beat++) {
      await quiet(1000)
      watch.heard()
    }
  }

  test('says nothing of a link that beats', async () => {
    await beats(60)
    expect(silences).toEqual([])
  })

  test('tells of a silence once, and since when it lasts; then that it is over', async () => {
    await beats(3)
    const last = Date.now()
    await quiet(SILENT_MS + 500)
    expect(silences).toEqual([last])
    await quiet(20_000)
    expect(silences).toEqual([last])
    watch.heard()
    expect(returns).toBe(1)
    await quiet(SILENT_MS + 500)
    expect(silences).toHaveLength(2)
  })

  test.each([
    ['the network came back', () => network.dispatchEvent(new Event('online'))],
    [
      'ICE lost the other side',
      () => {
        connection.iceConnectionState = 'disconnected'
        connection.dispatchEvent(new Event('iceconnectionstatechange'))
      },
    ],
  ])('is quicker when %s, and not alarmed by that alone', async (_what, happen) => {
    await beats(2)
    await quiet(500)
    happen()
    await beats(5)
    expect(silences).toEqual([])
    await quiet(1)
    happen()
    await quiet(2000)
    expect(silences).toHaveLength(1)
  })

  test('does not count a sleep, but what comes after it', async () => {
    await beats(2)
    // Timers stood still.
    vi.setSystemTime(Date.now() + 3_600_000)
    await quiet(1000)
    expect(silences).toEqual([])
    await quiet(1000)
    expect(silences).toHaveLength(1)
  })

  test('waits longer while bytes arrive, as of one large piece on a slow line, but not for ever', async () => {
    await beats(2)
    const arriving = setInterval(() => {
      bytes += 1000
    }, 200)
    await quiet(8000)
    expect(silences).toEqual([])
    await quiet(3000)
    expect(silences).toHaveLength(1)
    clearInterval(arriving)
  })

  test('ends with the link', async () => {
    life.abort()
    expect(vi.getTimerCount()).toBe(0)
  })
})
