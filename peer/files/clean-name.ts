/** Names of files as they come from another computer, made harmless for this one. Pure. */

/** File systems take 255 bytes of UTF-8; what stays has room for a number and an unfinished mark. */
const MAX_NAME_BYTES = 200
const MAX_EXTENSION_BYTES = 20

/** Of Windows: they name devices, whatever extension follows. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)(\.|$)/i

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

/** Gives each path one that no other has, as most file systems compare: without regard to case or to how accents are written. */
export function freePaths(): (path: readonly string[]) => string[] {
  /** Each folder as it was first written, and each file. */
  const taken = new Map<string, 'file' | 'folder'>()
  const keyOf = (path: readonly string[]) => path.join('/').normalize('NFKD').toLowerCase()

  function free(path: readonly string[], kind: 'file' | 'folder'): string[] {
    const [name = 'file'] = path.slice(-1)
    const folder = path.slice(0, -1)
    for (let number = 1; ; number += 1) {
      const tried = [...folder, number === 1 ? name : numbered(name, number)]
      const there = taken.get(keyOf(tried))
      if (there === undefined || (there === 'folder' && kind === 'folder')) {
        taken.set(keyOf(tried), kind)
        return tried
      }
    }
  }

  return (path) => {
    let folder: string[] = []
    for (const part of path.slice(0, -1)) folder = free([...folder, part], 'folder')
    return free([...folder, ...path.slice(-1)], 'file')
  }
}

/** `report.pdf` → `report (2).pdf`. */
export function numbered(name: string, number: number): string {
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
