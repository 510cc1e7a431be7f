import { m } from '../../paraglide/messages.js'
import type { Refusal } from '../../protocol/errors.ts'
import { Field } from '../ui/field.tsx'
import { AccountForm } from './account-form.tsx'
import type { AddressProblem } from './welcome-step.ts'

type Props = {
  typed: string
  onTyped: (text: string) => void
  onSubmit: () => void
  problem?: AddressProblem
  refusal?: Refusal
  checking: boolean
}

/** Asks for a link that leads to an account, or for the address of a server that has accounts. */
export function AddressForm({ typed, onTyped, onSubmit, problem, refusal, checking }: Props) {
  return (
    <AccountForm
      onSubmit={() => {
        if (!checking) onSubmit()
      }}
      pending={checking}
      refusal={refusal}
      action={m.setup_continue()}
      acting={m.setup_checking()}
    >
      <p>{m.setup_intro()}</p>
      <Field
        label={m.setup_address()}
        hint={m.setup_address_hint()}
        error={problem && problemWords(problem)}
        value={typed}
        onValue={onTyped}
        inputMode="url"
        autocomplete="off"
        autoFocus
      />
    </AccountForm>
  )
}

function problemWords(problem: AddressProblem): string {
  switch (problem) {
    case 'not-an-address':
      return m.setup_not_an_address()
    case 'insecure':
      return m.setup_insecure()
    case 'unreachable':
      return m.setup_unreachable()
    case 'not-deskside':
      return m.setup_not_deskside()
    case 'other-version':
      return m.setup_other_version()
    case 'not-set-up':
      return m.setup_not_set_up()
  }
}
