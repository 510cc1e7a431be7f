import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Refused } from '../ui/refused.tsx'
import { useSubmission } from '../ui/submission.ts'

/** Ends every sign-in of the account, this one too, and the trust in its devices. Asks once. */
export function SignOutEverywhere() {
  const { desk, account } = useWorkplace()
  const [asking, ask] = useState(false)
  const { pending, refusal, submit } = useSubmission()

  const leave = () =>
    void submit(async () => {
      desk.sessions.endAll()
      await account.leaveEverywhere()
    })

  return (
    <>
      <Button onClick={() => ask(true)}>{m.devices_sign_out_everywhere()}</Button>
      {asking && (
        <Dialog title={m.devices_sign_out_everywhere_title()} onClose={() => ask(false)}>
          <p>{m.devices_sign_out_everywhere_text()}</p>
          {refusal && <Refused refusal={refusal} />}
          <div class="dialog-actions">
            <Button onClick={() => ask(false)}>{m.desk_cancel()}</Button>
            <Button kind="stop" onClick={leave} aria-disabled={pending}>
              {m.devices_sign_out_everywhere()}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
