import { useEffect } from 'preact/hooks'
import { PageFrame } from '../../components/customer/page-frame.tsx'
import { SetupPage } from '../../components/customer/setup-page.tsx'
import { m } from '../../paraglide/messages.js'
import { switchLanguage } from '../language.ts'
import { useSettled } from '../settled.ts'

type Props = { link: string | undefined; organisation: Promise<string | undefined> }

/** `/setup#TOKEN`. */
export function SetupRoute({ link, organisation }: Props) {
  const title = m.setup_page_title()
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <PageFrame organisation={useSettled(organisation)} onLanguage={switchLanguage}>
      <SetupPage link={link} />
    </PageFrame>
  )
}
