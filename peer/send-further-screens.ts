import type { ConsentId } from '../protocol/consent.ts'
import type { CapturedScreen } from './further-screens.ts'
import type { CustomerLink } from './live-link.ts'
import type { Negotiation } from './negotiate.ts'
import { createProjector } from './projector.ts'
import type { RestingScreens } from './resting-screens.ts'
import type { ScreenShare } from './share.ts'
import { sleep } from './sleep.ts'

/** On a new link the first screen has the line for itself until then. */
const FIRST_FIRST_MS = 1000

type Line = { mid: string; project: ReturnType<typeof createProjector>; shows: ConsentId | undefined }

type Parts = {
  share: Pick<ScreenShare, 'state' | 'further' | 'onChange'>
  resting: RestingScreens
  link: Pick<CustomerLink, 'connection' | 'send' | 'signal'>
  negotiation: Negotiation
}

/** Gives the link a line for each further screen, or one that has come free, and says which is where. */
export function sendFurtherScreens({ share, resting, link, negotiation: { agree } }: Parts) {
  const { further } = share
  const { connection, send, signal } = link
  const lines: Line[] = []
  const ready = sleep(FIRST_FIRST_MS, signal)
  ready.catch(() => {})
  let last: Promise<void> = Promise.resolve()
  const follow = () => {
    last = last.then(put).catch(() => {})
  }
  further.onChange(follow, signal)
  // The mode is one for all.
  share.onChange(follow, signal)
  resting.onChange(() => {
    for (const screen of further.list) {
      const line = lineOf(screen.id)
      if (line) project(line, screen)
    }
  })
  if (further.list.length > 0) follow()

  async function put() {
    for (const line of lines) if (!further.list.some(({ id }) => id === line.shows)) clear(line)
    for (const screen of further.list) {
      const line = lineOf(screen.id) ?? lines.find(({ shows }) => !shows) ?? (await addLine(screen.id))
      if (!line) continue
      line.shows = screen.id
      project(line, screen)
    }
    if (lines.length > 0) tell()
  }

  function tell() {
    const screens = further.list.flatMap(({ track: _, ...screen }) => {
      const line = lineOf(screen.id)
      return line ? [{ ...screen, mid: line.mid }] : []
    })
    send({ type: 'screens', screens })
  }

  function lineOf(id: ConsentId) {
    return lines.find(({ shows }) => shows === id)
  }

  function project({ project: show }: Line, { number, surface, since, track }: CapturedScreen) {
    const { state } = share
    if (state.kind !== 'shared') return
    show({ state: { kind: 'shared', number, surface, since, mode: state.mode }, track }, resting.rests(number))
  }

  function clear(line: Line) {
    line.shows = undefined
    line.project({ state: { kind: 'not-shared', why: 'stopped' }, track: undefined })
  }

  /** Where the two do not agree on it, nobody would see that screen: it is given up. */
  async function addLine(id: ConsentId): Promise<Line | undefined> {
    await ready
    signal.throwIfAborted()
    const added = connection.addTransceiver('video', { direction: 'sendonly' })
    try {
      await agree()
      if (added.mid === null) throw new Error('a line without a name')
      const line = { mid: added.mid, project: createProjector(added.sender), shows: undefined }
      lines.push(line)
      return line
    } catch (cause) {
      added.stop()
      if (signal.aborted) throw cause
      further.remove(id)
      return undefined
    }
  }
}
