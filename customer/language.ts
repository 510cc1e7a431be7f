import { effect } from '@preact/signals'
import { locale, preferredLocale } from '../components/ui/locale.ts'
import { locales } from '../paraglide/runtime.js'

const KEY = 'deskside.language'

/** The person's language: what was chosen on an earlier visit, else what the browser prefers; `<html lang>` follows. */
export function startLanguage(signal: AbortSignal) {
  locale.value = preferredLocale([read(), ...navigator.languages])
  const stop = effect(() => {
    document.documentElement.lang = locale.value
  })
  signal.addEventListener('abort', stop, { once: true })
}

export function switchLanguage() {
  locale.value = locales.find((known) => known !== locale.value) ?? locale.value
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
