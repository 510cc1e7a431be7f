import type { ReadonlySignal, Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { AccountKeeper } from '../../desk/account/account.ts'
import type { Leadership } from '../../desk/leader.ts'
import { m } from '../../paraglide/messages.js'
import { speak } from '../account/language-choice.tsx'
import { SignInOver } from '../account/sign-in-over.tsx'
import { Welcome } from '../account/welcome.tsx'
import { WelcomeFrame } from '../account/welcome-frame.tsx'
import { Button } from '../ui/button.tsx'
import { Workplace } from './workplace.tsx'

type Props = {
  account: AccountKeeper
  leadership: ReadonlySignal<Leadership>
  takeLead: () => void
  /** A link that the toolbar button brought along. */
  handed: Signal<string | undefined>
}

/** What the desk's page shows: one tab works, and it works for somebody who is signed in. */
export function App({ account, leadership, takeLead, handed }: Props) {
  const state = account.state.value
  const language = 'account' in state ? state.account.me.language : undefined
  useEffect(() => {
    if (language) speak(language)
  }, [language])
  if (leadership.value.kind === 'elsewhere') {
    return (
      <WelcomeFrame title={m.desk_elsewhere_title()}>
        <p>{m.desk_elsewhere_text()}</p>
        <Button kind="primary" onClick={takeLead}>
          {m.desk_elsewhere_take()}
        </Button>
      </WelcomeFrame>
    )
  }
  if (leadership.value.kind === 'asking' || state.kind === 'starting') return null
  if (state.kind === 'signed-out') return <Welcome account={account} last={state.last} handed={handed} />
  return (
    <>
      <Workplace account={account} of={state.account} tookLead={leadership.value.taken} handed={handed} />
      {state.kind === 'sign-in-over' && <SignInOver account={account} of={state.account} />}
    </>
  )
}
