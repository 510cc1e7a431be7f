import type { FileExchange } from '../../peer/files/exchange.ts'
import type { TransferId } from '../../protocol/files.ts'
import type { FilesActions } from './files-panel.tsx'
import { saveTransfer } from './save-transfer.ts'
import { transferName } from './transfer-words.ts'

/** Chromium's; lib.dom does not know it. */
type Picker = (options: { mode: 'readwrite'; startIn: 'downloads' }) => Promise<FileSystemDirectoryHandle>
declare global {
  interface Window {
    showDirectoryPicker?: Picker
  }
}

type Exchange = Pick<FileExchange, 'send' | 'accept' | 'refuse' | 'pause' | 'cancel' | 'kept'>

/** What a person does with the files of one session, and the browser's own pickers and downloads. */
export function filesActions(exchange: Exchange): FilesActions {
  const { showDirectoryPicker: pick } = window
  return {
    send: exchange.send,
    accept: (id) => void exchange.accept(id),
    acceptInto: pick && ((id) => void acceptInto(exchange, id, pick)),
    refuse: (id) => exchange.refuse(id),
    pause: exchange.pause,
    cancel: (id) => exchange.cancel(id),
    waits: (id) => (exchange.kept(id)?.length ?? 0) > 0,
    save(transfer) {
      void saveTransfer(transferName(transfer), exchange.kept(transfer.id) ?? [])
    },
  }
}

async function acceptInto(exchange: Exchange, id: TransferId, pick: Picker) {
  try {
    await exchange.accept(id, await pick({ mode: 'readwrite', startIn: 'downloads' }))
  } catch (cause) {
    // The person closed the picker: the question stays.
    if (!(cause instanceof DOMException && cause.name === 'AbortError')) throw cause
  }
}
