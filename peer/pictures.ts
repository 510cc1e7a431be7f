import * as v from 'valibot'
import { Bytes32 } from '../protocol/ids.ts'
import { MAX_FRAME_PAYLOAD, MAX_PICTURE_PIXELS, MAX_PICTURES } from '../protocol/limits.ts'
import type { Picture, PictureFault, PictureId, PictureMessage } from '../protocol/picture.ts'
import { toBase64url } from './base64url.ts'
import type { Frame } from './frames.ts'
import { readImageHead } from './image-head.ts'
import type { StreamType } from './live-link.ts'
import type { Sendable } from './shrink-picture.ts'

/** A picture that came whole, and is one. */
export type CameIn = { id: PictureId; at: number; picture: Blob; width: number; height: number }

export type PicturesEvents = {
  /** Once for each. Rejects where it cannot be kept: it is then not said to be received. */
  came(picture: CameIn): void | Promise<void>
  /** The other side has it. */
  received(id: PictureId): void
  refused(id: PictureId, why: PictureFault): void
}

/** Pictures in the chat, both ways. One object for a seat: what the other side does not have yet is sent again on each new link. */
export type Pictures = {
  send(id: PictureId, name: string, at: number, picture: Sendable): void
  part(link: PictureTalk): void
  /** The other side may send as many again: it is a new session. */
  over(): void
}

/** As much of either side's link as pictures need. */
export type PictureTalk = {
  send(message: PictureMessage): void
  on<T extends PictureMessage['type']>(type: T, hear: (message: Extract<PictureMessage, { type: T }>) => void): void
  sendFrame(type: StreamType, stream: number, payload: Uint8Array): Promise<void>
  onFrame(type: StreamType, hear: (frame: Frame) => void): void
  readonly signal: AbortSignal
}

/** Streams 0 and above 1 of `file` are not of pictures. */
export const PICTURE_STREAM = 1

/** @param decodes whether this browser can show it; what it says of itself is checked before */
export function createPictures(on: PicturesEvents, decodes: (picture: Blob) => Promise<boolean>): Pictures {
  const outgoing = new Map<PictureId, { about: Omit<Picture, 'sha256'>; bytes: Blob }>()
  const known = new Set<PictureId>()
  const taken: Taken = { pictures: 0 }
  let link: PictureTalk | undefined
  /** One picture after the other goes out. */
  let sending: Promise<void> = Promise.resolve()

  function sendOn(to: PictureTalk, id: PictureId) {
    sending = sending.then(() => sendOne(to, id)).catch(() => {})
  }

  async function sendOne(to: PictureTalk, id: PictureId) {
    const picture = outgoing.get(id)
    if (!picture || to.signal.aborted) return
    const bytes = new Uint8Array(await picture.bytes.arrayBuffer())
    to.send({ ...picture.about, sha256: await digest(bytes) })
    for (let at = 0; at < bytes.byteLength; at += MAX_FRAME_PAYLOAD) {
      await to.sendFrame('file', PICTURE_STREAM, bytes.subarray(at, at + MAX_FRAME_PAYLOAD))
    }
  }

  return {
    send(id, name, at, { bytes, format }) {
      outgoing.set(id, {
        about: { type: 'picture', id, name: name.slice(0, 200), format, size: bytes.size, at },
        bytes,
      })
      if (link) sendOn(link, id)
    },
    part(to) {
      link = to
      to.signal.addEventListener('abort', () => {
        if (link === to) link = undefined
      })
      const incoming = createIncoming({ known, taken, decodes, came: on.came, answer: to.send })
      to.on('picture', incoming.begin)
      to.onFrame('file', ({ stream, payload }) => {
        if (stream === PICTURE_STREAM) incoming.add(payload)
      })
      to.on('picture-received', ({ id }) => outgoing.delete(id) && on.received(id))
      to.on('picture-refused', ({ id, why }) => outgoing.delete(id) && on.refused(id, why))
      for (const id of outgoing.keys()) sendOn(to, id)
    },
    over() {
      taken.pictures = 0
    },
  }
}

/** How many came in this session. */
type Taken = { pictures: number }

type IncomingParts = {
  /** What came on any link. */
  known: Set<PictureId>
  taken: Taken
  decodes: (picture: Blob) => Promise<boolean>
  came: PicturesEvents['came']
  answer(message: PictureMessage): void
}

/** Puts the pieces of one picture after the other together. */
function createIncoming({ known, taken, decodes, came, answer }: IncomingParts) {
  /** One after the other: many small ones at once are not more than are taken. */
  let turn: Promise<void> = Promise.resolve()
  let current: { about: Picture; bytes: Uint8Array<ArrayBuffer>; got: number } | undefined

  async function complete(about: Picture, bytes: Uint8Array<ArrayBuffer>) {
    const { id, at, format, sha256 } = about
    if (known.has(id)) return answer({ type: 'picture-received', id })
    const refuse = (why: PictureFault) => answer({ type: 'picture-refused', id, why })
    if (taken.pictures >= MAX_PICTURES) return refuse('too-many')
    if ((await digest(bytes)) !== sha256) return refuse('damaged')
    const head = readImageHead(bytes)
    if (head?.format !== format || head.width * head.height > MAX_PICTURE_PIXELS) return refuse('no-picture')
    const picture = new Blob([bytes], { type: format })
    if (!(await decodes(picture))) return refuse('no-picture')
    known.add(id)
    taken.pictures += 1
    try {
      await came({ id, at, picture, width: head.width, height: head.height })
      answer({ type: 'picture-received', id })
    } catch {
      known.delete(id)
      taken.pictures -= 1
      refuse('damaged')
    }
  }

  return {
    begin(about: Picture) {
      current = { about, bytes: new Uint8Array(about.size), got: 0 }
    },
    add(piece: Uint8Array) {
      if (!current) return
      const { about, bytes, got } = current
      if (got + piece.byteLength > bytes.byteLength) {
        current = undefined
        return answer({ type: 'picture-refused', id: about.id, why: 'damaged' })
      }
      bytes.set(piece, got)
      current.got += piece.byteLength
      if (current.got < bytes.byteLength) return
      current = undefined
      turn = turn.then(() => complete(about, bytes)).catch(() => {})
    },
  }
}

/** Whether this browser can show it. */
export async function canDecode(picture: Blob): Promise<boolean> {
  const decoded = await createImageBitmap(picture).catch(() => undefined)
  decoded?.close()
  return decoded !== undefined
}

async function digest(bytes: Uint8Array<ArrayBuffer>) {
  return v.parse(Bytes32, toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))))
}
