import './helper-card.css'
import type { ComponentChildren } from 'preact'
import { m } from '../../paraglide/messages.js'
import type { Time } from '../../protocol/ids.ts'
import type { Standing } from '../../protocol/socket.ts'
import { Elapsed } from '../ui/elapsed.tsx'
import { Notice } from '../ui/notice.tsx'
import { Pill } from '../ui/pill.tsx'
import { CompareWords } from './compare-words.tsx'
import { useCountdown } from './countdown.ts'
import { StandingLine } from './standing-line.tsx'

type Stage =
  | { kind: 'pairing' | 'connecting' | 'blocked' | 'live' }
  | { kind: 'held'; until: Time }
  /** `blocked`: no way was found to make it anew either; it is tried again. */
  | { kind: 'cut'; since: Time; blocked?: true }

type Props = {
  technician: string
  organisation: string
  stage: Stage
  standing: Standing | undefined
  /** A screen was shown when the connection was cut. */
  sharing: boolean
  /** The server's socket is cut and comes back by itself. */
  reconnecting: boolean
  /** To be compared over the telephone; undefined until they are loaded. */
  words: readonly string[] | undefined
  /** What one can do now. */
  children?: ComponentChildren
}

/** Who helps, for which organisation, and how the connection stands. */
export function HelperCard({
  technician,
  organisation,
  stage,
  standing,
  sharing,
  reconnecting,
  words,
  children,
}: Props) {
  const wait = useCountdown(stage.kind === 'held' ? stage.until : undefined)
  // A desk that is open links by itself: that is not yet somebody who has turned to this request.
  const waiting = standing?.type !== 'answered' && !sharing
  return (
    <section class="card">
      <div class="helper">
        <span class="helper-initials" aria-hidden="true">
          {initials(technician)}
        </span>
        <div>
          <h1 tabIndex={-1}>
            {waiting ? m.customer_helper_told({ technician }) : m.customer_helper_heading({ technician })}
          </h1>
          <p class="helper-state">
            {organisation} <StatePill stage={stage} wait={wait} />
          </p>
        </div>
      </div>
      {waiting && <StandingLine standing={standing} />}
      {waiting && stage.kind === 'live' && <p>{m.customer_helper_not_yet({ technician })}</p>}
      {stage.kind === 'live' && <CompareWords technician={technician} words={words} />}
      {stage.kind === 'cut' && (
        <>
          <Notice tone="waiting" title={m.customer_helper_cut_heading()}>
            {sharing ? m.customer_helper_cut_sharing({ technician }) : m.customer_helper_cut_chat()}
          </Notice>
          {stage.blocked && <p>{m.customer_helper_blocked()}</p>}
          {stage.blocked && sharing && <p class="card-quiet">{m.customer_helper_blocked_sharing()}</p>}
          <p class="card-quiet">
            {m.customer_helper_cut_since()} <Elapsed since={stage.since} />
          </p>
        </>
      )}
      {stage.kind === 'blocked' && (
        <Notice tone="waiting" title={m.customer_helper_no_route()}>
          {m.customer_helper_blocked()}
        </Notice>
      )}
      {stage.kind === 'held' && <p>{m.customer_helper_held_why()}</p>}
      {(stage.kind === 'pairing' || stage.kind === 'connecting') &&
        (reconnecting ? (
          <Notice tone="waiting" title={m.customer_socket_reconnecting({ organisation })} />
        ) : (
          <p>{m.customer_helper_soon()}</p>
        ))}
      {children}
    </section>
  )
}

function StatePill({ stage, wait }: { stage: Stage; wait: string | undefined }) {
  switch (stage.kind) {
    case 'live':
      return <Pill tone="live">{m.customer_helper_connected()}</Pill>
    case 'cut':
      return <Pill tone="waiting">{m.customer_helper_cut()}</Pill>
    case 'connecting':
    case 'blocked':
      return <Pill tone="info">{m.customer_helper_connecting()}</Pill>
    case 'held':
      if (wait) return <Pill tone="waiting">{m.customer_helper_held({ wait })}</Pill>
      return <Pill tone="info">{m.customer_helper_pairing()}</Pill>
    case 'pairing':
      return <Pill tone="info">{m.customer_helper_pairing()}</Pill>
  }
}

/** `Marie Blanc` → `MB`; one word gives one letter. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase()
}
