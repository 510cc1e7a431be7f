import './setup-page.css'
import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

/** How to go on from a setup link. `link` is undefined where its token is missing; it goes nowhere but the clipboard. */
export function SetupPage({ link }: { link: string | undefined }) {
  const [copied, setCopied] = useState<'not-yet' | 'copied' | 'failed'>('not-yet')
  if (!link) {
    return (
      <section class="card">
        <h1>{m.setup_page_title()}</h1>
        <Notice tone="stop" title={m.setup_page_incomplete()} />
      </section>
    )
  }
  return (
    <section class="card">
      <h1>{m.setup_page_title()}</h1>
      <p>{m.setup_page_lead()}</p>
      <ol class="steps setup-steps">
        <li>
          <h2>{m.setup_page_step_extension()}</h2>
          <p>{m.setup_page_step_extension_text()}</p>
        </li>
        <li>
          <h2>{m.setup_page_step_button()}</h2>
          <p>{m.setup_page_step_button_text()}</p>
        </li>
        <li>
          <h2>{m.setup_page_step_copy()}</h2>
          <p>{m.setup_page_step_copy_text()}</p>
        </li>
      </ol>
      <Button kind="primary" big onClick={async () => setCopied((await copy(link)) ? 'copied' : 'failed')}>
        {m.setup_page_copy()}
      </Button>
      <p role="status">
        {copied === 'copied' && m.setup_page_copied()}
        {copied === 'failed' && m.setup_page_copy_failed()}
      </p>
    </section>
  )
}

/** @returns false where the browser does not allow it, or has no clipboard outside of HTTPS. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
