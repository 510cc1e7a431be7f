import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

type Props = { url: string | undefined; name: string }

/** A picture in the customer's chat; a press shows it large. */
export function ChatPicture({ url, name }: Props) {
  const [open, setOpen] = useState(false)
  if (!url) return <em>{m.media_chat_forgotten()}</em>
  return (
    <>
      <button type="button" class="chat-picture" aria-label={m.media_view({ name })} onClick={() => setOpen(true)}>
        <img src={url} alt="" />
      </button>
      {open && (
        <Dialog title={name} onClose={() => setOpen(false)} wide>
          <img class="chat-picture-large" src={url} alt={name} />
          <div class="dialog-actions">
            <Button onClick={() => setOpen(false)}>{m.desk_close()}</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
