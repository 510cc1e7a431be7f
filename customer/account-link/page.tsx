import { useEffect } from 'preact/hooks'
import { AccountLinkPage, accountLinkTitle } from '../../components/customer/account-link-page.tsx'
import { PageFrame } from '../../components/customer/page-frame.tsx'
import type { LinkKind } from '../../desk/account/address.ts'
import { languageFailed, switchLanguage } from '../language.ts'
import { useSettled } from '../settled.ts'
import { readAccountLink } from './link.ts'

type Props = { kind: LinkKind; organisation: Promise<string | undefined> }

/** `/setup#TOKEN`, `/invitation#TOKEN` and `/reset#TOKEN`. */
export function AccountLinkRoute({ kind, organisation }: Props) {
  const name = useSettled(organisation)
  const title = accountLinkTitle(kind)
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <PageFrame organisation={name} onLanguage={() => void switchLanguage()} languageFailed={languageFailed.value}>
      <AccountLinkPage kind={kind} link={readAccountLink(location)} />
    </PageFrame>
  )
}
