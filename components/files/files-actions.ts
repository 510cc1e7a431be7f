import type { FileExchange } from '../../peer/files/exchange.ts'
import { canPickFolder, pickFolder } from '../../peer/folder/directory-picker.ts'
import type { TransferId } from '../../protocol/files.ts'
import type { FilesActions } from './files-panel.tsx'
import { givingOf } from './giving.ts'
import { saveTransfer } from './save-transfer.ts'
import { transferName } from './transfer-words.ts'

type Exchange = Pick<FileExchange, 'send' | 'accept' | 'refuse' | 'pause' | 'cancel' | 'kept' | 'spool' | 'saved'>

/** What a person does with the files of one session, and the browser's own pickers and downloads. */
export function filesActions(exchange: Exchange): FilesActions {
  return {
    giving: givingOf(exchange),
    accept: (id) => void exchange.accept(id),
    acceptInto: canPickFolder() ? (id) => void acceptInto(exchange, id) : undefined,
    refuse: (id) => exchange.refuse(id),
    pause: exchange.pause,
    cancel: (id) => exchange.cancel(id),
    waits: (id) => (exchange.kept(id)?.kept.length ?? 0) > 0,
    async save(transfer) {
      const kept = exchange.kept(transfer.id)
      if (!kept) return
      await saveTransfer(transferName(transfer), kept, (make) => exchange.spool(transfer.id, 'all.zip', make))
      exchange.saved(transfer.id)
    },
  }
}

/** Without a folder the question stays. */
async function acceptInto(exchange: Exchange, id: TransferId) {
  const folder = await pickFolder('readwrite')
  if (folder) await exchange.accept(id, folder)
}
