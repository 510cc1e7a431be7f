import { m } from '../../paraglide/messages.js'
import type { FurtherScreen } from '../../protocol/screens.ts'

/** As both sides call it. */
export function screenName({ surface, number }: Pick<FurtherScreen, 'surface' | 'number'>): string {
  switch (surface) {
    case 'window':
      return m.screens_window({ number })
    case 'browser':
      return m.screens_tab({ number })
    case 'monitor':
    case 'unknown':
      return m.screens_screen({ number })
  }
}
