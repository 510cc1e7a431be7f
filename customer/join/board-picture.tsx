import { useEffect, useRef } from 'preact/hooks'
import { BoardLayer } from '../../components/board/board-layer.tsx'
import type { Drawing } from '../../components/board/drawing.ts'
import { PicturePlace } from '../../components/board/picture-place.tsx'
import { m } from '../../paraglide/messages.js'
import type { SharedBoard } from '../../peer/board/shared-board.ts'
import { BLANK, type SurfaceId } from '../../protocol/board.ts'

type Props = {
  shared: SharedBoard
  surface: SurfaceId
  drawing: Drawing | undefined
  /** What is shared, to be drawn over. */
  track: MediaStreamTrack | undefined
  /** A picture that shows the very page on which it is would show itself in itself, for ever: small, and only now and then a new one. */
  still: boolean
}

/** The drawings with what they are about. */
export function BoardPicture({ shared, surface, drawing, track, still }: Props) {
  if (surface === BLANK) {
    return (
      <div class="board-sheet">
        <BoardLayer {...{ shared, surface, drawing }} />
      </div>
    )
  }
  if (!track) return null
  return (
    <div class={`board-mirror ${still ? 'board-mirror-still' : ''}`}>
      <Mirror {...{ shared, surface, drawing, track, still }} />
    </div>
  )
}

function Mirror({ shared, surface, drawing, track, still }: Omit<Props, 'track'> & { track: MediaStreamTrack }) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current
    if (!element) return
    // Of its own: the technician's picture goes on whatever happens to this one.
    element.srcObject = new MediaStream([track])
    void element.play().catch(() => {})
    return () => {
      element.srcObject = null
    }
  }, [track])
  useEffect(() => {
    const element = video.current
    if (!element || !still) return
    const life = new AbortController()
    const renew = () => void renewPicture(element, life.signal)
    shared.board.onChange(renew, life.signal)
    element.addEventListener('loadeddata', renew, { signal: life.signal })
    renew()
    return () => {
      life.abort()
      void element.play().catch(() => {})
    }
  }, [shared, still])
  return (
    <>
      <video ref={video} muted playsInline aria-label={m.board_customer_mirror()} />
      <PicturePlace video={video}>
        <BoardLayer {...{ shared, surface, drawing }} />
      </PicturePlace>
    </>
  )
}

/** Plays until the next picture has come, and stops there. */
async function renewPicture(video: HTMLVideoElement, signal: AbortSignal) {
  await video.play().catch(() => {})
  if (signal.aborted) return
  video.requestVideoFrameCallback(() => !signal.aborted && video.pause())
}
