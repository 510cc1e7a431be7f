import { toBase64url } from '../../peer/base64url.ts'
import type { LogRecord } from './packet-log.ts'
import workletUrl from './sound-worklet.ts?worker&url'

/** All that is heard in a session, mixed into one track. Nothing is opened before there is something to hear. */
export type SoundEncoder = {
  /** The tracks that are heard from now on. */
  hear(tracks: readonly MediaStreamTrack[]): void
  finish(): Promise<void>
  close(): void
}

type Parts = {
  /** How far the recording is, in ms; undefined while it pauses. */
  position(): number | undefined
  onRecord(record: LogRecord): void
  onFailure(cause: unknown): void
}

const RATE = 48_000
const CHANNELS = 2
const BITRATE = 96_000
/** A gap larger than this between the clock and the sound is a pause, not a late message, in ms. */
const GAP_MS = 250

export function openSoundEncoder({ position, onRecord, onFailure }: Parts): SoundEncoder {
  const sources = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>()
  const life = new AbortController()
  let graph: { context: AudioContext; mix: GainNode } | undefined
  /** Where the next piece begins, in ms. */
  let next: number | undefined
  let told = false
  const encoder = new AudioEncoder({
    output(chunk, meta) {
      if (!told && meta?.decoderConfig) tellConfig(meta.decoderConfig)
      const data = new Uint8Array(chunk.byteLength)
      chunk.copyTo(data)
      onRecord({ type: 'audio', key: true, timestamp: chunk.timestamp, data })
    },
    error: onFailure,
  })

  function tellConfig({ codec, description }: AudioDecoderConfig) {
    told = true
    const about = { track: 'audio', codec, sampleRate: RATE, channels: CHANNELS } as const
    const config = description ? { ...about, description: toBase64url(bytesOf(description)) } : about
    onRecord({ type: 'config', config })
  }

  async function open() {
    encoder.configure({ codec: 'opus', sampleRate: RATE, numberOfChannels: CHANNELS, bitrate: BITRATE })
    const context = new AudioContext({ sampleRate: RATE })
    const mix = context.createGain()
    graph = { context, mix }
    try {
      await context.audioWorklet.addModule(workletUrl)
      if (life.signal.aborted) return
      const tap = new AudioWorkletNode(context, 'tap', { numberOfOutputs: 0, channelCount: CHANNELS })
      tap.port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => encode(data)
      mix.connect(tap)
      await context.resume()
    } catch (cause) {
      onFailure(cause)
    }
  }

  function encode(samples: Float32Array<ArrayBuffer>) {
    const at = position()
    if (at === undefined || encoder.state !== 'configured') return
    const length = (samples.length / CHANNELS / RATE) * 1000
    const begins = at - length
    if (next === undefined || Math.abs(begins - next) > GAP_MS) next = Math.max(next ?? 0, begins)
    const sound = new AudioData({
      format: 'f32-planar',
      sampleRate: RATE,
      numberOfChannels: CHANNELS,
      numberOfFrames: samples.length / CHANNELS,
      timestamp: Math.round(next * 1000),
      data: samples,
    })
    encoder.encode(sound)
    sound.close()
    next += length
  }

  return {
    hear(tracks) {
      const heard = tracks.filter(({ kind, readyState }) => kind === 'audio' && readyState === 'live')
      if (heard.length > 0 && !graph) void open()
      if (!graph) return
      for (const [track, source] of sources) {
        if (heard.includes(track)) continue
        source.disconnect()
        sources.delete(track)
      }
      for (const track of heard) {
        if (sources.has(track)) continue
        const source = graph.context.createMediaStreamSource(new MediaStream([track]))
        source.connect(graph.mix)
        sources.set(track, source)
      }
    },
    finish: async () => {
      if (encoder.state === 'configured') await encoder.flush()
    },
    close() {
      life.abort()
      if (encoder.state !== 'closed') encoder.close()
      void graph?.context.close()
    },
  }
}

function bytesOf(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source)
}
