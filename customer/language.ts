import { effect, signal } from '@preact/signals'
import { locale, preferredLocale } from '../components/ui/locale.ts'
import { locales } from '../paraglide/runtime.js'
import { speak } from './words.ts'

const KEY = 'deskside.language'

/** The person's language: what was chosen on an earlier visit, else what the browser prefers; `<html lang>` follows. */
export function startLanguage(signal: AbortSignal) {
  locale.value = preferredLocale([read(), ...navigator.languages])
  const stop = effect(() => {
    document.documentElement.lang = locale.value
  })
  signal.addEventListener('abort', stop, { once: true })
}

/** Whoever pressed a button is told soon. */
const IMPATIENT = 2

/** The words of the other language cannot be had at the moment: the page speaks on as before. */
export const languageFailed = signal(false)

/** As soon as its words are there. Never rejects. */
export async function switchLanguage() {
  const other = locales.find((known) => known !== locale.value) ?? locale.value
  languageFailed.value = false
  try {
    await speak(other, IMPATIENT)
  } catch {
    languageFailed.value = true
    return
  }
  locale.value = other
  try {
    localStorage.setItem(KEY, locale.value)
  } catch {
    return
  }
}

function read(): string {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}
