/** Pure edits of session descriptions and codec lists. */

/** Without it the first bandwidth estimate, not ICE, decides how late and how small the picture starts. */
const START_KBITS = 4000

/**
 * VP8 has its first picture soonest, and every browser agrees on it; AV1 must be agreed on too, since `codec.ts` takes it for
 * large screens; H264 in software drops frames.
 */
const CODEC_ORDER = ['video/VP8', 'video/AV1', 'video/VP9', 'video/H264']

/** Of an rtpmap line: codecs that only repair or wrap others. */
const NOT_A_PICTURE = /^(rtx|red|ulpfec|flexfec-03)$/i

/** The codecs in our order; those that only repair or wrap others stay behind them, as the browser had them. */
export function orderCodecs<C extends { mimeType: string }>(codecs: readonly C[]): C[] {
  const rank = ({ mimeType }: C) => {
    const at = CODEC_ORDER.findIndex((name) => name.toLowerCase() === mimeType.toLowerCase())
    return at === -1 ? CODEC_ORDER.length : at
  }
  return codecs.toSorted((a, b) => rank(a) - rank(b))
}

/**
 * Asks whoever is given this description to start its video at 4 Mbit/s (`x-google-start-bitrate`, in kbit/s).
 * Engines that do not know the parameter ignore it.
 */
export function withStartBitrate(sdp: string): string {
  const sections = sdp.split(/(?=^m=)/m)
  return sections.map((section) => (section.startsWith('m=video') ? startHigh(section) : section)).join('')
}

function startHigh(section: string): string {
  const parameter = `x-google-start-bitrate=${START_KBITS}`
  const lines = section.split('\r\n')
  const pictures = new Set<string>()
  const described = new Set<string>()
  for (const line of lines) {
    const [, attribute, type, value] = /^a=(rtpmap|fmtp):(\d+) ([^/]*)/.exec(line) ?? []
    if (!type || !value) continue
    if (attribute === 'fmtp') described.add(type)
    else if (!NOT_A_PICTURE.test(value)) pictures.add(type)
  }
  const edited = lines.flatMap((line) => {
    const [, attribute, type] = /^a=(rtpmap|fmtp):(\d+) /.exec(line) ?? []
    if (!type || !pictures.has(type)) return [line]
    if (attribute === 'fmtp') return [line.includes('x-google-start-bitrate') ? line : `${line};${parameter}`]
    return described.has(type) ? [line] : [line, `a=fmtp:${type} ${parameter}`]
  })
  return edited.join('\r\n')
}
