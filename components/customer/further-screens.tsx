import { m } from '../../paraglide/messages.js'
import type { ConsentId } from '../../protocol/consent.ts'
import { MAX_FURTHER_SCREENS } from '../../protocol/limits.ts'
import type { FurtherScreen } from '../../protocol/screens.ts'
import { screenName } from '../screens/screen-name.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import './further-screens.css'

type Props = {
  technician: string
  first: Pick<FurtherScreen, 'number' | 'surface'>
  screens: readonly Pick<FurtherScreen, 'id' | 'number' | 'surface'>[]
  /** The technician asks for another one and waits for an answer. */
  asked: boolean
  onAdd: () => void
  onNotNow: () => void
  onStop: (id: ConsentId) => void
  onStopFirst: () => void
}

/** What is visible where it is more than one screen, each with its Stop, and how another is shown. */
export function FurtherScreens({ technician, first, screens, asked, onAdd, onNotNow, onStop, onStopFirst }: Props) {
  const room = screens.length < MAX_FURTHER_SCREENS
  return (
    <>
      {screens.length > 0 && (
        <ul class="further-screens" aria-label={m.screens_customer_list()}>
          <Visible screen={first} onStop={onStopFirst} />
          {screens.map((screen) => (
            <Visible key={screen.number} screen={screen} onStop={() => onStop(screen.id)} />
          ))}
        </ul>
      )}
      {asked ? (
        <Notice
          tone="info"
          title={m.screens_customer_asked({ technician })}
          actions={
            <>
              {room && (
                <Button kind="primary" onClick={onAdd}>
                  {m.screens_add()}
                </Button>
              )}
              <Button onClick={onNotNow}>{m.customer_share_not_now()}</Button>
            </>
          }
        />
      ) : (
        room && <Button onClick={onAdd}>{m.screens_add()}</Button>
      )}
    </>
  )
}

function Visible({ screen, onStop }: { screen: Props['first']; onStop: () => void }) {
  const name = screenName(screen)
  return (
    <li>
      {name}
      <Button onClick={onStop}>{m.screens_stop({ screen: name })}</Button>
    </li>
  )
}
