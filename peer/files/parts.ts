import type { CustomerPart, TechnicianPart } from '../live-link.ts'
import type { Transfers } from './transfers.ts'

/** Files as a part of each side's link: the same words, of two unions. */

export function customerFiles(transfers: Pick<Transfers, 'attach'>): CustomerPart {
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

export function technicianFiles(transfers: Pick<Transfers, 'attach'>): TechnicianPart {
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
