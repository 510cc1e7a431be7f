import './chat.css'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { MAX_CHAT_TEXT } from '../../protocol/limits.ts'
import { Button } from './button.tsx'
import { formatLocale } from './locale.ts'

/**
 * One line of the chat: somebody's words, or something that happened. `at` in ms since 1970; `author`: a colleague, who wrote it on
 * one's own side.
 */
export type ChatEntry =
  | {
      kind: 'message'
      id: string
      mine: boolean
      author?: string
      text: string
      at: number
      /** What is to be said of it, as that it is on its way. */
      note?: string | undefined
    }
  | { kind: 'event'; id: string; text: string; at: number }

type Props = {
  entries: readonly ChatEntry[]
  /** The other person, as shown. */
  name: string
  onSend: (text: string) => void
  /** Why nothing can be written now, as a sentence; absent when one may write. */
  closed?: string | undefined
}

/** So many lines are shown, and so many more each time that earlier ones are asked for. */
const PAGE = 200

/** The chat, the same for both sides: history above, one growing line below; Enter sends, Shift+Enter breaks the line. */
export function Chat({ entries, name, onSend, closed }: Props) {
  const [draft, setDraft] = useState('')
  const history = useRef<HTMLDivElement>(null)
  const over = draft.length - MAX_CHAT_TEXT
  const [shown, setShown] = useState(PAGE)
  const count = entries.length
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new entry is what scrolls
  useLayoutEffect(() => {
    // Once for each frame that is painted, however many entries came.
    const frame = requestAnimationFrame(() => history.current?.scrollTo({ top: history.current.scrollHeight }))
    return () => cancelAnimationFrame(frame)
  }, [count])

  function send() {
    const text = draft.trim()
    if (!text || over > 0 || closed) return
    onSend(text)
    setDraft('')
  }

  return (
    <section class="chat" aria-label={m.chat_label()}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div class="chat-history" role="log" aria-label={m.chat_history({ name })} tabIndex={0} ref={history}>
        {count > shown && (
          <Button onClick={() => setShown(shown + PAGE)}>{m.chat_earlier({ count: count - shown })}</Button>
        )}
        {entries.slice(-shown).map((entry) =>
          entry.kind === 'event' ? (
            <p key={entry.id} class="chat-event" title={exactTime(entry.at)}>
              {entry.text}
            </p>
          ) : (
            <p key={entry.id} class={`chat-message ${entry.mine ? 'mine' : ''}`} title={exactTime(entry.at)}>
              {entry.author && <strong class="chat-author">{entry.author}</strong>}
              {!entry.author && <span class="unseen">{entry.mine ? m.chat_you() : name}: </span>}
              {entry.text}
              {entry.note && <span class="chat-note">{entry.note}</span>}
            </p>
          ),
        )}
      </div>
      {closed ? (
        <p class="chat-event">{closed}</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            send()
          }}
        >
          <textarea
            rows={1}
            value={draft}
            aria-label={m.chat_placeholder({ name })}
            placeholder={m.chat_placeholder({ name })}
            aria-invalid={over > 0}
            onInput={(event) => setDraft(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
              event.preventDefault()
              send()
            }}
          />
          <Button type="submit" disabled={!draft.trim() || over > 0}>
            {m.chat_send()}
          </Button>
        </form>
      )}
      {over > 0 && (
        <p class="field-error" role="alert">
          {m.chat_too_long({ count: over })}
        </p>
      )}
    </section>
  )
}

function exactTime(at: number): string {
  return new Date(at).toLocaleString(formatLocale())
}
