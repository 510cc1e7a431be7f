import { PRIORITIES } from '../../desk/queue/order.ts'
import type { Written } from '../../desk/queue/tickets.ts'
import { m } from '../../paraglide/messages.js'
import type { Details } from '../../protocol/details.ts'
import { Field } from '../ui/field.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { priorityName } from './queue-words.ts'

/** What is typed of a ticket. `tags`: with commas between them. */
export type DetailsDraft = Omit<Written, 'tags'> & { tags: string }

export function draftOf(details: Details | undefined): DetailsDraft {
  const { name = '', contact = '', request = '', priority = 'normal', tags = [] } = details ?? {}
  return { name, contact, request, priority, tags: tags.join(', ') }
}

const MAX_TAGS = 20
const MAX_TAG = 40

/** As it is kept: without spaces around, each tag once. */
export function writtenOf({ name, contact, request, priority, tags }: DetailsDraft): Written {
  const named = tags
    .split(/[,;\n]/)
    .map((tag) => tag.trim().slice(0, MAX_TAG))
    .filter(Boolean)
  return {
    name: name.trim(),
    contact: contact.trim(),
    request: request.trim(),
    priority,
    tags: [...new Set(named)].slice(0, MAX_TAGS),
  }
}

/** What of it is different. */
export function changesOf(before: Written, after: Written): Partial<Written> {
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
  return Object.fromEntries(
    Object.entries(after).filter(([key, value]) => !isSame(value, before[key as keyof Written])),
  )
}

type Props = { draft: DetailsDraft; onDraft: (draft: DetailsDraft) => void }

/** The customer and the request: the part of a ticket that is sealed. */
export function CustomerFields({ draft, onDraft }: Props) {
  const change = (part: Partial<DetailsDraft>) => onDraft({ ...draft, ...part })
  return (
    <>
      <Field
        label={m.queue_customer_name()}
        hint={m.queue_customer_name_hint()}
        value={draft.name}
        onValue={(name) => change({ name })}
        autocomplete="off"
        maxLength={120}
        autoFocus
      />
      <Field
        label={m.queue_contact()}
        hint={m.queue_contact_hint()}
        value={draft.contact}
        onValue={(contact) => change({ contact })}
        autocomplete="off"
        maxLength={200}
      />
      <Field
        label={m.queue_request()}
        value={draft.request}
        onValue={(request) => change({ request })}
        type="multiline"
        maxLength={2000}
      />
    </>
  )
}

/** How it is sorted. */
export function SortingFields({ draft, onDraft }: Props) {
  const change = (part: Partial<DetailsDraft>) => onDraft({ ...draft, ...part })
  return (
    <>
      <SelectField
        label={m.queue_priority()}
        value={draft.priority}
        options={PRIORITIES.map((value) => ({ value, name: priorityName(value) }))}
        onValue={(priority) => change({ priority })}
      />
      <Field
        label={m.queue_tags()}
        hint={m.queue_tags_hint()}
        value={draft.tags}
        onValue={(tags) => change({ tags })}
        autocomplete="off"
        maxLength={800}
      />
    </>
  )
}
