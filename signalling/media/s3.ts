import { AwsClient } from 'aws4fetch'
import type { MediaPieces } from './pieces.ts'

/** A bucket of an S3-compatible store, and who may use it. `base`: with the bucket, and a folder in it, without a slash at the end. */
export type Bucket = { base: string; region: string; accessKeyId: string; secretAccessKey: string }

/** No request takes this long, in ms. */
const TIMEOUT_MS = 15_000
const RETRIES = 2
/** So many pieces are removed at once. */
const AT_ONCE = 8

/** An object for each piece, `base`/IMAGE/PIECE. */
export function openS3({ base, region, accessKeyId, secretAccessKey }: Bucket): MediaPieces {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: RETRIES })

  async function ask(method: 'GET' | 'PUT' | 'DELETE', name: string, body?: Uint8Array<ArrayBuffer>) {
    const response = await client.fetch(`${base}/${name}`, {
      method,
      ...(body && { body, headers: { 'content-type': 'application/octet-stream' } }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (response.ok) return bytes
    if (response.status === 404 && method !== 'PUT') return undefined
    // What the store says beside that may name the bucket.
    throw new Error(`the media store answered ${response.status} to a ${method}`)
  }

  return {
    put: async (id, piece, bytes) => void (await ask('PUT', `${id}/${piece}`, new Uint8Array(bytes))),
    get: (id, piece) => ask('GET', `${id}/${piece}`),
    async remove(id, count) {
      const pieces = Array.from({ length: count }, (_, piece) => piece)
      for (let at = 0; at < count; at += AT_ONCE) {
        await Promise.all(pieces.slice(at, at + AT_ONCE).map((piece) => ask('DELETE', `${id}/${piece}`)))
      }
    },
  }
}
