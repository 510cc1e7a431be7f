import { writeCsv } from '../../desk/csv.ts'
import type { InvitedRow } from '../../desk/people/inviting.ts'
import { linkIn } from '../../desk/people/outbox.ts'
import { m } from '../../paraglide/messages.js'
import type { OutboxReply } from '../../protocol/people.ts'
import { formatLocale } from '../ui/locale.ts'
import { saveFile } from '../ui/save-file.ts'
import { verdictWords } from './verdict-words.ts'

const header = () => [m.invite_csv_address(), m.invite_csv_group(), m.invite_csv_admin(), m.invite_csv_two_step()]
const flag = (on: boolean) => (on ? m.invite_csv_yes() : m.invite_csv_no())

/** A file to fill in: the header, and two people who do not exist. */
export async function downloadTemplate(): Promise<void> {
  const group = m.invite_csv_example_group()
  const rows = [
    header(),
    ['anna.martin@example.org', group, flag(false), flag(false)],
    ['tom.okafor@example.org', `${group}|${m.invite_csv_example_group_other()}`, flag(true), flag(true)],
  ]
  await save(m.invite_csv_template_file(), rows)
}

/** Who was invited, and who was not and why; it can be mended and read again. */
export async function downloadResult(rows: readonly InvitedRow[]): Promise<void> {
  const lines = rows.map(({ row, verdict }) => {
    // What was neither yes nor no must not come back as a no.
    const written = row.problem?.kind === 'not-yes-or-no' ? row.problem : undefined
    const [admin, twoStep] = [written?.admin ?? flag(row.admin), written?.twoStep ?? flag(row.twoStep)]
    return [row.email, row.groups.join('|'), admin, twoStep, verdictWords(verdict)]
  })
  await save(m.invite_csv_result_file(), [[...header(), m.invite_csv_result()], ...lines])
}

/** Every mail that waits, with its link: for who passes many of them on with tools of their own. */
export async function downloadMails(mails: OutboxReply['mails']): Promise<void> {
  const lines = mails.map(({ to, subject, text }) => [to, linkIn(text) ?? '', subject, text])
  const columns = [m.invite_csv_address(), m.outbox_csv_link(), m.outbox_csv_subject(), m.outbox_csv_text()]
  await save(m.outbox_csv_file(), [columns, ...lines])
}

async function save(name: string, rows: readonly (readonly string[])[]): Promise<void> {
  const file = new Blob([await writeCsv(rows, formatLocale())], { type: 'text/csv;charset=utf-8' })
  saveFile(name, file)
}
