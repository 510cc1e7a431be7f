import { useEffect, useState } from 'preact/hooks'
import { askToKeep, type Durability, readDurability } from '../../desk/storage/durability.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { UploadStatus } from '../media/upload-status.tsx'
import { Button } from '../ui/button.tsx'
import { bytesWords } from '../ui/bytes.ts'
import { Pill } from '../ui/pill.tsx'
import { AccountSection } from './account-section.tsx'
import { BackupExport } from './backup-export.tsx'
import { BackupImport } from './backup-import.tsx'
import { StorageTickets } from './storage-tickets.tsx'

/** Where whoever wants to see the storage is led. */
export const STORAGE_HEADING = 'storage-heading'

/** What this browser keeps: how much of how much, and whether it stays. */
export function StorageSection() {
  return (
    <AccountSection title={m.storage_title()} heading={STORAGE_HEADING}>
      <p>{m.storage_text()}</p>
      <Used />
      <MediaUsed />
      <UploadStatus />
      <StorageTickets />
      <Kept />
      <Backup />
    </AccountSection>
  )
}

function Backup() {
  const [open, setOpen] = useState<'export' | 'import'>()
  const close = () => setOpen(undefined)
  return (
    <>
      <h3>{m.backup_title()}</h3>
      <p>{m.backup_text()}</p>
      <div class="account-actions">
        <Button onClick={() => setOpen('export')}>{m.backup_export()}</Button>
        <Button onClick={() => setOpen('import')}>{m.backup_import()}</Button>
      </div>
      {open === 'export' && <BackupExport onClose={close} />}
      {open === 'import' && <BackupImport onClose={close} />}
    </>
  )
}

function Used() {
  const { usage } = useWorkplace().desk
  useEffect(() => void usage.look(), [usage])
  const now = usage.usage.value
  if (!now) return <p>{m.storage_used_unknown()}</p>
  return (
    <div class="storage-used">
      <meter aria-label={m.storage_meter()} value={now.used} max={now.quota} high={now.quota * 0.9} />
      <p class="figures">{m.storage_used({ used: bytesWords(now.used), quota: bytesWords(now.quota) })}</p>
    </div>
  )
}

/** How many there are, how large they are together, and that an export leaves them out. */
function MediaUsed() {
  const items = [...useWorkplace().desk.media.items.value.values()]
  if (items.length === 0) return null
  const size = bytesWords(items.reduce((sum, { bytes }) => sum + bytes, 0))
  return (
    <p>
      <span class="figures">
        {items.length === 1 ? m.media_storage_one({ size }) : m.media_storage({ count: items.length, size })}
      </span>
      {'. '}
      {m.media_storage_text()}
    </p>
  )
}

function Kept() {
  const [durability, setDurability] = useState<Durability>()
  const [asked, setAsked] = useState(false)
  useEffect(() => void readDurability().then(setDurability), [])

  async function ask() {
    setDurability(await askToKeep())
    setAsked(true)
  }

  if (!durability) return null
  return (
    <>
      <div class="storage-kept">
        {durability === 'kept' ? (
          <Pill tone="live">{m.storage_kept()}</Pill>
        ) : (
          <Pill tone="waiting">{m.storage_may_be_cleared()}</Pill>
        )}
        <p>{durability === 'kept' ? m.storage_kept_text() : m.storage_may_be_cleared_text()}</p>
      </div>
      {durability === 'may-be-cleared' && (
        <div class="account-actions">
          <Button onClick={() => void ask()}>{m.storage_ask()}</Button>
        </div>
      )}
      <p role="status">{asked && durability === 'may-be-cleared' && m.storage_ask_refused()}</p>
    </>
  )
}
