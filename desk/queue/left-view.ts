import type { TicketId } from '../../protocol/ids.ts'

/** Tickets that went out of sight, because an answer of the server that was on its way then may still bring them. */
export type LeftView = {
  /** `seen` orders what was heard, as in `Known`. */
  leave(id: TicketId, seen: number): void
  /** It is heard of again. */
  back(id: TicketId): void
  has(id: TicketId): boolean
  /** Whether it left after a list was asked for. */
  since(id: TicketId, askedAt: number): boolean
  /** A whole list that was asked for then says what there is. */
  settle(askedAt: number): void
}

export function openLeftView(): LeftView {
  const left = new Map<TicketId, number>()
  return {
    leave: (id, seen) => void left.set(id, seen),
    back: (id) => void left.delete(id),
    has: (id) => left.has(id),
    since: (id, askedAt) => (left.get(id) ?? 0) > askedAt,
    settle(askedAt) {
      for (const [id, seen] of left) if (seen <= askedAt) left.delete(id)
    },
  }
}
