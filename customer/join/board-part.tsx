import { m } from '../../paraglide/messages.js'
import type { Join } from './join.ts'

/** The whiteboard, once there is one. */
export function BoardPart({ join, technician }: { join: Join; technician: string }) {
  const view = join.board.view.value
  const state = join.state.value
  if (state.kind !== 'seated') return null
  switch (view.kind) {
    case 'none':
      return null
    case 'failed':
      return (
        <section class="card">
          <p role="status">{m.board_customer_failed()}</p>
        </section>
      )
    case 'open': {
      const { loaded } = view
      return <loaded.Card loaded={loaded} screen={join.screen} technician={technician} />
    }
  }
}
