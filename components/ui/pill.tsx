import './pill.css'
import type { ComponentChildren } from 'preact'

type Props = {
  tone: 'waiting' | 'live' | 'stop' | 'info' | 'offline'
  /** Of its mark, for those who see no colours. */
  shape?: 'dot' | 'ring' | 'square'
  children: ComponentChildren
}

/** A state in one word or two, with its colour. */
export function Pill({ tone, shape = 'dot', children }: Props) {
  return <span class={`pill pill-${tone} pill-${shape}`}>{children}</span>
}
