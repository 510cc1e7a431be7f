import { useEffect, useState } from 'preact/hooks'
import { questionOf } from '../../components/customer/oldest-question.ts'
import { PageFrame } from '../../components/customer/page-frame.tsx'
import { SharingBar } from '../../components/customer/sharing-bar.tsx'
import { Button } from '../../components/ui/button.tsx'
import { Notice } from '../../components/ui/notice.tsx'
import { m } from '../../paraglide/messages.js'
import { languageFailed, switchLanguage } from '../language.ts'
import { useSettled } from '../settled.ts'
import { BoardPart } from './board-part.tsx'
import { CallCard } from './call-card.tsx'
import { ChatCard } from './chat-card.tsx'
import { CheckConnection } from './check-connection.tsx'
import type { Join } from './join.ts'
import { later, laterFailed, loadLater } from './later.ts'
import { MainCard } from './main-card.tsx'
import { headline, surfaceSentence } from './sentences.ts'
import { technicianOf } from './state.ts'

type Props = { join: Join; organisation: Promise<string | undefined> }

/** `/` and `/12345#67890`: the state's own card, the chat, and what is always there. */
export function JoinPage({ join, organisation }: Props) {
  const [leaving, setLeaving] = useState(false)
  const known = useSettled(organisation)
  const parts = later.value
  const state = join.state.value
  const sharing = join.screen.sharing.value
  const name = state.kind === 'seated' ? state.organisation : known
  const technician = technicianOf(state) ?? name ?? m.product_name()
  const captured = state.kind === 'seated' && (sharing.kind === 'shared' || sharing.kind === 'held')
  const refused = state.kind === 'over' && state.why === 'not-asked'

  const card = state.kind === 'seated' && state.line.kind === 'waiting' ? 'waiting' : state.kind
  const question = questionOf(join.permissions.list.value)?.id

  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes the buttons may have taken the focus away
  useEffect(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('main h1')?.focus()
  }, [card, sharing.kind, question])

  return (
    <PageFrame
      organisation={name}
      onLanguage={() => void switchLanguage()}
      languageFailed={languageFailed.value}
      bar={
        <>
          <Bar join={join} technician={technician} />
          {parts && state.kind === 'seated' && (
            <parts.RecordingBar consents={join.permissions.list.value} onEnd={join.permissions.end} />
          )}
        </>
      }
      footer={
        <>
          <span>{m.customer_footer()}</span>
          {state.kind === 'seated' && <CheckConnection join={join} name={technician} />}
          {!refused && (
            <button type="button" class="page-link" onClick={() => join.tell({ type: 'quit', why: 'not-asked' })}>
              {m.customer_not_asked()}
            </button>
          )}
        </>
      }
    >
      <p class="unseen" role="status">
        {headline(state, name ?? m.product_name())}
      </p>
      {laterFailed.value && (
        <Notice
          tone="stop"
          title={m.customer_part_failed()}
          actions={<Button onClick={loadLater}>{m.customer_part_again()}</Button>}
        >
          {m.customer_part_failed_text()}
        </Notice>
      )}
      <CallCard join={join} name={technician} />
      <MainCard
        join={join}
        organisation={name ?? m.product_name()}
        onLeave={() => (captured && parts ? setLeaving(true) : join.tell({ type: 'quit', why: 'left' }))}
      />
      <BoardPart join={join} technician={technician} />
      {parts && <parts.FileNotices join={join} name={technician} />}
      <ChatCard join={join} name={technician} />
      {parts && <parts.FilesCard join={join} name={technician} />}
      {parts && leaving && state.kind === 'seated' && (
        <parts.LeaveDialog
          technician={technician}
          onStay={() => setLeaving(false)}
          onLeave={() => {
            setLeaving(false)
            join.tell({ type: 'quit', why: 'left' })
          }}
        />
      )}
    </PageFrame>
  )
}

/** While the browser captures a screen, whoever sees it. */
function Bar({ join, technician }: { join: Join; technician: string }) {
  const state = join.state.value
  const sharing = join.screen.sharing.value
  if (state.kind !== 'seated') return null
  if (sharing.kind === 'held') {
    return <SharingBar what={m.consent_held_bar()} shown={undefined} paused onStop={join.screen.stop} />
  }
  if (sharing.kind !== 'shared') return null
  const paused = state.line.kind !== 'live'
  const several = 1 + join.screen.further.value.length
  const stopSound = join.screen.sound.value ? join.screen.stopSound : undefined
  return (
    <SharingBar
      what={
        paused
          ? m.customer_bar_paused()
          : several > 1
            ? m.screens_visible({ count: several })
            : surfaceSentence(sharing.surface)
      }
      shown={{ technician, since: sharing.since, stopSound }}
      paused={paused}
      onStop={join.screen.stop}
    />
  )
}
