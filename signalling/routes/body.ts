import type { Context } from 'hono'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { MAX_HTTP_BODY } from '../../protocol/limits.ts'
import type { Env } from './request.ts'

/**
 * Reads a JSON body through its schema, and never more than `maxBytes` of it.
 * @throws RefusedError `too-large`, or `malformed` with the field; `unauthenticated` or `forbidden` where who asks lost the right
 * to it while the body came.
 */
export async function readBody<Schema extends v.GenericSchema>(
  c: Context<Env>,
  schema: Schema,
  maxBytes = MAX_HTTP_BODY,
): Promise<v.InferOutput<Schema>> {
  const text = (await readAll(c.req.raw, maxBytes)).toString()
  await c.get('stillMay')?.()
  const read = v.safeParse(schema, parse(text), { abortEarly: true })
  if (read.success) return read.output
  const field = v.getDotPath(read.issues[0])
  const known = field !== null && /^\w{1,64}$/.test(field)
  throw new RefusedError({ code: 'malformed', ...(known && { about: field }) })
}

/**
 * Reads a body of bytes, never more than `maxBytes`.
 * @throws RefusedError `too-large`; `unauthenticated` or `forbidden` where who asks lost the right to it while the body came.
 */
export async function readBytes(c: Context<Env>, maxBytes: number): Promise<Uint8Array> {
  const bytes = await readAll(c.req.raw, maxBytes)
  await c.get('stillMay')?.()
  return bytes
}

async function readAll(request: Request, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers.get('content-length')) > maxBytes) throw new RefusedError({ code: 'too-large' })
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of request.body ?? []) {
    size += piece.byteLength
    if (size > maxBytes) throw new RefusedError({ code: 'too-large' })
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RefusedError({ code: 'malformed' })
  }
}
