import { PictureInPicture2 } from 'lucide-preact'
import { type ComponentChildren, render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../components/ui/button.tsx'
import { m } from '../../paraglide/messages.js'

/** Lib.dom does not know it yet: Chrome from 116, Firefox from 151. */
type DocumentPictureInPicture = { requestWindow(options: { width: number; height: number }): Promise<Window> }

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
  const inFront = pictureInPicture()
  if (!inFront) return <p class="card-quiet">{m.board_customer_no_window()}</p>
  return (
    <>
      <Button
        onClick={() => {
          // Refused by a policy, or another window took the click: the page shows the drawings as before.
          inFront.requestWindow(SIZE).then(
            (opened) => onOpened(furnished(opened)),
            () => {},
          )
        }}
      >
        <PictureInPicture2 aria-hidden="true" />
        {m.board_customer_keep()}
      </Button>
      <p class="card-quiet">{m.board_customer_keep_text()}</p>
    </>
  )
}

function pictureInPicture(): DocumentPictureInPicture | undefined {
  const { documentPictureInPicture } = window as { documentPictureInPicture?: DocumentPictureInPicture }
  return documentPictureInPicture
}

/** The new window begins empty: it gets this page's style sheets, language, theme and title. */
function furnished(opened: Window): Window {
  const { document: inside } = opened
  const { documentElement: page } = document
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"], style')) {
    inside.head.append(inside.importNode(sheet, true))
  }
  inside.documentElement.lang = page.lang
  for (const [name, value] of Object.entries(page.dataset)) inside.documentElement.dataset[name] = value
  inside.title = document.title
  const main = inside.createElement('main')
  main.id = 'front'
  main.className = 'board-front'
  inside.body.append(main)
  return opened
}
