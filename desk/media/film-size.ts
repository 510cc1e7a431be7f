type Size = { width: number; height: number }

/** Smaller screens are recorded larger, because the first picture of a slow line is small; a larger one costs more than it shows. */
const SHORTEST_LONG_SIDE = 1280
const LONGEST_LONG_SIDE = 2560

/** The size of a film, which is one from its beginning to its end: that of the first picture within bounds, in even figures. */
export function filmSize({ width, height }: Size): Size {
  const long = Math.max(width, height)
  const scale = Math.min(LONGEST_LONG_SIDE, Math.max(SHORTEST_LONG_SIDE, long)) / long
  const even = (figure: number) => Math.max(2, 2 * Math.round((figure * scale) / 2))
  return { width: even(width), height: even(height) }
}

/** Where a picture lies in a film of another shape: as large as it fits, in the middle. */
export function placeIn(film: Size, picture: Size): Size & { x: number; y: number } {
  const scale = Math.min(film.width / picture.width, film.height / picture.height)
  const width = Math.round(picture.width * scale)
  const height = Math.round(picture.height * scale)
  return { x: Math.round((film.width - width) / 2), y: Math.round((film.height - height) / 2), width, height }
}

/** Bits a second that keep text legible. */
export function filmBitrate({ width, height }: Size): number {
  return Math.min(6_000_000, Math.max(1_000_000, Math.round(width * height * 2.5)))
}
