import './more-menu.css'
import { ChevronDown } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { Button } from './button.tsx'

const GAP_PX = 4

/** What is needed less often, behind one button. The browser's own popover: Escape and a press outside close it, and so does a choice. */
export function MoreMenu({ label, children }: { label: string; children: ComponentChildren }) {
  const opener = useRef<HTMLSpanElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const id = useId()

  /** Above everything, so that nothing cuts it off: below its button, within the window. */
  function place() {
    const button = opener.current?.getBoundingClientRect()
    if (!button || !menu.current) return
    const { offsetHeight, offsetWidth } = menu.current
    const below = button.bottom + GAP_PX
    const top = below + offsetHeight > innerHeight ? button.top - GAP_PX - offsetHeight : below
    const left = Math.min(button.left, innerWidth - offsetWidth - GAP_PX)
    menu.current.style.inset = `${Math.max(GAP_PX, top)}px auto auto ${Math.max(GAP_PX, left)}px`
  }

  return (
    <span ref={opener}>
      <Button popovertarget={id}>
        {label}
        <ChevronDown aria-hidden="true" />
      </Button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the buttons in it are pressed, by keyboard too */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the same */}
      <div
        class="more-items"
        id={id}
        popover="auto"
        ref={menu}
        onToggle={place}
        onClick={() => menu.current?.hidePopover()}
      >
        {children}
      </div>
    </span>
  )
}
