import { useId } from 'preact/hooks'
import { keepLanguage } from '../../desk/settings.ts'
import { m } from '../../paraglide/messages.js'
import { type Locale, locales } from '../../paraglide/runtime.js'
import { locale } from '../ui/locale.ts'

/** Each language by its own name, so that it is found by those who read no other. */
const NAMES: Record<Locale, string> = { en: 'English', fr: 'Français' }

/** The desk's language, kept in this browser. */
export function LanguageChoice() {
  const group = useId()
  function choose(chosen: Locale) {
    locale.value = chosen
    document.documentElement.lang = chosen
    // Where nothing can be kept, the choice holds until the page is closed.
    keepLanguage(chosen).catch(() => {})
  }
  return (
    <fieldset class="languages">
      <legend class="unseen">{m.account_language()}</legend>
      {locales.map((known) => (
        <label key={known} lang={known}>
          <input type="radio" name={group} checked={locale.value === known} onChange={() => choose(known)} />
          {NAMES[known]}
        </label>
      ))}
    </fieldset>
  )
}
