import type { ComponentChildren } from 'preact'
import { m } from '../../paraglide/messages.js'
import type { Time } from '../../protocol/ids.ts'
import type { Standing } from '../../protocol/socket.ts'
import { Elapsed } from '../ui/elapsed.tsx'
import { Notice } from '../ui/notice.tsx'
import { Pill } from '../ui/pill.tsx'
import { StandingLine } from './standing-line.tsx'

type Props = {
  organisation: string
  since: Time
  standing: Standing | undefined
  /** The technician who was here and went away. */
  gone: string | undefined
  /** The server's socket is cut and comes back by itself. */
  reconnecting: boolean
  /** The way out. */
  children: ComponentChildren
}

/** Nobody is here yet: the request arrived, and this is what will happen. */
export function WaitingCard({ organisation, since, standing, gone, reconnecting, children }: Props) {
  return (
    <section class="card">
      <h1 tabIndex={-1}>{m.customer_waiting_heading({ organisation })}</h1>
      <p>
        <Pill tone="waiting">
          {m.customer_waiting_since()} <Elapsed since={since} />
        </Pill>
      </p>
      <StandingLine standing={standing} />
      {reconnecting && <Notice tone="waiting" title={m.customer_socket_reconnecting({ organisation })} />}
      <p>{gone ? m.customer_waiting_back({ technician: gone }) : m.customer_waiting_lead()}</p>
      <h2>{m.customer_waiting_next()}</h2>
      <ol class="steps">
        <li>{m.customer_waiting_step_name()}</li>
        <li>{m.customer_waiting_step_chat()}</li>
        <li>{m.customer_waiting_step_screen()}</li>
      </ol>
      {children}
    </section>
  )
}
