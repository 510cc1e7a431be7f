import type { Theme } from '../../desk/account/settings.ts'

/** Shows the page in a theme from now on; `tokens.css` has the colours of each. */
export function applyTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
