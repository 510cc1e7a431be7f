import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

type Props = { label: string; class?: string; children: ComponentChildren }

const INSIDE = 'button:not([disabled]), input:not([disabled]), select, a[href]'

/** A row of tools: one stop of the Tab key, and the arrow keys from one to the next, as screen readers expect of a toolbar. */
export function Toolbar({ label, class: extra = '', children }: Props) {
  const bar = useRef<HTMLDivElement>(null)

  // Whatever tools there are now: the one that was used last, or the first, is the stop.
  useEffect(() => {
    const tools = toolsIn(bar.current)
    const stop = tools.find((tool) => tool.tabIndex === 0) ?? tools[0]
    for (const tool of tools) tool.tabIndex = tool === stop ? 0 : -1
  })

  function moved(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: 'first', End: 'last' } as const
    const to = step[event.key as keyof typeof step]
    // In a group of radio buttons the arrows are the browser's.
    if (to === undefined || (event.target instanceof HTMLInputElement && event.target.type === 'radio')) return
    const tools = toolsIn(bar.current)
    const here = event.target instanceof HTMLElement ? tools.indexOf(event.target) : -1
    const next = to === 'first' ? 0 : to === 'last' ? tools.length - 1 : (here + to + tools.length) % tools.length
    event.preventDefault()
    tools[next]?.focus()
  }

  function focused({ target }: FocusEvent) {
    for (const tool of toolsIn(bar.current)) tool.tabIndex = tool === target ? 0 : -1
  }

  return (
    <div ref={bar} class={extra} role="toolbar" aria-label={label} onKeyDown={moved} onFocusIn={focused}>
      {children}
    </div>
  )
}

/** Those in sight; of radio buttons of one group only the chosen one counts, as for the Tab key. */
function toolsIn(bar: HTMLElement | null): HTMLElement[] {
  const all = [...(bar?.querySelectorAll<HTMLElement>(INSIDE) ?? [])]
  return all.filter(
    (tool) =>
      !tool.closest('[hidden]') && !(tool instanceof HTMLInputElement && tool.type === 'radio' && !tool.checked),
  )
}
