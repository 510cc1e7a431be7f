import type { PastedAddress } from '../../desk/address.ts'
import type { ServerCheck } from '../../desk/server.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'

/** Why an address leads nowhere. */
export type AddressProblem =
  | Exclude<PastedAddress['kind'], 'setup' | 'server'>
  | Exclude<ServerCheck['kind'], 'deskside'>
  /** A fresh server, without its setup link. */
  | 'not-set-up'

type Props = {
  typed: string
  onTyped: (text: string) => void
  onSubmit: () => void
  problem: AddressProblem | undefined
  checking: boolean
}

/** Asks for the setup link, or for the address of a server that has accounts. */
export function AddressForm({ typed, onTyped, onSubmit, problem, checking }: Props) {
  return (
    <form
      class="account-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!checking) onSubmit()
      }}
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
      <Button kind="primary" type="submit" aria-disabled={checking}>
        {checking ? m.setup_checking() : m.setup_continue()}
      </Button>
    </form>
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
