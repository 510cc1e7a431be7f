import './secret-sheet.css'
import { Printer } from 'lucide-preact'
import { useId } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { formatLocale } from '../ui/locale.ts'

/** Whose secret it is, as it is printed with it. */
export type SecretOf = { organisation: string; email: string }

type Props = { title: string; codes: readonly string[]; of: SecretOf }

/** Codes that are shown once, to be copied or printed; the print has nothing else of the page on it. */
export function SecretSheet({ title, codes, of }: Props) {
  const heading = useId()
  const date = new Date().toLocaleDateString(formatLocale(), { dateStyle: 'long' })
  return (
    <>
      <section class="secret-sheet" aria-labelledby={heading}>
        <h2 id={heading} class="secret-title">
          {title}
        </h2>
        <ul class="secret-codes">
          {codes.map((code) => (
            <li key={code} class="code">
              {code}
            </li>
          ))}
        </ul>
        <p class="secret-of">
          <span>
            {of.organisation} · {of.email}
          </span>
          <span>{date}</span>
        </p>
      </section>
      <div class="secret-actions">
        <CopyButton label={m.secret_copy()} text={codes.join('\n')} />
        <Button onClick={() => print()}>
          <Printer aria-hidden="true" />
          {m.secret_print()}
        </Button>
      </div>
    </>
  )
}
