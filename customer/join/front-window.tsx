import { PictureInPicture2 } from 'lucide-preact'
import { type ComponentChildren, render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { hearKeysIn } from '../../components/desk/shortcuts.ts'
import { Button } from '../../components/ui/button.tsx'
import { dress, hasFrontWindows, openFrontWindow } from '../../components/ui/own-window.ts'
import { m } from '../../paraglide/messages.js'

const SIZE = { width: 480, height: 330 }

type Props = {
  /** What is shown in the window. */
  inFront: ComponentChildren
  /** What is shown on the page while there is no such window. */
  children: ComponentChildren
}

/** Something to keep in sight while one works elsewhere: a window that stays in front, where the browser has one. */
export function FrontWindow({ inFront, children }: Props) {
  const [opened, open] = useState<Window>()

  useEffect(() => {
    const root = opened?.document.querySelector('#front')
    if (root) render(inFront, root)
  })
  useEffect(() => {
    if (!opened) return
    const life = new AbortController()
    hearKeysIn(opened, life.signal)
    opened.addEventListener('pagehide', () => open(undefined), { signal: life.signal })
    return () => {
      life.abort()
      const root = opened.document.querySelector('#front')
      if (root) render(null, root)
      opened.close()
    }
  }, [opened])

  if (opened) {
    return (
      <>
        <p role="status">{m.board_customer_kept()}</p>
        <Button onClick={() => open(undefined)}>{m.board_customer_bring_back()}</Button>
      </>
    )
  }
  return (
    <>
      {children}
      <FrontButton onOpened={open} />
    </>
  )
}

function FrontButton({ onOpened }: { onOpened: (opened: Window) => void }) {
  if (!hasFrontWindows()) return <p class="card-quiet">{m.board_customer_no_window()}</p>
  async function openOne() {
    const opened = await openFrontWindow(SIZE)
    // The page shows the drawings as before.
    if (opened) onOpened(furnished(opened))
  }
  return (
    <>
      <Button onClick={() => void openOne()}>
        <PictureInPicture2 aria-hidden="true" />
        {m.board_customer_keep()}
      </Button>
      <p class="card-quiet">{m.board_customer_keep_text()}</p>
    </>
  )
}

function furnished(opened: Window): Window {
  dress(opened, document.title)
  const main = opened.document.createElement('main')
  main.id = 'front'
  main.className = 'board-front'
  opened.document.body.append(main)
  return opened
}
