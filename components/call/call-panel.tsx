import './call.css'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import type { CallControl } from './call-control.ts'
import { CallTalk } from './call-talk.tsx'
import { endingSentence, faultSentence } from './call-words.ts'
import { useRest } from './rest-words.ts'
import { WishButtons } from './wish-buttons.tsx'

type Props = { call: CallControl; name: string; muteKey?: string }

/** A call from the question to its end; nothing where there is none. `name`: the other side's. */
export function CallPanel({ call: { now, choosing, does }, name, muteKey }: Props) {
  const state = now.value
  const rest = useRest(state)
  if (!state || !does) return null
  const { call, opening, fault } = state
  const lacksDevice = fault !== undefined && 'device' in fault
  const told = fault && <p class="call-fault">{faultSentence(fault)}</p>
  if (opening) {
    return (
      <section class="call" aria-label={m.call_with({ name })}>
        <p role="status">{m.call_opening()}</p>
        <div class="call-actions">
          <Button onClick={call.kind === 'ringing' ? does.decline : does.end}>{m.call_cancel()}</Button>
        </div>
      </section>
    )
  }
  switch (call.kind) {
    case 'on':
      return <CallTalk {...{ state, call, does, name, muteKey }} />
    case 'asking':
      return (
        <section class="call" aria-label={m.call_with({ name })}>
          <p role="status">{m.call_asking({ name })}</p>
          {told}
          <div class="call-actions">
            <Button onClick={does.end}>{m.call_take_back()}</Button>
          </div>
        </section>
      )
    case 'ringing': {
      const title = call.video ? m.call_rings_video({ name }) : m.call_rings_voice({ name })
      return (
        <section class="call call-rings" aria-labelledby={`call-${call.id}`}>
          <div role="alert">
            <h2 id={`call-${call.id}`}>{title}</h2>
          </div>
          {fault ? <div role="alert">{told}</div> : <p>{m.call_rings_means({ name })}</p>}
          <div class="call-actions">
            <WishButtons listen={lacksDevice} onWish={(wish) => void does.accept(wish)} />
            <Button onClick={does.decline}>{m.call_no()}</Button>
          </div>
        </section>
      )
    }
    case 'none': {
      if (choosing.value || fault) {
        const close = () => {
          choosing.value = false
          does.dismiss()
        }
        return (
          <section class="call" aria-labelledby="call-how">
            <h2 id="call-how">{m.call_how({ name })}</h2>
            {rest && <p>{rest}</p>}
            {fault && <div role="alert">{told}</div>}
            {!rest && !fault && <p>{m.call_how_text()}</p>}
            <div class="call-actions">
              {!rest && <WishButtons listen={lacksDevice} onWish={(wish) => void does.ask(wish)} />}
              <Button onClick={close}>{m.call_cancel()}</Button>
            </div>
          </section>
        )
      }
      const ended = call.last && endingSentence(call.last, name)
      if (!ended) return null
      return (
        <Notice tone="info" title={ended} actions={<Button onClick={does.dismiss}>{m.call_dismiss()}</Button>}>
          {call.last?.kind === 'resting' && (rest ?? m.call_again_now())}
        </Notice>
      )
    }
  }
}
