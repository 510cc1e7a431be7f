import type { Time } from '../../protocol/ids.ts'

/** How far the customer is with the technician. `there`: the technician's desk still says that it attends. */
export type Line =
  | { kind: 'waiting'; since: Time; gone: string | undefined }
  | { kind: 'pairing'; technician: string }
  | { kind: 'held'; technician: string; until: Time }
  | { kind: 'connecting'; technician: string }
  /** No way was found; it is tried again. */
  | { kind: 'blocked'; technician: string }
  | { kind: 'live'; technician: string; since: Time; there: boolean }
  /** `lost`: the two had to begin anew; until then the link is only made again. `blocked`: beginning anew found no way either; it is tried again. */
  | { kind: 'cut'; technician: string; since: Time; there: boolean; lost: boolean; blocked?: true }

/** The server says that `technician` attends. A link to the same one goes on; somebody else starts anew. */
export function attended(line: Line, technician: string, same: boolean): Line {
  if (same && line.kind === 'blocked') return line
  return same && 'there' in line ? { ...line, technician, there: true } : { kind: 'pairing', technician }
}

/** A live link outlives the technician's socket: only the link itself says when it is cut. */
export function unattended(line: Line, now: Time): Line {
  if ('there' in line) return { ...line, there: false }
  return line.kind === 'waiting' ? line : { kind: 'waiting', since: now, gone: line.technician }
}

/** No way between the two was found last. */
export function isBlocked(line: Line): boolean {
  return line.kind === 'blocked' || (line.kind === 'cut' && line.blocked === true)
}
