import { useEffect, useState } from 'preact/hooks'
import { type FolderLine, type FolderOrder, linesOf } from '../../desk/session/folder-tree.ts'
import type { TicketFolder } from '../../desk/session/ticket-folder.ts'
import { m } from '../../paraglide/messages.js'
import { canPickFolder, pickFolder } from '../../peer/folder/directory-picker.ts'
import type { ConsentId } from '../../protocol/consent.ts'
import type { FileRules } from '../../protocol/file-rules.ts'
import type { EntryId, FolderEntry } from '../../protocol/folder.ts'
import { MAX_PICKED } from '../../protocol/limits.ts'
import { Button } from '../ui/button.tsx'
import { bytesWords } from '../ui/bytes.ts'
import { formatLocale } from '../ui/locale.ts'
import { Notice } from '../ui/notice.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { FolderTree } from './folder-tree.tsx'
import { faultSentence } from './folder-words.ts'
import { rulesSentence } from './rules-words.ts'

type Props = {
  consent: ConsentId
  folder: TicketFolder
  /** The help desk's. */
  rules: FileRules
  /** The folder's name. */
  label: string
  onGiveUp: () => void
}

/** The customer's folder: opened step by step, sorted and searched; what is ticked is fetched. */
export function FolderPanel({ consent, folder, rules, label, onGiveUp }: Props) {
  const [opened, setOpened] = useState<ReadonlySet<EntryId>>(new Set())
  const [picked, setPicked] = useState<ReadonlyMap<EntryId, FolderEntry>>(new Map())
  const [order, setOrder] = useState<FolderOrder>('name')
  const [search, setSearch] = useState('')
  const tree = folder.tree.value
  const problem = folder.problem.value

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, unless it was opened before
  useEffect(() => {
    if (folder.tree.peek()?.consent !== consent) folder.open(consent)
  }, [consent])

  function toggle(entry: FolderEntry) {
    const next = new Set(opened)
    if (!next.delete(entry.id)) {
      next.add(entry.id)
      const known = tree?.listings.get(entry.id)
      if (!known || known.kind === 'failed') folder.open(consent, entry.id)
    }
    setOpened(next)
  }

  function pick(entry: FolderEntry) {
    const next = new Map(picked)
    if (!next.delete(entry.id) && next.size < MAX_PICKED) next.set(entry.id, entry)
    setPicked(next)
  }

  function fetch(into?: FileSystemDirectoryHandle) {
    folder.fetch(consent, [...picked.keys()], into)
    setPicked(new Map())
  }

  async function fetchInto() {
    const into = await pickFolder('readwrite')
    if (into) fetch(into)
  }

  const lines: FolderLine[] =
    tree?.consent === consent ? linesOf(tree, { opened, order, search, locale: formatLocale() }) : []
  return (
    <>
      <p class="transfer-state">{m.folder_shared({ label })}</p>
      <div class="folder-look">
        <div class="field">
          <label for="folder-search">{m.folder_search()}</label>
          <input
            id="folder-search"
            type="search"
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        </div>
        <SelectField
          label={m.folder_order()}
          value={order}
          options={[
            { value: 'name', name: m.folder_order_name() },
            { value: 'size', name: m.folder_order_size() },
            { value: 'date', name: m.folder_order_date() },
          ]}
          onValue={setOrder}
        />
      </div>
      <FolderTree label={label} lines={lines} picked={picked} onToggle={toggle} onPick={pick} />
      {search.trim() !== '' && <p class="field-hint">{m.folder_search_hint()}</p>}
      {problem && (
        <Notice tone="stop" title={faultSentence(problem)}>
          {problem === 'not-allowed' && rulesSentence(rules, 'any')}
        </Notice>
      )}
      <p class="transfer-state" role="status">
        {pickedSentence([...picked.values()])}
      </p>
      <div class="send-files">
        <Button kind="primary" disabled={picked.size === 0} onClick={() => fetch()}>
          {m.folder_fetch()}
        </Button>
        {canPickFolder() && (
          <Button disabled={picked.size === 0} onClick={() => void fetchInto()}>
            {m.folder_fetch_into()}
          </Button>
        )}
        <Button onClick={onGiveUp}>{m.consent_give_up()}</Button>
      </div>
    </>
  )
}

/** `3 chosen · 4.5 MB`: folders are not counted into the size, which nobody knows before. */
function pickedSentence(entries: readonly FolderEntry[]): string {
  if (entries.length === 0) return m.folder_picked_none()
  const bytes = entries.reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.size : 0), 0)
  const count = entries.length
  if (entries.some(({ kind }) => kind === 'folder')) return m.folder_picked_some({ count })
  return m.folder_picked({ count, size: bytesWords(bytes) })
}
