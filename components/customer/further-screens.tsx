import { m } from '../../paraglide/messages.js'
import type { ConsentId } from '../../protocol/consent.ts'
import { MAX_FURTHER_SCREENS } from '../../protocol/limits.ts'
import { FIRST_SCREEN, type FurtherScreen, type Surface } from '../../protocol/screens.ts'
import { screenName } from '../screens/screen-name.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import './further-screens.css'

type Props = {
  technician: string
  /** Of the first screen. */
  surface: Surface
  screens: readonly Pick<FurtherScreen, 'id' | 'number' | 'surface'>[]
  /** The technician asks for another one and waits for an answer. */
  asked: boolean
  onAdd: () => void
  onNotNow: () => void
  onStop: (id: ConsentId) => void
}

/** What is visible beside the first screen, each with its Stop, and how another is shown. */
export function FurtherScreens({ technician, surface, screens, asked, onAdd, onNotNow, onStop }: Props) {
  const room = screens.length < MAX_FURTHER_SCREENS
  return (
    <>
      {screens.length > 0 && (
        <ul class="further-screens" aria-label={m.screens_customer_list()}>
          <li>{screenName({ number: FIRST_SCREEN, surface })}</li>
          {screens.map((screen) => (
            <li key={screen.number}>
              {screenName(screen)}
              <Button onClick={() => onStop(screen.id)}>{m.screens_stop({ screen: screenName(screen) })}</Button>
            </li>
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
