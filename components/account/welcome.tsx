import type { Signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { AccountKeeper } from '../../desk/account/account.ts'
import type { NewAccount } from '../../desk/account/new-account.ts'
import type { LastServer } from '../../desk/account/settings.ts'
import { m } from '../../paraglide/messages.js'
import { Notice } from '../ui/notice.tsx'
import { AddressForm } from './address-form.tsx'
import { ForgottenForm } from './forgotten-form.tsx'
import { InvitationForm } from './invitation-form.tsx'
import { LinkOver, linkOverTitle } from './link-over.tsx'
import { NewAccountKept } from './new-account.tsx'
import { RecoveryCode } from './recovery-code.tsx'
import { ResetForm } from './reset-form.tsx'
import { SetupForm } from './setup-form.tsx'
import { SignIn } from './sign-in.tsx'
import { WelcomeFrame } from './welcome-frame.tsx'
import { firstStep, follow, type Step } from './welcome-step.ts'

type Props = { account: AccountKeeper; last: LastServer | undefined; handed: Signal<string | undefined> }

/** First run, sign-up and sign-in: which server, then who. */
export function Welcome({ account, last, handed }: Props) {
  const [step, setStep] = useState<Step>(() => firstStep(last))
  const [made, setMade] = useState<NewAccount & { origin: string }>()
  const [typed, setTyped] = useState('')
  const life = useRef(new AbortController())
  useEffect(() => () => life.current.abort(), [])
  // Whoever signs in begins at the queue, not where the one before left.
  useEffect(() => history.replaceState(null, '', '#/'), [])
  const link = handed.value
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link is handed over once
  useEffect(() => {
    if (!link) return
    handed.value = undefined
    setTyped(link)
    void check(link)
  }, [link])

  async function check(text: string) {
    setStep({ kind: 'address', checking: true })
    const { signal } = life.current
    const next = await follow(text, last, signal).catch(() => undefined)
    if (next && !signal.aborted) setStep(next)
  }

  function anotherServer() {
    setTyped('')
    setStep({ kind: 'address', checking: false })
  }

  if (made) {
    return (
      <WelcomeFrame title={m.recovery_title()}>
        <NewAccountKept made={made} onKept={(reply) => void account.enter(made.origin, reply)} />
      </WelcomeFrame>
    )
  }
  const signIn = (origin: string, organisation: string | undefined, email: string, after: 'nothing' | 'reset') =>
    setStep({ kind: 'sign-in', origin, organisation, email, after })
  switch (step.kind) {
    case 'address':
      return (
        <WelcomeFrame title={m.setup_title()}>
          <AddressForm typed={typed} onTyped={setTyped} onSubmit={() => void check(typed)} {...step} />
        </WelcomeFrame>
      )
    case 'setup':
      return (
        <WelcomeFrame title={m.setup_form_title()} languages={false}>
          <SetupForm
            {...step}
            onDone={(account) => setMade({ ...account, origin: step.origin })}
            onSetupOver={() =>
              setStep({ kind: 'link-over', link: 'setup', origin: step.origin, organisation: undefined })
            }
            onBack={anotherServer}
          />
        </WelcomeFrame>
      )
    case 'invitation':
      return (
        <WelcomeFrame title={m.invitation_title({ organisation: step.invitation.organisation })} languages={false}>
          <InvitationForm
            {...step}
            onDone={(account) => setMade({ ...account, origin: step.origin })}
            onBack={anotherServer}
          />
        </WelcomeFrame>
      )
    case 'reset':
      return (
        <WelcomeFrame title={m.reset_title()}>
          <ResetForm
            {...step}
            onDone={(code) => {
              const { organisation, email } = step.account
              if (code) setStep({ kind: 'recovery-code', code, origin: step.origin, organisation, email })
              else signIn(step.origin, organisation, email, 'reset')
            }}
            onBack={anotherServer}
          />
        </WelcomeFrame>
      )
    case 'recovery-code':
      return (
        <WelcomeFrame title={m.recovery_title()}>
          <RecoveryCode
            code={step.code}
            of={step}
            onKept={() => signIn(step.origin, step.organisation, step.email, 'reset')}
          />
        </WelcomeFrame>
      )
    case 'link-over':
      return (
        <WelcomeFrame title={linkOverTitle(step.link)}>
          <LinkOver
            link={step.link}
            onSignIn={() => signIn(step.origin, step.organisation, '', 'nothing')}
            onAskAgain={() => setStep({ ...step, kind: 'forgotten', email: '' })}
            onBack={anotherServer}
          />
        </WelcomeFrame>
      )
    case 'sign-in':
      return (
        <WelcomeFrame title={m.account_sign_in()}>
          {step.after === 'reset' && <Notice tone="info" title={m.reset_done()} />}
          <SignIn
            {...step}
            onDone={(reply) => account.enter(step.origin, reply)}
            onForgotten={(email) => setStep({ ...step, kind: 'forgotten', email })}
            back={{ label: m.account_other_server(), onBack: anotherServer }}
          />
        </WelcomeFrame>
      )
    case 'forgotten':
      return (
        <WelcomeFrame title={m.forgotten_title()}>
          <ForgottenForm
            origin={step.origin}
            email={step.email}
            onPaste={anotherServer}
            onBack={(email) => signIn(step.origin, step.organisation, email, 'nothing')}
          />
        </WelcomeFrame>
      )
  }
}
