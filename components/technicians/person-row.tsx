import { Component } from 'preact'
import { nameOf, type Person } from '../../desk/people/people-list.ts'
import { m } from '../../paraglide/messages.js'
import { Ago } from '../ui/ago.tsx'
import { locale } from '../ui/locale.ts'
import { PersonStatus } from './person-status.tsx'

type Props = {
  person: Person
  tabIndex: 0 | -1
  /** The search did not find it. */
  hidden: boolean
  /** Undefined where nothing can be selected. */
  selected: boolean | undefined
  onPick: (key: string, extend: boolean) => void
  onFocus: (key: string) => void
}

/** One row of the table, drawn anew only when something in it changes: there may be a thousand. */
export class PersonRow extends Component<Props> {
  #language = locale.peek()

  override shouldComponentUpdate(next: Props): boolean {
    const { person, tabIndex, hidden, selected } = this.props
    const language = locale.peek()
    const same = this.#language === language && samePerson(person, next.person)
    this.#language = language
    return !same || tabIndex !== next.tabIndex || hidden !== next.hidden || selected !== next.selected
  }

  override render({ person, tabIndex, hidden, selected, onPick, onFocus }: Props) {
    const { key } = person
    const name = nameOf(person)
    return (
      <tr
        data-key={key}
        tabIndex={tabIndex}
        hidden={hidden}
        aria-selected={selected}
        onFocus={() => onFocus(key)}
        onClick={(event) => {
          if (selected === undefined) return
          // Marking an address to copy it is no choice of a row.
          if (getSelection()?.isCollapsed === false && !event.shiftKey) return
          if (event.shiftKey) getSelection()?.removeAllRanges()
          onPick(key, event.shiftKey)
          event.currentTarget.focus({ preventScroll: true })
        }}
      >
        {selected !== undefined && (
          <td class="cell-check">
            {/* The row's own click is what selects; this shows it. */}
            <input type="checkbox" tabIndex={-1} aria-label={m.people_select({ name })} checked={selected} />
          </td>
        )}
        <td class="cell-name">{person.kind === 'technician' ? name : <em>{m.people_no_name_yet()}</em>}</td>
        <td class="cell-email">{person.email}</td>
        <td class="cell-groups">
          {person.groups.length > 0 ? (
            person.groups.map((group) => group.name).join(', ')
          ) : (
            <em>{m.people_in_no_group()}</em>
          )}
        </td>
        <td class="cell-role">{person.row.admin ? m.account_role_admin() : m.account_role_technician()}</td>
        <td class="cell-two-step" data-column={m.people_column_two_step()}>
          {twoStepWords(person)}
        </td>
        <td class="cell-status">
          <PersonStatus person={person} />
        </td>
        <td class="cell-seen">
          <Seen person={person} />
        </td>
      </tr>
    )
  }
}

/** Each answer of the server brings new objects: what counts is what is in them. */
function samePerson(one: Person, other: Person): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

function twoStepWords({ kind, row }: Person): string {
  if (kind === 'invitation') return row.twoStep ? m.people_two_step_required() : m.people_two_step_off()
  if (row.twoStep.on) return row.twoStep.required ? m.people_two_step_on_required() : m.people_two_step_on()
  return row.twoStep.required ? m.people_two_step_not_yet() : m.people_two_step_off()
}

function Seen({ person }: { person: Person }) {
  if (person.kind === 'invitation') {
    return (
      <>
        {person.row.expiresAt > Date.now() ? m.people_expires() : m.people_expired()} <Ago at={person.row.expiresAt} />
      </>
    )
  }
  if (person.row.online) return <>{m.people_online()}</>
  return person.row.lastSeenAt === null ? <em>{m.people_never_seen()}</em> : <Ago at={person.row.lastSeenAt} />
}
