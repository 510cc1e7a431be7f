import type { Language, Lookup, Time } from '../../protocol/ids.ts'
import { type MailWord, sentence } from './words.ts'

/** What a mail is about. Who composes one says nothing of its form. */
export type Letter = { to: string; language: Language; organisation: string } & (
  | { kind: 'invitation'; inviter: string; link: string; expiresAt: Time }
  | { kind: 'code'; code: string }
  | { kind: 'reset'; link: string }
  | { kind: 'not-asked'; lookup: Lookup; group: string; technician: string | null; at: Time }
)

/** A piece of a mail, from which both its text and its HTML are made. */
export type Part =
  | { kind: 'sentence'; text: string }
  | { kind: 'aside'; text: string }
  | { kind: 'link'; label: string; link: string }
  | { kind: 'code'; code: string }

export type Composed = { subject: string; parts: Part[] }

/** The letter in its language. */
export function compose(letter: Letter): Composed {
  const { organisation } = letter
  const say = (word: MailWord, blanks: Record<string, string> = {}) =>
    sentence(letter.language, word, { organisation, ...blanks })
  const line = (word: MailWord, blanks?: Record<string, string>): Part => ({
    kind: 'sentence',
    text: say(word, blanks),
  })
  const aside = (word: MailWord): Part => ({ kind: 'aside', text: say(word) })
  switch (letter.kind) {
    case 'invitation': {
      const { inviter, link, expiresAt } = letter
      return {
        subject: say('mail_invitation_subject', { inviter }),
        parts: [
          line('mail_hello'),
          line('mail_invitation_text', { inviter }),
          line('mail_invitation_deskside'),
          { kind: 'link', label: say('mail_invitation_button'), link },
          line('mail_invitation_expires', { date: formatDate(letter.language, expiresAt) }),
          aside('mail_invitation_unexpected'),
          aside('mail_automatic'),
        ],
      }
    }
    case 'code':
      return {
        subject: say('mail_code_subject'),
        parts: [
          line('mail_hello'),
          line('mail_code_text'),
          { kind: 'code', code: letter.code },
          line('mail_code_expires'),
          aside('mail_code_unexpected'),
          aside('mail_automatic'),
        ],
      }
    case 'reset':
      return {
        subject: say('mail_reset_subject'),
        parts: [
          line('mail_hello'),
          line('mail_reset_text'),
          { kind: 'link', label: say('mail_reset_button'), link: letter.link },
          line('mail_reset_expires'),
          aside('mail_reset_unexpected'),
          aside('mail_automatic'),
        ],
      }
    case 'not-asked': {
      const { lookup, group, technician, at } = letter
      return {
        subject: say('mail_not_asked_subject'),
        parts: [
          line('mail_hello'),
          line('mail_not_asked_text', { lookup, group, date: formatDate(letter.language, at) }),
          technician === null ? line('mail_not_asked_nobody') : line('mail_not_asked_whose', { technician }),
          line('mail_not_asked_done'),
          line('mail_not_asked_do'),
          aside('mail_automatic'),
        ],
      }
    }
  }
}

/** In UTC, and saying so: nobody knows where the reader is. */
function formatDate(language: Language, time: Time): string {
  const locale = language === 'en' ? 'en-GB' : 'fr-FR'
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return `${format.format(time)} UTC`
}
