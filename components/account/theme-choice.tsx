import { useEffect, useState } from 'preact/hooks'
import { keepTheme, readTheme, Theme } from '../../desk/account/settings.ts'
import { m } from '../../paraglide/messages.js'
import { Choices } from '../ui/choices.tsx'
import { applyTheme } from '../ui/theme.ts'

/** Light or dark in this browser. */
export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>('system')
  useEffect(() => {
    readTheme()
      .then(setTheme)
      .catch(() => {})
  }, [])
  return (
    <Choices
      legend={m.theme_label()}
      options={Theme.options.map((value) => ({ value, name: names[value]() }))}
      chosen={theme}
      onChoose={(chosen) => {
        setTheme(chosen)
        applyTheme(chosen)
        // Where nothing can be kept, the choice holds until the page is closed.
        keepTheme(chosen).catch(() => {})
      }}
    />
  )
}

const names: Record<Theme, () => string> = {
  system: () => m.theme_system(),
  light: () => m.theme_light(),
  dark: () => m.theme_dark(),
}
