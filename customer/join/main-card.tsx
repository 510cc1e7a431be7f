import { CannotShare } from '../../components/customer/cannot-share.tsx'
import { CodeForm } from '../../components/customer/code-form.tsx'
import { HelperCard } from '../../components/customer/helper-card.tsx'
import { questionOf } from '../../components/customer/oldest-question.ts'
import { OverCard } from '../../components/customer/over-card.tsx'
import { ShareControls } from '../../components/customer/share-controls.tsx'
import { SharedNote } from '../../components/customer/shared-note.tsx'
import { WaitingCard } from '../../components/customer/waiting-card.tsx'
import { Button } from '../../components/ui/button.tsx'
import { m } from '../../paraglide/messages.js'
import { formatCode } from '../../protocol/code.ts'
import { mayJoinAgain, ratable } from './ending.ts'
import type { Join } from './join.ts'
import { later } from './later.ts'
import { sharedBefore } from './leaving.ts'
import { isBlocked } from './line.ts'
import { isPhone } from './phone.ts'
import { screenQuestion } from './screen-ledger.ts'
import { outcomeSentence, overFacts, overWords, problemSentence } from './sentences.ts'
import type { CustomerState } from './state.ts'

type Props = { join: Join; organisation: string; onLeave: () => void }

/** The card of the present state. */
export function MainCard({ join, organisation, onLeave }: Props) {
  const state = join.state.value
  const parts = later.value
  switch (state.kind) {
    case 'entering': {
      const { typed, problem } = state
      return (
        <CodeForm
          key="code"
          typed={typed}
          error={problem && problemSentence(problem)}
          until={problem && 'until' in problem ? problem.until : undefined}
          busy={false}
          onSubmit={(text) => join.tell({ type: 'submitted', text })}
        />
      )
    }
    case 'joining':
      return (
        <CodeForm
          key="code"
          typed={formatCode(state.code)}
          error={undefined}
          until={undefined}
          busy
          onSubmit={() => {}}
        />
      )
    case 'seated':
      return <SeatedCard state={state} join={join} onLeave={onLeave} />
    case 'over':
      if (state.why === 'not-asked') {
        const { stopped, told } = join.notAsked.state.value
        const onMistake = () => join.tell({ type: 'other-code' })
        if (!parts) return <RefusedCard />
        return <parts.NotAskedCard {...{ organisation, stopped, told, onMistake }} />
      }
      return (
        <>
          <OverCard
            {...overWords(state.why, organisation, state.technician)}
            facts={overFacts(state, organisation)}
            onAgain={mayJoinAgain(state) ? () => join.tell({ type: 'again' }) : undefined}
            onReload={state.why === 'version' ? () => location.reload() : undefined}
            onOtherCode={() => join.tell({ type: 'other-code' })}
          />
          {parts && ratable(state) && join.rating.asked() && (
            <parts.RatingPart join={join} organisation={organisation} technician={state.technician} />
          )}
          {parts && <parts.PermissionsCard consents={join.permissions.list.value} />}
        </>
      )
  }
}

/** The first words of that card, before the rest of it is there. */
function RefusedCard() {
  return (
    <section class="card">
      <h1 tabIndex={-1}>{m.customer_refused_heading()}</h1>
      <p>{m.customer_refused_lead()}</p>
    </section>
  )
}

type SeatedProps = { state: Extract<CustomerState, { kind: 'seated' }>; join: Join; onLeave: () => void }

function SeatedCard({ state, join, onLeave }: SeatedProps) {
  const { line, organisation, standing, socket } = state
  const reconnecting = socket.kind === 'reconnecting'
  const sharing = join.screen.sharing.value
  if (line.kind === 'waiting') {
    return (
      <WaitingCard {...{ organisation, standing, reconnecting }} since={line.since} gone={line.gone}>
        <Button onClick={onLeave}>{m.customer_waiting_leave()}</Button>
      </WaitingCard>
    )
  }
  const { technician } = line
  const linked = line.kind === 'live' || line.kind === 'cut'
  const parts = linked ? later.value : undefined
  const { list, answer, end } = join.permissions
  return (
    <>
      {parts && <parts.PermissionQuestion consents={list.value} onAnswer={answer} onFolder={join.files.share} />}
      <HelperCard
        {...{ technician, organisation, standing, reconnecting }}
        stage={line}
        sharing={sharing.kind === 'shared' || sharing.kind === 'held'}
        words={join.compare.words.value}
      >
        {line.kind === 'live' && <ScreenPart technician={technician} join={join} />}
        <div class="card-actions">
          {isBlocked(line) && !reconnecting && (
            <Button onClick={() => join.tell({ type: 'again' })}>{m.customer_over_again()}</Button>
          )}
          <Button onClick={onLeave}>{m.customer_helper_done()}</Button>
        </div>
      </HelperCard>
      {parts && <parts.PermissionsCard consents={list.value} onEnd={end} />}
    </>
  )
}

function ScreenPart({ technician, join }: { technician: string; join: Join }) {
  const { sharing, further, start, notNow, goOn, stop, stopFirst, add, notAnother, remove } = join.screen
  const now = sharing.value
  const parts = later.value
  // One question at a time, the one that waits longest.
  const turn = (questionOf(join.permissions.list.value)?.what ?? 'screen') === 'screen'
  const asked = turn && screenQuestion(join.permissions.list.value) !== undefined
  switch (now.kind) {
    case 'unable':
      return <CannotShare technician={technician} phone={isPhone(navigator)} asked={asked} />
    case 'shared':
      return (
        <>
          <SharedNote technician={technician} sound={join.screen.sound.value} />
          {parts && (
            <parts.FurtherScreens
              {...{ technician, first: now, screens: further.value }}
              asked={asked}
              onAdd={add}
              onNotNow={notAnother}
              onStop={remove}
              onStopFirst={stopFirst}
            />
          )}
          <p class="card-quiet">{m.line_keep_open()}</p>
        </>
      )
    case 'held':
      return parts && <parts.GoOnCard technician={technician} onGoOn={goOn} onStop={stop} />
    case 'idle':
    case 'choosing':
      return (
        <ShareControls
          technician={technician}
          asked={now.kind === 'idle' && asked}
          choosing={now.kind === 'choosing'}
          outcome={now.kind === 'idle' ? outcomeSentence(now.why, technician, sharedBefore) : undefined}
          onShare={start}
          onNotNow={notNow}
        />
      )
  }
}
