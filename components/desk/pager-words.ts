import type { NoticeText } from '../../desk/browser/notifications.ts'
import { type Badge, badgeColour, badgeText } from '../../desk/pager/badge.ts'
import type { Call } from '../../desk/pager/calls.ts'
import type { Notice, Outcome } from '../../desk/pager/notices.ts'
import type { Facts } from '../../desk/pager/surface.ts'
import { m } from '../../paraglide/messages.js'
import { dueSentence } from '../queue/due-words.ts'
import { waitWords } from '../ui/refusal.ts'

/** What the pager says, for a toolbar and for notifications: short, and nothing that only the group may read. */

/** Below this somebody has only just come, in ms. */
const JUST_NOW_MS = 10_000

export function badgeWords(badge: Badge): { text: string; colour: string; title: string } {
  return { text: badgeText(badge), colour: badgeColour(badge), title: titleOf(badge) }
}

function titleOf(badge: Badge): string {
  switch (badge.kind) {
    case 'none':
      return m.pager_badge_none()
    case 'lost':
      return m.pager_badge_lost()
    case 'sign-in-over':
      return m.pager_badge_sign_in_over()
    case 'waiting':
      return badge.quiet ? m.pager_badge_quiet({ count: badge.count }) : m.pager_badge_waiting({ count: badge.count })
  }
}

export function noticeWords(notice: Notice, facts: Facts): NoticeText {
  switch (notice.kind) {
    case 'call': {
      const { call } = notice
      const isMine = call.whose === 'mine'
      return {
        title: m.pager_call_title({ lookup: call.lookup }),
        message: [
          facts.groupName(call.group),
          isMine ? m.pager_call_mine() : m.pager_call_nobody(),
          waited(facts, call),
        ]
          .filter(Boolean)
          .join(' · '),
        buttons: isMine ? [m.pager_open()] : [m.pager_open(), m.pager_assign()],
      }
    }
    case 'many':
      return {
        title: m.pager_many_title({ count: notice.calls.length }),
        message: [countsOf(notice.calls, facts), longest(notice.calls, facts)].filter(Boolean).join(' · '),
        buttons: [m.pager_open()],
      }
    case 'told': {
      const { title, message } = outcomeWords(notice.outcome)
      return { title: [title, notice.lookup].filter(Boolean).join(' · '), message, buttons: [m.pager_open()] }
    }
  }
}

function waited(facts: Facts, call: Call): string {
  const ms = facts.waitedMs(call)
  return ms < JUST_NOW_MS ? m.pager_just_now() : m.pager_waits({ wait: waitWords(ms) })
}

/** Of calls in their order: who waits longest is the first. */
function longest([first]: readonly Call[], facts: Facts): string {
  return first ? m.pager_many_longest({ wait: waitWords(facts.waitedMs(first)) }) : ''
}

/** `Support: 3, Field: 2`. */
function countsOf(calls: readonly Call[], facts: Facts): string {
  const counts = new Map<string, number>()
  for (const { group } of calls) {
    const name = facts.groupName(group)
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => m.pager_group_count({ name, count })).join(', ')
}

function outcomeWords(outcome: Outcome): { title: string; message: string } {
  switch (outcome.kind) {
    case 'mine':
      return { title: m.pager_mine_title(), message: m.pager_mine_text() }
    case 'taken': {
      const name = outcome.by ?? m.pager_taken_somebody()
      return { title: m.pager_taken_title({ name }), message: m.pager_taken_text() }
    }
    case 'ended':
      return { title: m.pager_ended_title(), message: m.pager_ended_text() }
    case 'silent': {
      const wait = waitWords(outcome.minutes * 60_000)
      return { title: m.pager_silent_title(), message: m.pager_silent_text({ wait }) }
    }
    case 'not-asked':
      return {
        title: m.consent_pager_title(),
        message: outcome.mine ? m.consent_pager_mine() : m.consent_pager_admin(),
      }
    case 'due':
      return {
        title: outcome.missed ? m.pager_due_missed_title() : m.pager_due_soon_title(),
        message: [
          dueSentence(outcome.target, outcome.missed),
          outcome.others > 0 ? m.pager_due_others({ count: outcome.others }) : '',
        ]
          .filter(Boolean)
          .join(' '),
      }
    case 'failed':
      return { title: m.pager_failed_title(), message: m.pager_failed_text() }
  }
}
