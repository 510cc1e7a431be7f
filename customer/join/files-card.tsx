import { FileNews } from '../../components/files/file-news.tsx'
import { FileOffers } from '../../components/files/file-offers.tsx'
import { filesActions } from '../../components/files/files-actions.ts'
import { FilesPanel } from '../../components/files/files-panel.tsx'
import { m } from '../../paraglide/messages.js'
import type { Join } from './join.ts'

/** Files to and from the technician, while they are linked; what came stays to be saved. */
export function FilesCard({ join, name }: { join: Join; name: string }) {
  const transfers = join.files.list.value
  const { exchange } = join.files
  const state = join.state.value
  const live = state.kind === 'seated' && state.line.kind === 'live'
  if (!exchange || (!live && transfers.length === 0)) return null
  return (
    <div class="card">
      <FilesPanel
        transfers={transfers}
        all={transfers}
        name={name}
        actions={filesActions(exchange)}
        rules={join.files.rules.value}
        closed={live ? undefined : m.files_closed()}
      />
    </div>
  )
}

/** What the technician wants to send, and what was completed, above the chat: the question is seen wherever the page stands. */
export function FileNotices({ join, name }: { join: Join; name: string }) {
  const { list, exchange } = join.files
  if (!exchange) return null
  const actions = filesActions(exchange)
  return (
    <>
      <FileOffers transfers={list.value} name={name} actions={actions} />
      <FileNews transfers={list.value} all={list.value} name={name} actions={actions} />
    </>
  )
}
