import './chat.css'
import { type Signal, useSignal } from '@preact/signals'
import { Image } from 'lucide-preact'
import { type ComponentChildren, Fragment } from 'preact'
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
  | {
      kind: 'picture'
      id: string
      mine: boolean
      author?: string
      at: number
      note?: string | undefined
      picture: ComponentChildren
    }
  | { kind: 'event'; id: string; text: string; at: number }

type Props = {
  entries: readonly ChatEntry[]
  /** The other person, as shown. */
  name: string
  onSend: (text: string) => void
  /** Somebody has begun to write. */
  onBegin?: () => void
  /** Why nothing can be written now, as a sentence; absent when one may write. */
  closed?: string | undefined
  /** Texts to insert: shown above the draft when asked for, by its button or with `/` at the beginning of a line. */
  insertions?: Insertions | undefined
  /** A picture was chosen, pasted or dropped. */
  onPicture?: ((picture: File) => void) | undefined
  /** Another button beside the picture's. */
  extra?: ComponentChildren
  /** What is typed and not sent, where it outlives the chat that is shown. */
  draft?: Signal<string>
}

export type Insertions = {
  /** Of the button. */
  label: string
  /** @param close with the text that is inserted, or without any. @param by a `/` is not in the draft: some lines begin with one */
  show(close: (text?: string) => void, by: 'slash' | 'button'): ComponentChildren
}

/** So many lines are shown, and so many more each time that earlier ones are asked for. */
const PAGE = 200

/** The chat, the same for both sides: history above, one growing line below; Enter sends, Shift+Enter breaks the line. */
export function Chat({ entries, name, onSend, onBegin, closed, insertions, draft: kept, onPicture, extra }: Props) {
  const own = useSignal('')
  const draft = kept ?? own
  const history = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  /** Each time that it is opened is another one, so that it takes the focus. */
  const [inserting, setInserting] = useState<{ turn: number; by: 'slash' | 'button' }>()
  const over = draft.value.length - MAX_CHAT_TEXT
  const [shown, setShown] = useState(PAGE)
  const count = entries.length
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new entry is what scrolls
  useLayoutEffect(() => {
    // Once for each frame that is painted, however many entries came.
    const frame = requestAnimationFrame(() => history.current?.scrollTo({ top: history.current.scrollHeight }))
    return () => cancelAnimationFrame(frame)
  }, [count])

  function send() {
    const text = draft.value.trim()
    if (!text || over > 0 || closed) return
    onSend(text)
    draft.value = ''
  }

  /** What is no picture goes its usual way. */
  function takePictures(event: Event, from: DataTransfer | null) {
    const pictures = [...(from?.files ?? [])].filter(({ type }) => type.startsWith('image/'))
    if (!onPicture || closed || pictures.length === 0) return
    event.preventDefault()
    for (const picture of pictures) onPicture(picture)
  }

  /** At the cursor; it is not sent by itself. */
  function insert(text?: string) {
    setInserting(undefined)
    const area = field.current
    if (!area) return
    area.focus()
    if (text === undefined) return
    area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end')
    draft.value = area.value
  }

  return (
    <section
      class="chat"
      aria-label={m.chat_label()}
      onDragOver={(event) => onPicture && event.preventDefault()}
      onDrop={(event) => takePictures(event, event.dataTransfer)}
      onPaste={(event) => takePictures(event, event.clipboardData)}
    >
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
            <Said key={entry.id} entry={entry} name={name} />
          ),
        )}
      </div>
      {closed ? (
        <p class="chat-event">{closed}</p>
      ) : (
        <>
          {inserting && <Fragment key={inserting.turn}>{insertions?.show(insert, inserting.by)}</Fragment>}
          <form
            onSubmit={(event) => {
              event.preventDefault()
              send()
            }}
          >
            <textarea
              ref={field}
              rows={1}
              value={draft.value}
              aria-label={m.chat_placeholder({ name })}
              placeholder={m.chat_placeholder({ name })}
              aria-invalid={over > 0}
              onInput={(event) => {
                if (draft.value === '') onBegin?.()
                draft.value = event.currentTarget.value
              }}
              onKeyDown={(event) => {
                if (insertions && event.key === '/' && atLineStart(event.currentTarget)) {
                  event.preventDefault()
                  setInserting({ turn: (inserting?.turn ?? 0) + 1, by: 'slash' })
                  return
                }
                if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
                event.preventDefault()
                send()
              }}
            />
            {insertions && (
              <Button
                aria-expanded={inserting !== undefined}
                onClick={() => (inserting ? insert() : setInserting({ turn: 0, by: 'button' }))}
              >
                {insertions.label}
              </Button>
            )}
            {onPicture && <PictureChoice onPicture={onPicture} />}
            {extra}
            <Button type="submit" disabled={!draft.value.trim() || over > 0}>
              {m.chat_send()}
            </Button>
          </form>
        </>
      )}
      {over > 0 && (
        <p class="field-error" role="alert">
          {m.chat_too_long({ count: over })}
        </p>
      )}
    </section>
  )
}

/** Somebody's words, or picture. */
function Said({ entry, name }: { entry: Exclude<ChatEntry, { kind: 'event' }>; name: string }) {
  const { mine, author, at, note } = entry
  return (
    <div class={`chat-message ${mine ? 'mine' : ''}`} title={exactTime(at)}>
      {author && <strong class="chat-author">{author}</strong>}
      {!author && <span class="unseen">{mine ? m.chat_you() : name}: </span>}
      {entry.kind === 'message' ? entry.text : entry.picture}
      {note && <span class="chat-note">{note}</span>}
    </div>
  )
}

function PictureChoice({ onPicture }: { onPicture: (picture: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={m.media_chat_choose()}
        onChange={(event) => {
          const [picture] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (picture) onPicture(picture)
        }}
      />
      <Button aria-label={m.media_chat_choose()} title={m.media_chat_choose()} onClick={() => input.current?.click()}>
        <Image aria-hidden="true" />
      </Button>
    </>
  )
}

function atLineStart({ value, selectionStart }: HTMLTextAreaElement): boolean {
  return selectionStart === 0 || value[selectionStart - 1] === '\n'
}

function exactTime(at: number): string {
  return new Date(at).toLocaleString(formatLocale())
}
