import { type ReadonlySignal, signal } from '@preact/signals'
import type { FileExchange } from '../../peer/files/exchange.ts'
import type { Transfer } from '../../peer/files/transfer.ts'
import type { FolderNode } from '../../peer/folder/folder-node.ts'
import type { SharedFolders } from '../../peer/folder/shared-folders.ts'
import type { CustomerLink, CustomerPart } from '../../peer/live-link.ts'
import type { Consent, ConsentId } from '../../protocol/consent.ts'
import { type FileRules, NO_FILE_RULES } from '../../protocol/file-rules.ts'
import { retried } from '../retried.ts'
import type { Permissions } from './permissions.ts'

/** The files of this page's session, and the folders that it lets be seen. */
export type Files = {
  readonly list: ReadonlySignal<readonly Transfer[]>
  readonly rules: ReadonlySignal<FileRules>
  /** What the server says with the join, and each time that an admin changes it. */
  obey(rules: FileRules): void
  /** What does the work, once there is a seat. */
  readonly exchange: FileExchange | undefined
  /** The person's yes to a question for a folder, with the folder. */
  share(consent: ConsentId, folder: FolderNode): void
  /** Somebody else attends now: nothing that is open goes on. */
  handOver(): void
  /** The session is over: its link for files is too. */
  unlink(): void
  /** Fresh for a seat; the signal ends it. Its code comes with the link's, which must wait for `loaded`. */
  begin(signal: AbortSignal): { part: CustomerPart; loaded: Promise<unknown> }
}

type Work = { exchange: FileExchange; folders: SharedFolders; part(link: CustomerLink): void }

export function startFiles({ list: consents, answer }: Pick<Permissions, 'list' | 'answer'>): Files {
  const list = signal<readonly Transfer[]>([])
  const rules = signal(NO_FILE_RULES)
  let now: Work | undefined

  // What is not allowed any more is shared no more.
  consents.subscribe((held) => {
    for (const id of now?.folders.shared ?? []) {
      if (!isGranted(held, id)) now?.folders.stop(id)
    }
  })

  return {
    list,
    rules,
    obey(given) {
      rules.value = given
      now?.exchange.obey()
    },
    get exchange() {
      return now?.exchange
    },
    share(consent, folder) {
      answer(consent, true, folder.name.slice(0, 200))
      // The question may have been taken back while the person picked.
      if (isGranted(consents.peek(), consent)) now?.folders.share(consent, folder)
    },
    unlink: () => now?.exchange.unlink(),
    handOver: () => now?.exchange.cancelAll('hand-over'),
    begin(until) {
      let begun: Work | undefined
      const loaded = retried(() => load(() => rules.peek(), until)).then((work) => {
        if (until.aborted) return
        begun = work
        now = work
        const show = () => {
          list.value = work.exchange.list
        }
        work.exchange.onChange(show, until)
        show()
        // What follows the transfers has stopped with the same signal.
        const end = () => {
          work.exchange.cancelAll(undefined)
          show()
        }
        until.addEventListener('abort', end, { once: true })
      })
      return { part: (link) => begun?.part(link), loaded }
    },
  }
}

const isGranted = (consents: readonly Consent[], id: ConsentId) =>
  consents.find((consent) => consent.id === id)?.state.kind === 'granted'

async function load(rules: () => FileRules, until: AbortSignal): Promise<Work> {
  const [{ createExchange }, { filesPart }, { createSharedFolders }, { limitsOf }] = await Promise.all([
    import('../../peer/files/exchange.ts'),
    import('../../peer/files/files-part.ts'),
    import('../../peer/folder/shared-folders.ts'),
    import('../../peer/files/limits.ts'),
  ])
  const exchange = createExchange('customer', limitsOf(rules), until)
  const folders = createSharedFolders({
    send: ({ files, folders }, fetch) => exchange.send(files, { folders, fetch }),
    revoke(fetches) {
      const wanted: ReadonlySet<string> = fetches
      for (const { id, fetch } of exchange.list) if (fetch && wanted.has(fetch)) exchange.cancel(id, 'revoked')
    },
  })
  const files = filesPart(exchange)
  return {
    exchange,
    folders,
    part(link) {
      files(link)
      folders.part(link)
    },
  }
}
