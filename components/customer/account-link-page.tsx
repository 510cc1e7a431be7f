import './account-link-page.css'
import { useState } from 'preact/hooks'
import type { LinkKind } from '../../desk/account/address.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

type Props = {
  kind: LinkKind
  /** Undefined where its token is missing; it goes nowhere but the clipboard. */
  link: string | undefined
}

/** How a technician goes on from a link: with the extension, by its button on this page or by pasting. */
export function AccountLinkPage({ kind, link }: Props) {
  const [copied, setCopied] = useState<'not-yet' | 'copied' | 'failed'>('not-yet')
  const { lead, extension, incomplete } = words[kind]()
  if (!link) {
    return (
      <section class="card">
        <h1>{accountLinkTitle(kind)}</h1>
        <Notice tone="stop" title={incomplete} />
      </section>
    )
  }
  return (
    <section class="card">
      <h1>{accountLinkTitle(kind)}</h1>
      <p>{lead}</p>
      <ol class="steps account-link-steps">
        <li>
          <h2>{m.link_page_extension()}</h2>
          <p>{extension}</p>
        </li>
        <li>
          <h2>{m.link_page_button()}</h2>
          <p>{m.link_page_button_text()}</p>
        </li>
        <li>
          <h2>{m.link_page_paste()}</h2>
          <p>{m.link_page_paste_text()}</p>
        </li>
      </ol>
      <Button kind="primary" big onClick={async () => setCopied((await copy(link)) ? 'copied' : 'failed')}>
        {m.link_page_copy()}
      </Button>
      <p role="status">
        {copied === 'copied' && m.link_page_copied()}
        {copied === 'failed' && m.link_page_copy_failed()}
      </p>
    </section>
  )
}

export function accountLinkTitle(kind: LinkKind): string {
  return words[kind]().title
}

const words: Record<LinkKind, () => { title: string; lead: string; extension: string; incomplete: string }> = {
  setup: () => ({
    title: m.setup_page_title(),
    lead: m.setup_page_lead(),
    extension: m.setup_page_extension(),
    incomplete: m.setup_page_incomplete(),
  }),
  invitation: () => ({
    title: m.invitation_page_title(),
    lead: m.invitation_page_lead(),
    extension: m.invitation_page_extension(),
    incomplete: m.invitation_page_incomplete(),
  }),
  reset: () => ({
    title: m.reset_page_title(),
    lead: m.reset_page_lead(),
    extension: m.reset_page_extension(),
    incomplete: m.reset_page_incomplete(),
  }),
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
