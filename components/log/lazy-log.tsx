import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'

const PAGES = {
  web: () => import('./web-page.tsx').then(({ WebPage }) => WebPage),
  report: () => import('../report/report-page.tsx').then(({ ReportPage }) => ReportPage),
  remote: () => import('./remote-page.tsx').then(({ RemotePage }) => RemotePage),
}

/** The screens of the log, which most technicians seldom open: their code comes when they do. */
export function LazyLog({ page }: { page: keyof typeof PAGES }) {
  const [loaded, setLoaded] = useState<{ Page: ComponentType }>()
  useEffect(() => {
    let left = false
    void PAGES[page]().then((Page) => {
      if (!left) setLoaded({ Page })
    })
    return () => {
      left = true
    }
  }, [page])
  if (!loaded) {
    return (
      <main class="log">
        <p role="status">{m.log_loading()}</p>
      </main>
    )
  }
  return <loaded.Page />
}
