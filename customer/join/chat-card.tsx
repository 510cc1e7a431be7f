import { Chat, type ChatEntry } from '../../components/ui/chat.tsx'
import { m } from '../../paraglide/messages.js'
import type { Join } from './join.ts'
import { eventSentence } from './sentences.ts'
import type { ThreadEntry } from './thread.ts'

/** The chat, from the moment that the request arrived; afterwards it stays to be read. */
export function ChatCard({ join, name }: { join: Join; name: string }) {
  const thread = join.conversation.thread.value
  const open = join.state.value.kind === 'seated'
  if (!thread || (!open && thread.entries.length === 0)) return null
  return (
    <div class="card card-chat">
      <Chat
        entries={thread.entries.map(entryOf)}
        name={name}
        onSend={join.write}
        closed={open ? undefined : m.customer_chat_closed()}
      />
    </div>
  )
}

function entryOf(entry: ThreadEntry, index: number): ChatEntry {
  if (entry.kind === 'message') {
    const { id, text, at } = entry.chat
    return { kind: 'message', id, text, at, mine: entry.mine, note: noteOf(entry) }
  }
  return { kind: 'event', id: String(index), text: eventSentence(entry.what, entry.technician), at: entry.at }
}

function noteOf({ mine, delivered, heldFor }: Extract<ThreadEntry, { kind: 'message' }>): string | undefined {
  if (!mine || delivered) return undefined
  return heldFor ? m.chat_held() : m.chat_sending()
}
