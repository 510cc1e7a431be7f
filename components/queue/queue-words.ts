import type { Whose } from '../../desk/queue/filter.ts'
import type { QueueStatus } from '../../desk/queue/order.ts'
import type { Column } from '../../desk/queue/view.ts'
import { m } from '../../paraglide/messages.js'
import type { Priority } from '../../protocol/details.ts'

/** The words for what the queue's rules name. */

export function priorityName(priority: Priority): string {
  switch (priority) {
    case 'low':
      return m.queue_priority_low()
    case 'normal':
      return m.queue_priority_normal()
    case 'high':
      return m.queue_priority_high()
    case 'urgent':
      return m.queue_priority_urgent()
  }
}

export function statusName(status: QueueStatus): string {
  switch (status) {
    case 'waiting':
      return m.queue_group_waiting()
    case 'in-session':
      return m.queue_group_in_session()
    case 'absent':
      return m.queue_group_absent()
    case 'ended':
      return m.queue_group_ended()
  }
}

export function whoseName(whose: Whose): string {
  switch (whose) {
    case 'all':
      return m.queue_filter_all()
    case 'mine':
      return m.queue_filter_mine()
    case 'unassigned':
      return m.queue_filter_unassigned()
  }
}

export function columnName(column: Column): string {
  switch (column) {
    case 'group':
      return m.queue_group()
    case 'priority':
      return m.queue_priority()
    case 'tags':
      return m.queue_tags()
    case 'contact':
      return m.queue_contact()
    case 'created':
      return m.queue_created_column()
    case 'status':
      return m.queue_status()
    case 'due':
      return m.queue_due()
    case 'assignee':
      return m.queue_assignee()
  }
}
