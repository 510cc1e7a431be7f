import { keepLanguage } from '../../desk/account/settings.ts'
import { m } from '../../paraglide/messages.js'
import { type Locale, locales } from '../../paraglide/runtime.js'
import { Choices } from '../ui/choices.tsx'
import { LANGUAGE_NAMES, locale } from '../ui/locale.ts'

/** The desk speaks this language from now on, and the next time that it is opened in this browser. */
export function speak(language: Locale) {
  locale.value = language
  document.documentElement.lang = language
  // Where nothing can be kept, the choice holds until the page is closed.
  keepLanguage(language).catch(() => {})
}

type Props = {
  /** A field of a form, with its name in sight. */
  labelled?: boolean
  /** Where somebody is signed in, the account follows. */
  onChosen?: (language: Locale) => void
}

/** The desk's language. */
export function LanguageChoice({ labelled = false, onChosen }: Props) {
  return (
    <Choices
      legend={m.account_language()}
      labelled={labelled}
      options={locales.map((known) => ({ value: known, name: LANGUAGE_NAMES[known], lang: known }))}
      chosen={locale.value}
      onChoose={(chosen) => {
        speak(chosen)
        onChosen?.(chosen)
      }}
    />
  )
}
