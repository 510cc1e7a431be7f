import { useState } from 'preact/hooks'
import type * as v from 'valibot'
import { openKeys } from '../../desk/keys/own-keys.ts'
import type { Stretched } from '../../desk/keys/password.ts'
import type { SecondStep, SignedIn, SignInReply } from '../../protocol/account.ts'
import { PasswordForm } from './password-form.tsx'
import { RecoveryCode } from './recovery-code.tsx'
import { SecondStepForm } from './second-step-form.tsx'

type Step =
  | { kind: 'password' }
  | { kind: 'second-step'; step: v.InferOutput<typeof SecondStep>; keys: Stretched }
  /** The account had no keys: they were made just now. */
  | { kind: 'recovery-code'; code: string; reply: SignedIn }

type Props = {
  origin: string
  organisation: string | undefined
  /** The address of the last sign-in. */
  email: string
  /** Nobody else may sign in here. */
  fixed?: boolean
  onDone: (reply: SignedIn) => Promise<void>
  onForgotten?: (email: string) => void
  back: { label: string; onBack: () => void }
}

/** A whole sign-in: password, second step where it is asked for, and the keys of the account. */
export function SignIn({ origin, organisation, email, fixed = false, onDone, onForgotten, back }: Props) {
  const [step, setStep] = useState<Step>({ kind: 'password' })
  const [typed, setTyped] = useState(email)

  async function take(reply: SignInReply, keys: Stretched, signal: AbortSignal) {
    if (reply.kind === 'second-step') return setStep({ kind: 'second-step', step: reply, keys })
    const opened = await openKeys(origin, reply, keys, signal)
    if (opened.kind !== 'made') return onDone(reply)
    setStep({ kind: 'recovery-code', code: opened.recoveryCode, reply })
  }

  switch (step.kind) {
    case 'password':
      return (
        <PasswordForm
          origin={origin}
          organisation={organisation}
          email={typed}
          fixed={fixed}
          onReply={(reply, keys, used, signal) => {
            setTyped(used)
            return take(reply, keys, signal)
          }}
          onForgotten={onForgotten}
          back={back}
        />
      )
    case 'second-step':
      return (
        <SecondStepForm
          origin={origin}
          email={typed}
          step={step.step}
          onDone={(reply, signal) => take(reply, step.keys, signal)}
          onBack={() => setStep({ kind: 'password' })}
        />
      )
    case 'recovery-code':
      return (
        <RecoveryCode
          code={step.code}
          of={{ organisation: step.reply.me.organisation, email: step.reply.me.email }}
          onKept={() => void onDone(step.reply)}
        />
      )
  }
}
