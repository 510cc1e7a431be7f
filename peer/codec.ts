import type { ScreenMode } from '../protocol/link.ts'
import type { PictureSize } from './picture-size.ts'

/** Up to this VP8 is as quick, costs less to encode, and has its first picture much sooner. */
const SMALL_PIXELS = 1280 * 720

/** AV1 halves bandwidth and delay of large screens with text; what moves is encoded quicker by VP8. */
export function codecFor(mode: ScreenMode, { width, height }: PictureSize): 'video/VP8' | 'video/AV1' {
  return mode !== 'speed' && width * height > SMALL_PIXELS ? 'video/AV1' : 'video/VP8'
}

/** Not in TypeScript's own types yet: webrtc-extensions, `encodings[].codec`. */
type Encoding = RTCRtpEncodingParameters & { codec?: RTCRtpCodec }

/** The same parameters with the codec for every encoding; unchanged where the two sides did not agree on it. */
export function withCodec(parameters: RTCRtpSendParameters, mimeType: string): RTCRtpSendParameters {
  // Older Firefox tells no codecs.
  const agreed = parameters.codecs?.find((codec) => codec.mimeType === mimeType)
  if (!agreed) return parameters
  const { clockRate, channels, sdpFmtpLine } = agreed
  const codec: RTCRtpCodec = {
    mimeType,
    clockRate,
    ...(channels !== undefined && { channels }),
    ...(sdpFmtpLine !== undefined && { sdpFmtpLine }),
  }
  const encodings = parameters.encodings.map((encoding): Encoding => ({ ...encoding, codec }))
  return { ...parameters, encodings }
}
