import { createPortal } from 'preact/compat'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { TicketBoard } from '../../desk/board/ticket-board.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { lookedAt } from '../../desk/session/screens.ts'
import { m } from '../../paraglide/messages.js'
import { BLANK } from '../../protocol/board.ts'
import { drawnOn, type Surface } from '../../protocol/screens.ts'
import { createDrawing } from '../board/drawing.ts'
import { paintAnnotations } from '../board/paint-annotations.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { useSnapshots } from '../media/use-snapshots.tsx'
import { screenName } from '../screens/screen-name.ts'
import { Button } from '../ui/button.tsx'
import { Figures } from './figures.tsx'
import { LineNotice } from './line-notice.tsx'
import { usePopOut } from './pop-out.ts'
import { ScreenTabs } from './screen-tabs.tsx'
import { SessionTools } from './session-tools.tsx'
import { SoundPlayer } from './sound-player.tsx'
import { Stage } from './stage.tsx'
import { actual, FIT, type Size, scaleOf, type View, zoom } from './view.ts'

type Change = (view: View, stage: Size, picture: Size) => View

type Props = { entry: QueueEntry; attendance: Attendance; board: TicketBoard; name: string }

/** The picture with its tools: what full screen shows. */
export function SessionMain({ entry, attendance, board, name }: Props) {
  const drawing = useMemo(() => createDrawing(board.me), [board])
  const [view, setView] = useState<View>(FIT)
  const [figures, showFigures] = useState(false)
  const [tools, showTools] = useState(() => innerWidth > 760)
  const element = useRef<HTMLElement>(null)
  const { body: out, ...popOut } = usePopOut(m.session_screen_of({ name }))
  const snapshots = useSnapshots(entry, attendance, () =>
    drawing.blank.peek() ? paintAnnotations(board, BLANK) : undefined,
  )
  const state = attendance.state.value
  const shared = state.kind === 'live' && state.screen.kind === 'shared' ? state.screen : undefined
  const picture = shared !== undefined

  const looked = lookedAt(attendance.screens)
  const first = drawnOn(attendance.screens.first.value)
  const surface = picture && looked !== 'all' ? drawnOn(looked) : undefined

  // Of the first screen pictures are taken with all side by side, and where a recording goes on without this page.
  useEffect(() => {
    const { annotations } = attendance.looking
    annotations.value = paintAnnotations(board, surface ?? first)
    return () => {
      annotations.value = paintAnnotations(board, first)
    }
  }, [attendance, board, surface, first])

  /** The video that is shown, and the stage around it, wherever they are. */
  function sizes(): [Size, Size, number] {
    const video = (out ?? element.current)?.querySelector<HTMLVideoElement>('.stage-picture > video')
    const stage = video?.parentElement
    return [
      { width: stage?.clientWidth ?? 0, height: stage?.clientHeight ?? 0 },
      { width: video?.videoWidth ?? 0, height: video?.videoHeight ?? 0 },
      video?.ownerDocument.defaultView?.devicePixelRatio ?? 1,
    ]
  }

  function change(by: Change) {
    const [stage, shown] = sizes()
    setView((before) => by(before, stage, shown))
  }

  function showActual() {
    const [, , ratio] = sizes()
    change((before, stage, shown) => actual(before, stage, shown, ratio))
  }

  function toggleFullScreen() {
    if (document.fullscreenElement) return void document.exitFullscreen()
    // Refused by a policy of the browser: the picture stays where it is.
    element.current?.requestFullscreen().catch(() => {})
  }

  const does = {
    fit: () => setView(FIT),
    actual: showActual,
    zoomIn: () => change((before, stage, shown) => zoom(before, stage, shown, 1)),
    zoomOut: () => change((before, stage, shown) => zoom(before, stage, shown, -1)),
    fullScreen: toggleFullScreen,
    figures: () => showFigures(!figures),
    popOut: popOut.open,
    fold: () => showTools(!tools),
  }
  useShortcuts(
    picture
      ? {
          f: view.kind === 'fit' ? does.actual : does.fit,
          0: does.actual,
          '+': does.zoomIn,
          '=': does.zoomIn,
          '-': does.zoomOut,
          F: does.fullScreen,
          i: does.figures,
          o: does.popOut,
          s: snapshots.take,
          u: does.fold,
        }
      : { u: does.fold },
  )

  const stage = (
    <>
      <LineNotice attendance={attendance} name={name} />
      <Stage {...{ entry, attendance, board, drawing, name, view }} onView={change} />
    </>
  )
  return (
    <main class="session-main" ref={element}>
      <SoundPlayer sound={attendance.sound} name={name} />
      {shared && <ScreenTabs attendance={attendance} surface={shared.surface} onLook={does.fit} />}
      {out ? (
        <div class="stage stage-empty">
          <p class="stage-title">{m.session_is_out()}</p>
          <Button onClick={popOut.close}>{m.session_take_back()}</Button>
        </div>
      ) : (
        stage
      )}
      {out && createPortal(stage, out)}
      {figures && shared && <Figures quality={attendance.quality.value} screen={named(shared.surface)} />}
      {snapshots.told}
      <SessionTools
        {...{ attendance, board, drawing, name, does }}
        ticket={entry.header.id}
        onSnapshot={snapshots.take}
        scale={view.kind === 'fit' ? undefined : Math.round(scaleNow() * 100)}
        shown={{ figures, tools, out: out !== undefined, surface }}
      />
    </main>
  )

  /** Of which screen the figures tell, where there are several: of the first one with all side by side. */
  function named(first: Surface): string | undefined {
    const further = attendance.screens.further.value
    if (further.length === 0) return undefined
    const seen = further.find(({ number }) => number === looked)
    return screenName(seen ?? { number: attendance.screens.first.value, surface: first })
  }

  /** In pixels of this screen for one of theirs. */
  function scaleNow(): number {
    const [stageSize, shown, ratio] = sizes()
    return scaleOf(view, stageSize, shown) * ratio
  }
}
