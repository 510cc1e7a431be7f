/**
 * A moment as a row of black and white blocks that survives scaling and compression: 24 bits of milliseconds
 * (it comes round after 4.6 hours) and 8 bits of checksum. Both pages run on one machine, so they share a clock.
 */
const BITS = 32
const TURN = 2 ** 24
/** Share of the picture's height that the row takes, at its top. */
const ROW = 1 / 16

/** The wall clock in ms, finer than `Date.now`. */
export function clock(): number {
  return performance.timeOrigin + performance.now()
}

/** Paints the present moment over the whole width. */
export function paintTimeCode(context: CanvasRenderingContext2D): void {
  const { width, height } = context.canvas
  const moment = Math.floor(clock()) % TURN
  const bits = moment * 256 + checksum(moment)
  for (let bit = 0; bit < BITS; bit++) {
    context.fillStyle = Math.floor(bits / 2 ** (BITS - 1 - bit)) % 2 === 1 ? '#fff' : '#000'
    context.fillRect((bit * width) / BITS, 0, width / BITS, height * ROW)
  }
}

/** Reads the age of a video's present picture. @returns ms, or undefined where the row cannot be read. */
export function readAge(video: HTMLVideoElement, strip: OffscreenCanvasRenderingContext2D): number | undefined {
  const now = clock()
  strip.drawImage(video, 0, 0, video.videoWidth, video.videoHeight * ROW, 0, 0, strip.canvas.width, strip.canvas.height)
  const { data, width } = strip.getImageData(0, Math.floor(strip.canvas.height / 2), strip.canvas.width, 1)
  let bits = 0
  for (let bit = 0; bit < BITS; bit++) {
    const red = data[4 * Math.floor(((bit + 0.5) * width) / BITS)] ?? 0
    bits = bits * 2 + (red > 127 ? 1 : 0)
  }
  const moment = Math.floor(bits / 256)
  if (bits % 256 !== checksum(moment)) return undefined
  return (((now - moment) % TURN) + TURN) % TURN
}

function checksum(moment: number): number {
  return ((moment & 255) * 3 + ((moment >> 8) & 255) * 5 + ((moment >> 16) & 255) * 7 + 0x5a) & 255
}
