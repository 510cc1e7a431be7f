import { beginAnew } from '../../desk/keys/keyring-anew.ts'
import { m } from '../../paraglide/messages.js'
import type { GroupId } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Refused } from '../ui/refused.tsx'
import { useSubmission } from '../ui/submission.ts'

/** An admin's last way out where nobody comes who could share a group's keys: new ones, without what the old ones opened. */
export function BeginAnew({ group, name, onClose }: { group: GroupId; name: string; onClose: () => void }) {
  const { desk } = useWorkplace()
  const { pending, refusal, submit } = useSubmission()

  function send() {
    void submit(async (signal) => {
      await beginAnew(desk.server, group, signal)
      desk.keyrings.refresh()
      onClose()
    })
  }

  return (
    <Dialog title={m.keys_anew_title({ group: name })} onClose={onClose}>
      <p>{m.keys_anew_text()}</p>
      {refusal && <Refused refusal={refusal} />}
      <div class="dialog-actions">
        <Button onClick={onClose}>{m.desk_cancel()}</Button>
        <Button kind="stop" aria-disabled={pending} onClick={send}>
          {m.keys_anew()}
        </Button>
      </div>
    </Dialog>
  )
}
