import type { Auth } from './auth.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import type { Mail } from './mail/mail.ts'
import type { MediaPieces } from './media/pieces.ts'
import type { Deliveries } from './people/deliveries.ts'
import type { Setup } from './setup.ts'
import type { Hub } from './socket/hub.ts'
import type { Store } from './store/store.ts'
import type { Throttles } from './throttle.ts'
import type { Live } from './tickets/live.ts'

/** What routes and messages work with; made once in `server.ts`. */
export type Services = {
  config: Config
  log: Log
  store: Store
  auth: Auth
  setup: Setup
  mail: Mail
  /** Invitations on their way to the mail server. */
  deliveries: Deliveries
  mediaPieces: MediaPieces
  throttles: Throttles
  hub: Hub
  live: Live
}
