/** A text as it is compared: neither case nor accents matter. */
export function plain(text: string): string {
  // Most texts are plain already, and there are many of them.
  if (/^[\x20-\x7e\n]*$/.test(text)) return text.toLowerCase()
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The items whose text has every word of `wanted`, in any order; all of them where there is no word. */
export function search<T>(items: readonly T[], wanted: string, textOf: (item: T) => string): readonly T[] {
  const words = plain(wanted).split(/\s+/).filter(Boolean)
  if (words.length === 0) return items
  return items.filter((item) => {
    const text = plain(textOf(item))
    return words.every((word) => text.includes(word))
  })
}
