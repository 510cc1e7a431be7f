import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Output,
  StreamTarget,
  type StreamTargetChunk,
  WebMOutputFormat,
} from 'mediabunny'
import { fromBase64url } from '../../peer/base64url.ts'
import type { Finished } from './media-bytes.ts'
import { type LogRecord, readLog, type TrackConfig } from './packet-log.ts'

/** How long the last picture of a torn recording is shown, in seconds. */
const LAST_SHOWN_S = 0.2

/** A film that can be played by others has pictures of one size, known codecs, its length, and an index to wind by. */
export async function finishRecording(
  log: Blob,
  writable: WritableStream<StreamTargetChunk>,
): Promise<Omit<Finished, 'bytes'>> {
  const { video, audio } = await configsOf(log)
  if (!video) throw new Error('a recording without a picture')
  const output = new Output({
    format: new WebMOutputFormat(),
    target: new StreamTarget(writable, { chunked: true, chunkSize: 4 * 1024 * 1024 }),
  })
  const pictures = new EncodedVideoPacketSource('vp8')
  output.addVideoTrack(pictures)
  const sound = audio && new EncodedAudioPacketSource('opus')
  if (sound) output.addAudioTrack(sound)
  await output.start()

  const videoMeta = { decoderConfig: { codec: video.codec, codedWidth: video.width, codedHeight: video.height } }
  const audioMeta = audio && { decoderConfig: decoderConfigOf(audio) }
  let held: Packet | undefined
  let ends = 0
  for await (const record of readLog(log)) {
    if (record.type === 'video') {
      if (held) await addPicture(held, (record.timestamp - held.timestamp) / 1e6)
      held = record
    }
    if (record.type === 'audio') await sound?.add(packetOf(record, 0.02), audioMeta)
  }
  if (held) await addPicture(held, LAST_SHOWN_S)
  await output.finalize()
  return { width: video.width, height: video.height, durationMs: Math.round(ends * 1000) }

  async function addPicture(packet: Packet, seconds: number) {
    ends = packet.timestamp / 1e6 + seconds
    await pictures.add(packetOf(packet, seconds), videoMeta)
  }
}

type Packet = Extract<LogRecord, { type: 'video' | 'audio' }>
type AudioConfig = Extract<TrackConfig, { track: 'audio' }>
type Configs = { video?: Extract<TrackConfig, { track: 'video' }>; audio?: AudioConfig }

/** The sound may have come in the middle, but its track is announced at the beginning. */
async function configsOf(log: Blob): Promise<Configs> {
  const configs: Configs = {}
  for await (const record of readLog(log)) {
    if (record.type !== 'config') continue
    if (record.config.track === 'video') configs.video ??= record.config
    else configs.audio ??= record.config
  }
  return configs
}

function packetOf({ data, key, timestamp }: Packet, seconds: number): EncodedPacket {
  return new EncodedPacket(data, key ? 'key' : 'delta', timestamp / 1e6, seconds)
}

function decoderConfigOf({ codec, sampleRate, channels, description }: AudioConfig): AudioDecoderConfig {
  const about = { codec, sampleRate, numberOfChannels: channels }
  return description === undefined ? about : { ...about, description: fromBase64url(description) }
}
