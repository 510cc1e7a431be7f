import type { FileReaders, FilesLink } from './files-link.ts'
import type { Transfers } from './transfers.ts'

type On<T extends keyof FileReaders> = (type: T, hear: FileReaders[T]) => void

/** As much of either side's link as files need, and what reads on it. */
type Link = FilesLink & {
  on: On<'file-offer'> &
    On<'file-answer'> &
    On<'file-pause'> &
    On<'file-cancel'> &
    On<'file-done'> &
    On<'file-link'> &
    On<'file-signal'>
}

/** Files as a part of the link, the same on both sides. */
export function filesPart(transfers: Pick<Transfers, 'attach'>): (link: Link) => void {
  return (link) => {
    const read = transfers.attach(link)
    link.on('file-offer', read['file-offer'])
    link.on('file-answer', read['file-answer'])
    link.on('file-pause', read['file-pause'])
    link.on('file-cancel', read['file-cancel'])
    link.on('file-done', read['file-done'])
    link.on('file-link', read['file-link'])
    link.on('file-signal', read['file-signal'])
  }
}
