import { m } from '../../paraglide/messages.js'

/** So many names are read at a glance. */
const SHOWN = 8

/** The only name, or how many there are, in the words of `many`. */
export function manyOrName(names: readonly string[], many: (blanks: { count: number }) => string): string {
  const [only] = names
  return names.length === 1 && only !== undefined ? only : many({ count: names.length })
}

/** Whom a dialog is about, where its title names no single person. */
export function PeopleNames({ names }: { names: readonly string[] }) {
  if (names.length === 1) return null
  const rest = names.slice(SHOWN)
  return (
    <>
      <p class="people-names">{names.slice(0, SHOWN).join(', ')}</p>
      {rest.length > 0 && (
        <details class="people-names">
          <summary>{m.people_names_more({ count: rest.length })}</summary>
          <p>{rest.join(', ')}</p>
        </details>
      )}
    </>
  )
}
