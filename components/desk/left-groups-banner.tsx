import type { LeftGroup } from '../../desk/rooms/left-groups.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useWorkplace } from './context.ts'

/** Says what became of this browser's copy of a group that one is not in any more. */
export function LeftGroupsBanner() {
  const { left, finish } = useWorkplace().desk.leftGroups
  return (
    <>
      {left.value.map((one) => (
        <LeftNotice key={one.group} left={one} onDone={() => void finish(one)} />
      ))}
    </>
  )
}

function LeftNotice({ left: { kind, name }, onDone }: { left: LeftGroup; onDone: () => void }) {
  const title = name === undefined ? m.left_group_unnamed() : m.left_group({ group: name })
  if (kind === 'removed') {
    return (
      <Notice tone="info" title={title} actions={<Button onClick={onDone}>{m.desk_dismiss()}</Button>}>
        {m.left_group_removed()}
      </Notice>
    )
  }
  return (
    <Notice
      tone="stop"
      title={title}
      actions={
        <Button kind="stop" onClick={onDone}>
          {m.left_group_remove()}
        </Button>
      }
    >
      {m.left_group_unsent()}
    </Notice>
  )
}
