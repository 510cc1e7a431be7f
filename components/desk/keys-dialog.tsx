import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** The keys of the desk, on `?`. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const keys: [string[], string][] = [
    [['C'], m.queue_create()],
    [['/'], m.queue_search()],
    [['J', '↓'], m.desk_key_next()],
    [['K', '↑'], m.desk_key_previous()],
    [['Enter'], m.desk_key_open()],
    [['Esc'], m.desk_key_back()],
    [['?'], m.desk_keys()],
  ]
  return (
    <Dialog title={m.desk_keys()} onClose={onClose}>
      <dl class="keys">
        {keys.map(([pressed, does]) => (
          <div key={does}>
            <dt>
              {pressed.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <div class="dialog-actions">
        <Button onClick={onClose}>{m.desk_close()}</Button>
      </div>
    </Dialog>
  )
}
