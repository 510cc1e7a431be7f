import type { FilePath } from '../../protocol/files.ts'

/** Names of files as they come from another computer, made harmless for this one. Pure. */

/** File systems take 255 bytes of UTF-8; what stays has room for a number and an unfinished mark. */
const MAX_NAME_BYTES = 200
const MAX_EXTENSION_BYTES = 20

/** Of Windows: they name devices, whatever extension follows, also behind spaces. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)\s*(\.|$)/i

/** What no file system takes, or what shows a name as another one: separators, wild cards, controls, and the marks that turn, hide or join text. */
const FORBIDDEN = /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu

/**
 * One name without a path: never empty, never `.` or `..`, no separator, no control or direction mark, no device name, no dot or space at
 * its end, at most 200 bytes. Its extension stays where it has a sensible one.
 */
export function cleanName(name: string): string {
  const plain = name.normalize('NFC').replaceAll(FORBIDDEN, '_')
  const trimmed = plain
    .replace(/^\s*\.{2,}\s*/u, '')
    .replace(/[\s.]+$/u, '')
    .trim()
  const visible = /^[\s._]*$/u.test(trimmed) ? '' : trimmed
  const named = visible === '' ? 'file' : visible
  return shorten(DEVICE.test(named) ? `_${named}` : named)
}

/** A path, each part of it cleaned; parts that only walk about are left out. Never empty. */
export function cleanPath(path: readonly string[]): string[] {
  const parts = path.flatMap((part) => part.split(/[/\\]/u)).filter((part) => !/^\s*\.{0,2}\s*$/u.test(part))
  return parts.length === 0 ? ['file'] : parts.map(cleanName)
}

/** What is said of files from the other side, with paths as they would be saved: no mark in a name shows it as another one. */
export function cleaned<T extends { path: FilePath }>(files: readonly T[]): T[] {
  return files.map((file) => ({ ...file, path: cleanPath(file.path) }))
}

/** What is in one folder, by how most file systems compare names: without regard to case or to how accents are written. */
type Level = Map<string, Taken>
type Taken = {
  /** What is in the folder that has this name, or that had to take another number for it; absent where there is none. */
  folder: { number: number; inside: Level } | undefined
  /** Tried first where the name is wanted again: looking through all numbers each time would take hours of a hostile sender's names. */
  next: number
}

/** Gives each path one that no other has. */
export type FreePaths = {
  file(path: readonly string[]): string[]
  /** Where files in it would go. `isNew`: nothing had it open before. */
  folder(path: readonly string[]): { path: string[]; isNew: boolean }
}

export function freePaths(): FreePaths {
  const top: Level = new Map()
  const keyOf = (name: string) => name.normalize('NFKD').toLowerCase()

  /** @returns the number with which nothing has this name yet */
  function freeNumber(level: Level, name: string): number {
    const before = level.get(keyOf(name))
    if (!before) return 1
    while (level.has(keyOf(numbered(name, before.next)))) before.next += 1
    return before.next
  }

  function take(level: Level, name: string, folder?: Taken['folder']): void {
    level.set(keyOf(name), { folder, next: 2 })
  }

  function openFolder(level: Level, name: string): { name: string; inside: Level; isNew: boolean } {
    const before = level.get(keyOf(name))
    if (before?.folder) {
      return { name: numbered(name, before.folder.number), inside: before.folder.inside, isNew: false }
    }
    const number = freeNumber(level, name)
    const inside: Level = new Map()
    const free = numbered(name, number)
    take(level, free, { number: 1, inside })
    // What else lies in it goes there too.
    if (before) before.folder = { number, inside }
    return { name: free, inside, isNew: true }
  }

  function walk(path: readonly string[]): { folders: string[]; level: Level; isNew: boolean } {
    const folders: string[] = []
    let level = top
    let fresh = false
    for (const part of path) {
      const { name, inside, isNew } = openFolder(level, part)
      folders.push(name)
      level = inside
      fresh = isNew
    }
    return { folders, level, isNew: fresh }
  }

  return {
    file(path) {
      const { folders, level } = walk(path.slice(0, -1))
      const name = path.at(-1) ?? 'file'
      const free = numbered(name, freeNumber(level, name))
      take(level, free)
      return [...folders, free]
    },
    folder(path) {
      const { folders, isNew } = walk(path)
      return { path: folders, isNew }
    },
  }
}

/** `report.pdf` → `report (2).pdf`; the first one is as it was. */
export function numbered(name: string, number: number): string {
  if (number === 1) return name
  const { stem, extension } = split(name)
  return `${stem} (${number})${extension}`
}

function split(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 ? name.slice(dot) : ''
  if (extension.length < 2 || bytesOf(extension) > MAX_EXTENSION_BYTES) return { stem: name, extension: '' }
  return { stem: name.slice(0, dot), extension }
}

function shorten(name: string): string {
  if (bytesOf(name) <= MAX_NAME_BYTES) return name
  const { stem, extension } = split(name)
  let kept = ''
  for (const character of stem) {
    if (bytesOf(kept + character + extension) > MAX_NAME_BYTES) break
    kept += character
  }
  return kept.replace(/[\s.]+$/u, '') + extension
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}
