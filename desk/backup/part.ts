/** What became of one thing of a backup. `left-out`: it belongs to a group that one is not in any more, cannot be read, or finds no place. */
export type Merged = 'new' | 'merged' | 'same' | 'left-out'

export const BACKUP_KINDS = ['queue', 'case', 'reply', 'settings'] as const
/** What a backup counts. */
export type BackupKind = (typeof BACKUP_KINDS)[number]

export type BackupItem = { kind: BackupKind; name: string; bytes: Uint8Array }

/** One sort of local data. A new sort is one more of these in `backupParts`. */
export type BackupPart = {
  readonly kinds: readonly BackupKind[]
  /** What there is, one after the other. */
  collect(): AsyncIterable<BackupItem>
  /** Never takes away or replaces what is newer here. @throws UnpackError */
  merge(item: BackupItem): Promise<Merged>
}
