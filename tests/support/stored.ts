import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** Every byte of the files in a server's data folder, journal of the database included, one character each. */
export async function readStored(dataDir: string): Promise<string> {
  const files = await readdir(dataDir, { recursive: true, withFileTypes: true })
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(path.join(file.parentPath, file.name), 'latin1'))
  return (await Promise.all(texts)).join('\0')
}

/** Those of the secrets that can be read in the text, whole or a part of them that would be of use. */
export function leaked(text: string, secrets: readonly string[]): string[] {
  return secrets.flatMap(piecesOf).filter((piece) => isIn(text, piece))
}

/** An opaque string decoded, and its parts; a printed code without its dashes. */
function piecesOf(secret: string): string[] {
  const plain = decodeURIComponent(secret)
  const parts = plain.split(/[=.!]/).filter((piece) => piece.length >= 16)
  return [...new Set([secret, plain, plain.replaceAll('-', ''), ...parts])]
}

/** Six digits in the middle of a longer number, as of a time, are no code. */
function isIn(text: string, piece: string): boolean {
  return /^\d+$/.test(piece) ? new RegExp(`(?<!\\d)${piece}(?!\\d)`).test(text) : text.includes(piece)
}
