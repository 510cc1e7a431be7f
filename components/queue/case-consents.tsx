import './case-consents.css'
import { type LedgerLine, ledgerOf, type Standing } from '../../desk/case/consent-ledger.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayOpenCase } from '../../desk/queue/rights.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import type { ConsentId } from '../../protocol/consent.ts'
import type { Time } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'
import { ComparePill } from '../session/compare-pill.tsx'
import { Button } from '../ui/button.tsx'
import { formatLocale } from '../ui/locale.ts'
import { Pill } from '../ui/pill.tsx'
import { shortTime } from '../ui/short-time.ts'
import { aboutWords, enderWords } from './consent-words.ts'
import { customerName } from './customer-name.ts'

type Props = { entry: QueueEntry; attendance: Attendance | undefined }

/** What the customer was asked and allowed: who asked, the answer, from when to when, and who ended it. */
export function CaseConsents({ entry, attendance }: Props) {
  const { people } = useWorkplace().desk
  const lines = useLedger(entry, attendance)
  const name = customerName(entry.details)
  if (!mayOpenCase(entry.header, people.looker.value)) return <p class="consents field-hint">{m.consent_closed()}</p>
  const giveUp = attendance?.state.value.kind === 'live' ? attendance.consents.end : undefined
  return (
    <section class="consents" aria-label={m.consent_label()}>
      {attendance && <ComparePill attendance={attendance} />}
      {lines.length === 0 && <p class="field-hint">{m.consent_empty({ name })}</p>}
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <ol tabIndex={0}>
          {lines.map((line) => (
            <ConsentLine key={line.id} line={line} name={name} onGiveUp={giveUp} />
          ))}
        </ol>
      )}
    </section>
  )
}

/** The ledger of a ticket as this desk reads it, live and later. */
export function useLedger(entry: QueueEntry, attendance: Attendance | undefined): LedgerLine[] {
  const { sessions, people } = useWorkplace().desk
  const { header, presence } = entry
  if (!mayOpenCase(header, people.looker.value)) return []
  const { consents, history } = sessions.history(header.id, header.group)
  const linked = attendance?.state.value.kind === 'live'
  return ledgerOf({
    kept: consents.list.value,
    history: history.value,
    now: linked ? attendance.consents.now.value : undefined,
    inSession: presence.kind === 'in-session',
  })
}

type LineProps = { line: LedgerLine; name: string; onGiveUp: ((id: ConsentId) => void) | undefined }

/** One permission: about what, who asked, and how it stands or ended. */
export function ConsentLine({ line, name, onGiveUp }: LineProps) {
  const { id, asked, to, standing } = line
  const about = aboutWords(line)
  return (
    <li>
      <div class="consent-head">
        <strong>{about}</strong>
        <StandingPill standing={standing} />
        {onGiveUp && standing.kind === 'granted' && (
          <Button aria-label={m.consent_give_up_what({ what: about })} onClick={() => onGiveUp(id)}>
            {m.consent_give_up()}
          </Button>
        )}
        {onGiveUp && standing.kind === 'asked' && (
          <Button aria-label={m.consent_take_back_what({ what: about })} onClick={() => onGiveUp(id)}>
            {m.consent_take_back()}
          </Button>
        )}
      </div>
      <span class="consent-fact">
        {asked === undefined ? m.consent_offered_to({ name, who: to }) : m.consent_asked_by({ who: to })}
        {asked !== undefined && (
          <>
            {' '}
            <Moment at={asked} />
          </>
        )}
      </span>
      <Answer standing={standing} name={name} />
    </li>
  )
}

function StandingPill({ standing }: { standing: Standing }) {
  switch (standing.kind) {
    case 'asked':
      return <Pill tone="waiting">{m.consent_state_asked()}</Pill>
    case 'granted':
      return <Pill tone="live">{m.consent_state_granted()}</Pill>
    case 'refused':
      return (
        <Pill tone="stop" shape="square">
          {m.consent_state_refused()}
        </Pill>
      )
    case 'unanswered':
      return (
        <Pill tone="offline" shape="ring">
          {m.consent_state_unanswered()}
        </Pill>
      )
    case 'ended':
      return (
        <Pill tone="offline" shape="ring">
          {m.consent_state_ended()}
        </Pill>
      )
  }
}

function Answer({ standing, name }: { standing: Standing; name: string }) {
  switch (standing.kind) {
    case 'asked':
      return null
    case 'unanswered':
      return standing.at === undefined ? null : (
        <span class="consent-fact">
          {m.consent_unanswered_at()} <Moment at={standing.at} />
        </span>
      )
    case 'refused':
      return (
        <span class="consent-fact">
          {m.consent_refused_by({ name })} <Moment at={standing.at} />
        </span>
      )
    case 'granted':
      return (
        <span class="consent-fact">
          {m.consent_granted_from()} <Moment at={standing.at} />
        </span>
      )
    case 'ended':
      return (
        <span class="consent-fact">
          {m.consent_granted_from()} <Moment at={standing.granted} /> {standing.at !== undefined && m.consent_until()}{' '}
          {standing.at !== undefined && <Moment at={standing.at} />} · {enderWords(standing.by, name)}
        </span>
      )
  }
}

function Moment({ at }: { at: Time }) {
  const exact = new Date(at)
  return (
    <time dateTime={exact.toISOString()} title={exact.toLocaleString(formatLocale())}>
      {shortTime(at)}
    </time>
  )
}
