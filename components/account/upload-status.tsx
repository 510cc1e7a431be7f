import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { bytesWords } from '../ui/bytes.ts'

/** How it stands with this browser's images and recordings on their way to the server, where the admins want them there. */
export function UploadStatus() {
  const { uploads } = useWorkplace().desk.lending
  if (!uploads.store.latest.value?.on) return null
  const state = uploads.state.value
  switch (state.kind) {
    case 'idle':
      return <p role="status">{m.media_upload_idle()}</p>
    case 'running':
      return (
        <p role="status" class="figures">
          {m.media_upload_running({ left: state.left, done: bytesWords(state.done), size: bytesWords(state.bytes) })}
        </p>
      )
    case 'refused':
      return (
        <p role="status">
          {state.refusal.code === 'quota'
            ? m.media_upload_full({ left: state.left })
            : m.media_upload_refused({ left: state.left })}
        </p>
      )
  }
}
