import en from '../../messages/en.json' with { type: 'json' }
import fr from '../../messages/fr.json' with { type: 'json' }
import type { Language } from '../../protocol/ids.ts'

/** The sentences of the mails, in the one catalogue of the project. */
export type MailWord = Extract<keyof typeof en, `mail_${string}`>

const catalogues: Record<Language, Record<MailWord, string>> = { en, fr }

/** The sentence with its blanks filled; what is filled in is not read again. */
export function sentence(language: Language, word: MailWord, blanks: Record<string, string> = {}): string {
  return catalogues[language][word].replace(/\{(\w+)\}/g, (_, name: string) => blanks[name] ?? '')
}
