import { useId } from 'preact/hooks'

/** A value that cannot be changed here; password managers find the account's name in it. */
export function FixedField({ label, value }: { label: string; value: string }) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} class="fixed" type="email" value={value} autocomplete="username" readOnly />
    </div>
  )
}
