import type { Language } from '../../protocol/ids.ts'

/**
 * The words that technician and customer read to each other over the telephone, one for each number of the session's key. Whoever sits
 * between the two has a session with each, and other words in each.
 * @param numbers `SessionKeys.words`, each below 256.
 */
export async function wordsOf(numbers: readonly number[], language: Language): Promise<string[]> {
  const { words } = await LISTS[language]()
  return numbers.map((number) => words[number] ?? '')
}

/** Loaded when they are first shown. */
const LISTS: Record<Language, () => Promise<{ words: readonly string[] }>> = {
  en: () => import('./english.ts'),
  fr: () => import('./french.ts'),
}
