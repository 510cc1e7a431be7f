import { signal } from '@preact/signals'
import { baseLocale, type Locale, locales, overwriteGetLocale } from '../../paraglide/runtime.js'

/** The interface's language. Read by every message, so that a change redraws what it must. */
export const locale = signal<Locale>(preferredLocale(navigator.languages))

/** Each language by its own name, so that it is found by those who read no other. */
export const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', fr: 'Français' }

/** The first of the person's languages that the catalogue has; `fr-CA` finds `fr`. */
export function preferredLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0]
    const found = locales.find((known) => known === language)
    if (found) return found
  }
  return baseLocale
}

/** What dates and figures follow: the person's own variant of the language (`en-GB`, `fr-CA`), where there is one. */
export function formatLocale(): string {
  const own = navigator.languages.find((tag) => tag.toLowerCase().split('-')[0] === locale.value)
  return own ?? locale.value
}

overwriteGetLocale(() => locale.value)
