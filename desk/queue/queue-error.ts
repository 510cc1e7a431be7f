/** Why this browser cannot do what was asked of it, although the server might. */
export type QueueErrorWhy =
  /** The ticket's details are not here (yet). */
  | 'no-details'
  /** The group's keys are not here (yet). */
  | 'no-keys'
  /** Nobody has made keys for the group to which it should go. */
  | 'group-without-keys'
  /** The ticket has gone, or it has ended. */
  | 'gone'

export class QueueError extends Error {
  override readonly name = 'QueueError'
  readonly why: QueueErrorWhy
  constructor(why: QueueErrorWhy) {
    super(why)
    this.why = why
  }
}
