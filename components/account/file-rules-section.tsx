import { useEffect, useState } from 'preact/hooks'
import * as v from 'valibot'
import { m } from '../../paraglide/messages.js'
import { FileRules } from '../../protocol/file-rules.ts'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Field } from '../ui/field.tsx'
import { Refused } from '../ui/refused.tsx'
import { wholeNumber } from '../ui/whole-number.ts'
import { AccountSection } from './account-section.tsx'
import { useAttempt } from './attempt.ts'

/** What is typed; the size stays while its box is off. */
type Draft = { limits: boolean; megabytes: string; types: string }

const MEGABYTE = 1_000_000
const USUAL_MEGABYTES = '100'

function draftOf({ largest, refused }: FileRules): Draft {
  return {
    limits: largest !== null,
    megabytes: largest === null ? USUAL_MEGABYTES : String(Math.round(largest / MEGABYTE)),
    types: refused.join(', '),
  }
}

/** What the draft stands for, which the schema may refuse. Types are taken as people write them: `.EXE; bat`. */
function rulesOf({ limits, megabytes, types }: Draft): FileRules {
  return {
    largest: limits ? wholeNumber(megabytes) * MEGABYTE : null,
    refused: types
      .split(/[\s,;]+/)
      .map((type) => type.replace(/^\*?\./, '').toLowerCase())
      .filter(Boolean),
  }
}

/** Which files customers and technicians may exchange: for admins. */
export function FileRulesSection() {
  const { fileRules } = useWorkplace().desk
  const [draft, setDraft] = useState<Draft>()
  const [wrong, setWrong] = useState<ReadonlySet<unknown>>(new Set())
  const { refusal, attempt } = useAttempt()
  const [kept, setKept] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is refused is told the same way each time
  useEffect(() => {
    const life = new AbortController()
    void attempt(async () => setDraft(draftOf(await fileRules.read(life.signal))), life.signal)
    return () => life.abort()
  }, [fileRules])

  function change(part: Partial<Draft>) {
    setKept(false)
    if (draft) setDraft({ ...draft, ...part })
  }

  async function set(typed: Draft) {
    const read = v.safeParse(FileRules, rulesOf(typed))
    setWrong(new Set(read.issues?.map(({ path }) => path?.[0]?.key)))
    await attempt(async () => {
      if (!read.success) return
      setDraft(draftOf(await fileRules.set(read.output)))
      setKept(true)
    })
  }

  return (
    <AccountSection title={m.file_rules_title()}>
      <p>{m.file_rules_text()}</p>
      {draft && (
        <form
          class="admin-form"
          onSubmit={(event) => {
            event.preventDefault()
            void set(draft)
          }}
        >
          <Checkbox label={m.file_rules_limit()} checked={draft.limits} onChecked={(limits) => change({ limits })} />
          {draft.limits && (
            <Field
              class="admin-number"
              label={m.file_rules_megabytes()}
              error={wrong.has('largest') ? m.file_rules_megabytes_wrong() : undefined}
              value={draft.megabytes}
              onValue={(megabytes) => change({ megabytes })}
              inputMode="numeric"
              autocomplete="off"
              maxLength={5}
            />
          )}
          <Field
            label={m.file_rules_types()}
            hint={m.file_rules_types_text()}
            error={wrong.has('refused') ? m.file_rules_types_wrong() : undefined}
            value={draft.types}
            onValue={(types) => change({ types })}
            autocomplete="off"
            maxLength={2000}
          />
          <div class="account-actions">
            <Button type="submit">{m.file_rules_save()}</Button>
          </div>
        </form>
      )}
      <p role="status">{kept && m.file_rules_saved()}</p>
      {refusal && <Refused refusal={refusal} />}
    </AccountSection>
  )
}
