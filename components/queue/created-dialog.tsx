import { Mail } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { Written } from '../../desk/queue/tickets.ts'
import { m } from '../../paraglide/messages.js'
import { type Code, formatCode, formatLink } from '../../protocol/code.ts'
import { Language } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { LANGUAGE_NAMES, locale } from '../ui/locale.ts'
import { SelectField } from '../ui/select-field.tsx'
import { mailLink } from './mail-link.ts'

type Props = { code: Code; written: Pick<Written, 'name' | 'contact'>; onClose: () => void }

/** The code and the link of a ticket, to copy or to send. */
export function CreatedDialog({ code, written: { name, contact }, onClose }: Props) {
  const { origin, me } = useWorkplace().desk
  const [language, setLanguage] = useState<Language>(locale.value)
  const link = formatLink(origin, code)
  const about = { name, link, code: formatCode(code), host: new URL(origin).host, organisation: me.organisation }
  const words = { ...about, technician: me.name }
  const subject = m.queue_mail_subject(words, { locale: language })
  const text = name
    ? m.queue_mail_text_for(words, { locale: language })
    : m.queue_mail_text(words, { locale: language })
  return (
    <Dialog title={name ? m.queue_created_for({ name }) : m.queue_created()} onClose={onClose}>
      <p>{m.queue_created_text({ host: about.host })}</p>
      <p class="created-code code">{about.code}</p>
      <p class="created-link">{link}</p>
      <div class="created-mail">
        <SelectField
          label={m.queue_mail_language()}
          value={language}
          options={Language.options.map((value) => ({ value, name: LANGUAGE_NAMES[value] }))}
          onValue={setLanguage}
        />
        <a class="button button-plain" href={mailLink(contact, subject, text)}>
          <Mail aria-hidden="true" />
          {m.queue_mail_send()}
        </a>
      </div>
      <div class="dialog-actions">
        <CopyButton label={m.queue_copy_code()} text={about.code} />
        <CopyButton label={m.queue_copy_link()} text={link} kind="primary" focused />
        <Button onClick={onClose}>{m.desk_close()}</Button>
      </div>
    </Dialog>
  )
}
