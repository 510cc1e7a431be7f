/** A text as it is compared: neither case nor accents matter. */
export function plain(text: string): string {
  // Most texts are plain already, and there are many of them.
  if (/^[\x20-\x7e\n]*$/.test(text)) return text.toLowerCase()
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The words that are looked for, as `plain` gives them. */
export function wordsOf(wanted: string): string[] {
  return plain(wanted).split(/\s+/).filter(Boolean)
}

/**
 * Where a word stands in a text, in UTF-16 units of the text as it is written; what `plain` takes away counts with the letter
 * before it.
 * @param word as `plain` gives it
 */
export function placeOf(text: string, word: string): { start: number; end: number } | undefined {
  let read = ''
  /** For each unit of `read` where its letter begins in the text. */
  const starts: number[] = []
  let at = 0
  for (const letter of text) {
    const bare = plain(letter)
    read += bare
    for (let unit = 0; unit < bare.length; unit += 1) starts.push(at)
    at += letter.length
  }
  const found = read.indexOf(word)
  const start = starts[found]
  if (start === undefined || word === '') return undefined
  return { start, end: starts[found + word.length] ?? text.length }
}

/** The items whose text has every word of `wanted`, in any order; all of them where there is no word. */
export function search<T>(items: readonly T[], wanted: string, textOf: (item: T) => string): readonly T[] {
  const words = wordsOf(wanted)
  if (words.length === 0) return items
  return items.filter((item) => {
    const text = plain(textOf(item))
    return words.every((word) => text.includes(word))
  })
}
