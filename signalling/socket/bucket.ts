/** A token bucket: `size` at once, then `perSecond`. Small, because every socket has two. */
export type Bucket = { left: number; at: number; readonly size: number; readonly perSecond: number }

export function fullBucket(size: number, perSecond: number, now: number): Bucket {
  return { left: size, at: now, size, perSecond }
}

/** Takes one token, if there is one. `now` in ms. */
export function spend(bucket: Bucket, now: number): boolean {
  if (now > bucket.at) {
    bucket.left = Math.min(bucket.size, bucket.left + ((now - bucket.at) / 1000) * bucket.perSecond)
    bucket.at = now
  }
  if (bucket.left < 1) return false
  bucket.left -= 1
  return true
}

/** Ms until there is a token again. */
export function msUntilNext(bucket: Bucket): number {
  return Math.ceil(((1 - bucket.left) / bucket.perSecond) * 1000)
}
