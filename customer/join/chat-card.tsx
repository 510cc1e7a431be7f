import { CallButton } from '../../components/call/call-button.tsx'
import { ChatPicture } from '../../components/customer/chat-picture.tsx'
import { Chat, type ChatEntry } from '../../components/ui/chat.tsx'
import { m } from '../../paraglide/messages.js'
import type { Join } from './join.ts'
import { eventSentence } from './sentences.ts'
import type { PictureState, ThreadEntry } from './thread.ts'

/** The chat, from the moment that the request arrived; afterwards it stays to be read. */
export function ChatCard({ join, name }: { join: Join; name: string }) {
  const thread = join.conversation.thread.value
  const problem = join.pictures.problem.value
  const state = join.state.value
  const open = state.kind === 'seated'
  const live = open && state.line.kind === 'live'
  if (!thread || (!open && thread.entries.length === 0)) return null
  return (
    <div class="card card-chat">
      <Chat
        entries={thread.entries.map((entry, index) => entryOf(entry, index, join.pictures.urls.value, name))}
        name={name}
        onSend={join.write}
        onPicture={(file) => void join.pictures.send(file)}
        extra={live && <CallButton call={join.call} name={name} />}
        closed={open ? undefined : m.customer_chat_closed()}
      />
      {problem && (
        <p class="field-error" role="alert">
          {problem.kind === 'too-many' ? m.media_chat_too_many() : m.media_chat_no_picture({ name: problem.name })}
        </p>
      )}
    </div>
  )
}

function entryOf(entry: ThreadEntry, index: number, urls: ReadonlyMap<string, string>, name: string): ChatEntry {
  if (entry.kind === 'message') {
    const { id, text, at } = entry.chat
    return { kind: 'message', id, text, at, mine: entry.mine, note: noteOf(entry) }
  }
  if (entry.kind === 'picture') {
    const { id, mine, at, state } = entry
    const words = mine ? m.media_chat_mine() : m.media_chat_from({ name })
    return {
      kind: 'picture',
      id,
      mine,
      at,
      note: pictureNote(state),
      picture: <ChatPicture url={urls.get(id)} name={words} />,
    }
  }
  return { kind: 'event', id: String(index), text: eventSentence(entry.what, entry.technician), at: entry.at }
}

function pictureNote(state: PictureState): string | undefined {
  switch (state) {
    case 'waiting':
      return m.chat_sending()
    case 'delivered':
      return undefined
    case 'too-many':
      return m.media_chat_too_many()
    case 'damaged':
    case 'no-picture':
      return m.media_chat_not_sent()
  }
}

function noteOf({ mine, delivered, heldFor }: Extract<ThreadEntry, { kind: 'message' }>): string | undefined {
  if (!mine || delivered) return undefined
  return heldFor ? m.chat_held() : m.chat_sending()
}
