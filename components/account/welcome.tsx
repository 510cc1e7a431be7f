import type { Signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { AccountKeeper } from '../../desk/account.ts'
import { readAddress } from '../../desk/address.ts'
import { checkServer } from '../../desk/server.ts'
import type { LastServer } from '../../desk/settings.ts'
import { m } from '../../paraglide/messages.js'
import type { InstanceReply } from '../../protocol/http.ts'
import { AddressForm, type AddressProblem } from './address-form.tsx'
import { SetupForm } from './setup-form.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { WelcomeFrame } from './welcome-frame.tsx'

type Step =
  | { kind: 'address'; problem: AddressProblem | undefined; checking: boolean }
  | { kind: 'set-up'; origin: string; setupToken: string; instance: InstanceReply }
  | { kind: 'sign-in'; origin: string; organisation: string | undefined; setupOver: boolean }

type Props = { account: AccountKeeper; last: LastServer | undefined; handed: Signal<string | undefined> }

/** First run and sign-in: which server, then who. */
export function Welcome({ account, last, handed }: Props) {
  const [step, setStep] = useState<Step>(() => begin(last))
  const [typed, setTyped] = useState('')
  const life = useRef(new AbortController())
  useEffect(() => () => life.current.abort(), [])
  const link = handed.value
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link is handed over once
  useEffect(() => {
    if (!link) return
    handed.value = undefined
    setTyped(link)
    void check(link)
  }, [link])

  async function check(text: string) {
    const address = readAddress(text)
    if (address.kind === 'not-an-address' || address.kind === 'insecure') {
      return setStep({ kind: 'address', problem: address.kind, checking: false })
    }
    setStep({ kind: 'address', problem: undefined, checking: true })
    const { signal } = life.current
    const found = await checkServer(address.origin, signal).catch(() => undefined)
    if (!found || signal.aborted) return
    if (found.kind !== 'deskside') return setStep({ kind: 'address', problem: found.kind, checking: false })
    const { instance } = found
    const { origin } = address
    if (instance.ready) {
      const organisation = instance.organisation ?? undefined
      return setStep({ kind: 'sign-in', origin, organisation, setupOver: address.kind === 'setup' })
    }
    if (address.kind === 'server') return setStep({ kind: 'address', problem: 'not-set-up', checking: false })
    setStep({ kind: 'set-up', origin, setupToken: address.setupToken, instance })
  }

  function anotherServer() {
    setTyped('')
    setStep({ kind: 'address', problem: undefined, checking: false })
  }

  switch (step.kind) {
    case 'address':
      return (
        <WelcomeFrame title={m.setup_title()}>
          <AddressForm typed={typed} onTyped={setTyped} onSubmit={() => void check(typed)} {...step} />
        </WelcomeFrame>
      )
    case 'set-up':
      return (
        <WelcomeFrame title={m.setup_form_title()}>
          <SetupForm
            {...step}
            onDone={(reply) => account.enter(step.origin, reply)}
            onSetupOver={() =>
              setStep({ kind: 'sign-in', origin: step.origin, organisation: undefined, setupOver: true })
            }
            onBack={anotherServer}
          />
        </WelcomeFrame>
      )
    case 'sign-in':
      return (
        <WelcomeFrame title={m.account_sign_in()}>
          <SignInForm
            origin={step.origin}
            organisation={step.organisation}
            setupOver={step.setupOver}
            email={last?.origin === step.origin ? last.email : ''}
            onDone={(reply) => account.enter(step.origin, reply)}
            onBack={anotherServer}
          />
        </WelcomeFrame>
      )
  }
}

function begin(last: LastServer | undefined): Step {
  return last
    ? { kind: 'sign-in', origin: last.origin, organisation: undefined, setupOver: false }
    : { kind: 'address', problem: undefined, checking: false }
}
