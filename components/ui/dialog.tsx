import './dialog.css'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

type Props = {
  title: string
  onClose: () => void
  /** For tables and long lists; the actions stay in sight below, so that their focus does not scroll the rest away. */
  wide?: boolean
  children: ComponentChildren
}

/** A modal dialog over the browser's own `<dialog>`: focus stays inside, Escape closes, focus returns. */
export function Dialog({ title, onClose, wide = false, children }: Props) {
  const element = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const opener = document.activeElement
    const dialog = element.current
    dialog?.showModal()
    // It put the focus on the first thing in it; a field that asked for it goes before that.
    dialog?.querySelector<HTMLElement>('[data-focused]')?.focus()
    return () => {
      // While it is open, everything outside of it refuses the focus.
      dialog?.close()
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  return (
    <dialog
      ref={element}
      class={`dialog ${wide ? 'dialog-wide' : ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div class="dialog-body">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </dialog>
  )
}
