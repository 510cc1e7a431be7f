import './permissions-card.css'
import { m } from '../../paraglide/messages.js'
import type { Consent, ConsentId } from '../../protocol/consent.ts'
import type { Time } from '../../protocol/ids.ts'
import { Button } from '../ui/button.tsx'
import { Elapsed } from '../ui/elapsed.tsx'
import { formatLocale } from '../ui/locale.ts'
import { outcomeWords, topicName } from './permission-words.ts'

type Props = {
  consents: readonly Consent[]
  /** Absent where nothing is open any more. */
  onEnd?: (id: ConsentId) => void
}

/** What the customer allows now, each with its Stop, and what became of the rest. */
export function PermissionsCard({ consents, onEnd }: Props) {
  if (consents.every(({ state }) => state.kind === 'asked')) return null
  return (
    <section class="card" aria-label={m.consent_yours()}>
      {onEnd && <Held consents={consents} onEnd={onEnd} />}
      <Past consents={consents} label={onEnd ? m.consent_past : m.consent_past_over} />
    </section>
  )
}

function Held({ consents, onEnd }: Required<Props>) {
  const held = consents.flatMap((consent) =>
    consent.state.kind === 'granted' ? [{ ...consent, since: consent.state.at }] : [],
  )
  return (
    <>
      <h2>{m.consent_yours()}</h2>
      {held.length === 0 && <p class="card-quiet">{m.consent_nothing_now()}</p>}
      {held.length > 0 && (
        <ul class="permissions-held">
          {held.map(({ id, what, detail, to, since }) => (
            <li key={id}>
              <span>
                <strong>{detail ? m.consent_about({ what: topicName(what), detail }) : topicName(what)}</strong>
                <span>
                  {to} · <Elapsed since={since} />
                </span>
              </span>
              <Button aria-label={m.consent_stop_what({ what: topicName(what) })} onClick={() => onEnd(id)}>
                {m.consent_stop()}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** What was asked and is over, folded away. */
function Past({ consents, label }: { consents: readonly Consent[]; label: (inputs: { count: number }) => string }) {
  const past = consents.filter(({ state }) => state.kind !== 'asked' && state.kind !== 'granted')
  if (past.length === 0) return null
  return (
    <details class="permissions-past">
      <summary>{label({ count: past.length })}</summary>
      <ol>
        {past.map((consent) => (
          <li key={consent.id}>
            <strong>{topicName(consent.what)}</strong>
            {' · '}
            {consent.asked === undefined
              ? m.consent_you_offered({ technician: consent.to })
              : m.consent_they_asked({ technician: consent.to })}{' '}
            {outcomeWords(consent)} <Span consent={consent} />
          </li>
        ))}
      </ol>
    </details>
  )
}

function Span({ consent: { state } }: { consent: Consent }) {
  if (state.kind === 'asked') return null
  if (state.kind !== 'ended') return <Clock at={state.at} />
  return (
    <>
      <Clock at={state.granted} />–<Clock at={state.at} />
    </>
  )
}

function Clock({ at }: { at: Time }) {
  const exact = new Date(at)
  return (
    <time class="figures" dateTime={exact.toISOString()}>
      {exact.toLocaleTimeString(formatLocale(), { hour: '2-digit', minute: '2-digit' })}
    </time>
  )
}
