import './pill.css'
import type { ComponentChildren } from 'preact'

/** A state in one word or two, with its colour. */
export function Pill({
  tone,
  children,
}: {
  tone: 'waiting' | 'live' | 'stop' | 'info' | 'offline'
  children: ComponentChildren
}) {
  return <span class={`pill pill-${tone}`}>{children}</span>
}
