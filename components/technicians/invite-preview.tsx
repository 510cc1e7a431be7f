import type { JudgedRow } from '../../desk/people/invite-rows.ts'
import { m } from '../../paraglide/messages.js'
import { Pill } from '../ui/pill.tsx'
import { verdictWords } from './verdict-words.ts'

/** What will become of each row of a file; those with a problem first, or they would be lost among hundreds. */
export function InvitePreview({ judged }: { judged: readonly JudgedRow[] }) {
  const ready = judged.filter(({ verdict }) => verdict.kind === 'ready')
  const wrong = judged.filter(({ verdict }) => verdict.kind !== 'ready')
  return (
    <>
      <p role="status">{m.invite_preview({ ready: ready.length, wrong: wrong.length })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section class="invite-preview" aria-label={m.invite_preview_label()} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{m.invite_line()}</th>
              <th scope="col">{m.people_column_email()}</th>
              <th scope="col">{m.people_groups()}</th>
              <th scope="col">{m.people_column_role()}</th>
              <th scope="col">{m.people_column_two_step()}</th>
              <th scope="col">{m.invite_verdict()}</th>
            </tr>
          </thead>
          <tbody>
            {[...wrong, ...ready].map(({ row, verdict }) => (
              <tr key={row.line}>
                <td class="figures">{row.line}</td>
                <td class="invite-wraps">{row.email}</td>
                <td class="invite-wraps">{row.groups.join(', ')}</td>
                <td>{row.admin ? m.account_role_admin() : m.account_role_technician()}</td>
                <td>{row.twoStep ? m.people_two_step_required() : m.people_two_step_off()}</td>
                <td class="invite-wraps">
                  <Pill
                    tone={verdict.kind === 'ready' ? 'live' : 'stop'}
                    shape={verdict.kind === 'ready' ? 'dot' : 'square'}
                  >
                    {verdictWords(verdict)}
                  </Pill>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
