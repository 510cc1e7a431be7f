import { useLocation } from 'wouter-preact'
import { disk, type Unkept } from '../../desk/storage/disk.ts'
import { m } from '../../paraglide/messages.js'
import { STORAGE_HEADING } from '../account/storage-section.tsx'
import { Button } from '../ui/button.tsx'
import { formatLocale } from '../ui/locale.ts'
import { Notice } from '../ui/notice.tsx'
import { useWorkplace } from './context.ts'

/** From this share on it is said that the storage fills. */
const ALMOST_FULL = 0.9

/** Says that this browser's storage fills, before anything is lost, and what it did not take. */
export function StorageBanner() {
  const { usage, rooms } = useWorkplace().desk
  const unkept = [...disk.unkept.value.values()]
  if (unkept.length > 0) return <UnkeptNotice unkept={unkept} unsent={rooms.pending.value.updates > 0} />
  const now = usage.usage.value
  if (!now || now.used < now.quota * ALMOST_FULL) return null
  const percent = new Intl.NumberFormat(formatLocale(), { style: 'percent' }).format(Math.min(1, now.used / now.quota))
  return (
    <Notice tone="waiting" title={m.storage_almost_full({ percent })} actions={<ShowStorage />}>
      {m.storage_almost_full_text()}
    </Notice>
  )
}

function UnkeptNotice({ unkept, unsent }: { unkept: readonly Unkept[]; unsent: boolean }) {
  const parts = new Set(unkept.map(({ part }) => part))
  const full = unkept.some((one) => one.full)
  const onlyHere = parts.has('media') || (parts.has('documents') && unsent)
  return (
    <Notice
      tone={onlyHere ? 'stop' : 'waiting'}
      title={full ? m.storage_full() : m.storage_failing()}
      actions={
        <>
          <Button onClick={() => void disk.retry()}>{m.storage_retry()}</Button>
          <ShowStorage />
        </>
      }
    >
      {parts.has('media') && <p>{m.media_unkept()}</p>}
      {parts.has('documents') && <p>{unsent ? m.storage_unkept_only_here() : m.storage_unkept_sent()}</p>}
      {parts.has('lists') && !parts.has('documents') && <p>{m.storage_unkept_lists()}</p>}
      {parts.has('settings') && <p>{m.storage_unkept_settings()}</p>}
      <p>{full ? m.storage_make_room() : m.storage_restart()}</p>
    </Notice>
  )
}

function ShowStorage() {
  const [, navigate] = useLocation()
  return (
    <Button
      onClick={() => {
        navigate('/account')
        setTimeout(() => document.getElementById(STORAGE_HEADING)?.focus())
      }}
    >
      {m.storage_show()}
    </Button>
  )
}
