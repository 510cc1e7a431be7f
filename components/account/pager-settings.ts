import { useEffect, useRef, useState } from 'preact/hooks'
import { keepPager, readPager } from '../../desk/account/settings.ts'
import { isExtensionPage } from '../../desk/extension-page.ts'
import { type PagerSettings, USUAL_PAGER } from '../../desk/pager/pager-settings.ts'

export type PagerChange = (change: Partial<PagerSettings>) => void

/** How one is called in this browser, and how to change it: the background hears of it at once. `kept`: it could be written down. */
export function usePagerSettings(): { settings: PagerSettings; kept: boolean; change: PagerChange } {
  const [settings, setSettings] = useState(USUAL_PAGER)
  const [kept, setKept] = useState(true)
  // Two changes may follow each other faster than anything is drawn.
  const latest = useRef(settings)
  useEffect(() => {
    readPager()
      .then((found) => {
        latest.current = found
        setSettings(found)
      })
      .catch(() => setKept(false))
  }, [])

  function change(part: Partial<PagerSettings>) {
    latest.current = { ...latest.current, ...part }
    setSettings(latest.current)
    keepPager(latest.current)
      .then(tell)
      .catch(() => setKept(false))
  }

  return { settings, kept, change }
}

async function tell(): Promise<void> {
  if (!isExtensionPage()) return
  const { tellBackground } = await import('../../desk/browser/wake.ts')
  await tellBackground()
}
