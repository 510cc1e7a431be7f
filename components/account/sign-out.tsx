import { useState } from 'preact/hooks'
import { disk } from '../../desk/storage/disk.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

const words = {
  live: () => m.account_sign_out_live_text(),
  unsent: () => m.account_sign_out_unsent_text(),
  lost: () => m.account_sign_out_lost_text(),
}

/** Signs out in this browser; asks first where that would end a live session, or something has not been sent. */
export function SignOut() {
  const { desk, account } = useWorkplace()
  const [asking, ask] = useState<'live' | 'unsent' | 'lost'>()

  function leave() {
    desk.sessions.endAll()
    void account.leave()
  }

  function begin() {
    const unsent = desk.rooms.pending.peek().updates > 0
    const unkept = [...disk.unkept.peek().values()].some(({ part }) => part === 'documents')
    if (unsent && unkept) ask('lost')
    else if (desk.sessions.anyLive.peek()) ask('live')
    else if (unsent) ask('unsent')
    else leave()
  }

  const close = () => ask(undefined)
  return (
    <>
      <Button onClick={begin}>{m.account_sign_out()}</Button>
      {asking && (
        <Dialog
          title={asking === 'live' ? m.account_sign_out_live_title() : m.account_sign_out_unsent_title()}
          onClose={close}
        >
          <p>{words[asking]()}</p>
          <div class="dialog-actions">
            <Button onClick={close}>{m.desk_cancel()}</Button>
            <Button kind="stop" onClick={leave}>
              {asking === 'live' ? m.account_sign_out_live() : m.account_sign_out()}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
