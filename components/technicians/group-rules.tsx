import { m } from '../../paraglide/messages.js'
import type { GroupSettings } from '../../protocol/people.ts'
import { waitWords } from '../ui/refusal.ts'
import { spanWords } from '../ui/span-words.ts'

/** How a group's queue runs by itself, for everybody who works in it. */
export function GroupRules({ group }: { group: GroupSettings }) {
  return (
    <p class="team-hint team-rules">
      {assignmentRule(group.assignment)} {silenceRule(group.silentMinutes)} {answerRule(group.answerMinutes)}{' '}
      {resolveRule(group.resolveMinutes)}
    </p>
  )
}

function assignmentRule(assignment: GroupSettings['assignment']): string {
  switch (assignment) {
    case 'off':
      return m.people_group_rules_off()
    case 'round-robin':
      return m.people_group_rules_round_robin()
    case 'least-busy':
      return m.people_group_rules_least_busy()
  }
}

function silenceRule(minutes: number | null): string {
  if (minutes === null) return m.people_group_rules_no_silence()
  return m.people_group_rules_silence({ wait: waitWords(minutes * 60_000) })
}

function answerRule(minutes: number | null): string {
  return minutes === null ? '' : m.people_group_rules_answer({ span: spanWords(minutes) })
}

function resolveRule(minutes: number | null): string {
  return minutes === null ? '' : m.people_group_rules_resolve({ span: spanWords(minutes) })
}
