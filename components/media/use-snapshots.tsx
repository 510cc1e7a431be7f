import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { grabPicture, grabSheet } from '../../desk/media/grab.ts'
import type { PaintAnnotations } from '../../desk/media/looking.ts'
import type { MediaItem } from '../../desk/media/media-item.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { MediaView } from './media-view.tsx'
import { SnapshotToast } from './snapshot-toast.tsx'

type Taken = { kind: 'kept'; item: MediaItem; open: boolean } | { kind: 'nothing' } | { kind: 'failed' }

/**
 * Takes the picture that is looked at, with what is drawn on it, and keeps it under the ticket. `told`: what came of it.
 * @param sheet what is drawn on the white sheet, while that is looked at.
 */
export function useSnapshots(
  entry: QueueEntry,
  attendance: Attendance,
  sheet: () => PaintAnnotations | undefined,
): { take: () => void; told: ComponentChildren } {
  const { media, recordings, sessions } = useWorkplace().desk
  const [taken, setTaken] = useState<Taken>()
  const { id, group } = entry.header

  async function take() {
    const video = attendance.looking.picture.peek()
    try {
      const drawn = sheet()
      const paint = recordings.drawings.peek() ? attendance.looking.annotations.peek() : undefined
      const grabbed = drawn ? await grabSheet(drawn) : video && (await grabPicture(video, paint))
      if (!grabbed) return setTaken({ kind: 'nothing' })
      const item = await media.keepPicture({ ticket: id, kind: 'snapshot', ...grabbed })
      setTaken({ kind: 'kept', item, open: false })
    } catch {
      setTaken({ kind: 'failed' })
    }
  }

  const kept = taken?.kind === 'kept' ? taken : undefined
  const listed = kept && sessions.history(id, group).media.list.value.find((one) => one.id === kept.item.id)
  const told = (
    <>
      {kept && !kept.open && (
        <SnapshotToast
          item={kept.item}
          onOpen={() => setTaken({ ...kept, open: true })}
          onGone={() => setTaken(undefined)}
        />
      )}
      {(taken?.kind === 'nothing' || taken?.kind === 'failed') && (
        <p class="media-toast" role="alert">
          {taken.kind === 'nothing' ? m.media_nothing_yet() : m.media_snapshot_failed()}
          <Button onClick={() => setTaken(undefined)}>{m.desk_dismiss()}</Button>
        </p>
      )}
      {kept?.open && listed && <MediaView entry={entry} listed={listed} onClose={() => setTaken(undefined)} />}
    </>
  )
  return { take: () => void take(), told }
}
