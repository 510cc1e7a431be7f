import './copy-button.css'
import { Check, Copy } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { Button } from './button.tsx'

type Outcome = { kind: 'idle' } | { kind: 'copied' } | { kind: 'refused' }

/** How long a button shows that it worked, in ms. */
const SHOWN_MS = 2500

type Props = {
  label: string
  text: string
  kind?: 'primary' | 'plain' | 'quiet'
  /** A dialog that opens puts the focus here. */
  focused?: boolean
}

/** Copies a text and says so, to the eye and to screen readers. */
export function CopyButton({ label, text, kind = 'plain', focused = false }: Props) {
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'idle' })
  useEffect(() => {
    if (outcome.kind === 'idle') return undefined
    const timer = setTimeout(() => setOutcome({ kind: 'idle' }), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [outcome])

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setOutcome({ kind: 'copied' })
    } catch {
      setOutcome({ kind: 'refused' })
    }
  }

  const said = { idle: '', copied: m.copy_done(), refused: m.copy_refused() }[outcome.kind]
  return (
    <span class="copy">
      <Button kind={kind} data-focused={focused ? 'yes' : undefined} onClick={() => void copy()}>
        {outcome.kind === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        {label}
      </Button>
      <span class="copy-said" role="status">
        {said}
      </span>
    </span>
  )
}
