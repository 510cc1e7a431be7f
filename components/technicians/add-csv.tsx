import { Download, FileUp } from 'lucide-preact'
import { MAX_CSV_FILE } from '../../desk/people/csv-file.ts'
import { type FileProblem, readPeopleFile } from '../../desk/people/csv-people.ts'
import type { JudgedRow } from '../../desk/people/invite-rows.ts'
import { m } from '../../paraglide/messages.js'
import { MAX_INVITATIONS } from '../../protocol/limits.ts'
import type { PeopleReply } from '../../protocol/people.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { formatLocale } from '../ui/locale.ts'
import { Notice } from '../ui/notice.tsx'
import { type AddDraft, withFile } from './add-draft.ts'
import { downloadTemplate } from './csv-download.ts'
import { useFileDrop } from './file-drop.ts'
import { GroupChoice } from './group-choice.tsx'
import { InvitePreview } from './invite-preview.tsx'

type Props = {
  draft: AddDraft
  onDraft: (part: Partial<AddDraft>) => void
  people: PeopleReply
  judged: readonly JudgedRow[]
}

/** A file of people: its template, where to drop it, what is in it, and what will become of each row. */
export function AddCsv({ draft, onDraft, people, judged }: Props) {
  const over = useFileDrop((file) => void take(file))
  const { file } = draft
  const rows = file?.read.kind === 'rows' ? file.read.rows : []

  async function take(chosen: File) {
    onDraft(withFile(chosen.name, await readPeopleFile(chosen), people))
  }

  return (
    <>
      <p>{m.invite_csv_text({ limit: MAX_INVITATIONS })}</p>
      <div class={`csv-drop ${over ? 'over' : ''}`}>
        <p>{file ? file.name : m.invite_csv_drop()}</p>
        <div class="csv-drop-actions">
          <label class="button csv-browse">
            <FileUp aria-hidden="true" />
            {file ? m.invite_csv_browse_again() : m.invite_csv_browse()}
            <input
              class="unseen"
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              onChange={(event) => {
                const { currentTarget: input } = event
                const chosen = input.files?.[0]
                if (chosen) void take(chosen)
                // The same file, mended, can be chosen again.
                input.value = ''
              }}
            />
          </label>
          <Button onClick={() => void downloadTemplate()}>
            <Download aria-hidden="true" />
            {m.invite_csv_template()}
          </Button>
        </div>
      </div>
      {file && file.read.kind !== 'rows' && (
        <Notice tone="stop" title={fileWords(file.read)}>
          {m.invite_csv_nothing_added()}
        </Notice>
      )}
      {file && file.unknown.length > 0 && (
        <fieldset class="checkboxes">
          <legend>{m.invite_csv_new_groups()}</legend>
          <p class="field-hint">{m.invite_csv_new_groups_hint()}</p>
          <div class="group-choice-list">
            {file.unknown.map((name) => (
              <Checkbox
                key={name}
                label={name}
                checked={draft.create.has(name)}
                onChecked={(checked) =>
                  onDraft({
                    create: new Set(
                      file.unknown.filter((known) => (known === name ? checked : draft.create.has(known))),
                    ),
                  })
                }
              />
            ))}
          </div>
        </fieldset>
      )}
      {rows.some(({ groups, problem }) => groups.length === 0 && !problem) && (
        <GroupChoice
          label={m.invite_csv_default_groups()}
          groups={people.groups}
          chosen={draft.groups}
          onChoose={(groups) => onDraft({ groups })}
          hint={draft.groups.size === 0 ? m.invite_no_group() : undefined}
        />
      )}
      {rows.length > 0 && <InvitePreview judged={judged} />}
    </>
  )
}

function fileWords(problem: FileProblem): string {
  switch (problem.kind) {
    case 'too-large':
      return m.invite_csv_too_large({ size: megabytes(problem.bytes), limit: megabytes(MAX_CSV_FILE) })
    case 'not-text':
      return m.invite_csv_not_text()
    case 'empty':
      return m.invite_csv_empty()
    case 'too-many-rows':
      return m.invite_csv_too_many({ count: problem.count, limit: MAX_INVITATIONS })
    case 'no-address-column':
      return m.invite_csv_no_address()
  }
}

function megabytes(bytes: number): string {
  const format = new Intl.NumberFormat(formatLocale(), {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  })
  return format.format(bytes / (1024 * 1024))
}
