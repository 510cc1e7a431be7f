import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** Signs out in this browser; asks first where that would end a live session. */
export function SignOut() {
  const { desk, account } = useWorkplace()
  const [asking, ask] = useState(false)

  function leave() {
    desk.sessions.endAll()
    void account.leave()
  }

  return (
    <>
      <Button onClick={() => (desk.sessions.anyLive.peek() ? ask(true) : leave())}>{m.account_sign_out()}</Button>
      {asking && (
        <Dialog title={m.account_sign_out_live_title()} onClose={() => ask(false)}>
          <p>{m.account_sign_out_live_text()}</p>
          <div class="dialog-actions">
            <Button onClick={() => ask(false)}>{m.desk_cancel()}</Button>
            <Button kind="stop" onClick={leave}>
              {m.account_sign_out_live()}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
