import { openAuth } from '../../../signalling/auth.ts'
import { readConfig } from '../../../signalling/config.ts'
import { openLog } from '../../../signalling/log.ts'
import { openMail } from '../../../signalling/mail/mail.ts'
import { openDirectory } from '../../../signalling/media/directory.ts'
import { startDeliveries } from '../../../signalling/people/deliveries.ts'
import { makeApp } from '../../../signalling/routes/app.ts'
import { openSetup } from '../../../signalling/setup.ts'
import { makeHub } from '../../../signalling/socket/hub.ts'
import { openSqlite } from '../../../signalling/store/sqlite.ts'
import { makeThrottles } from '../../../signalling/throttle.ts'
import { makeLive } from '../../../signalling/tickets/live.ts'

/** Every route of the server as `METHOD /path`, from the app itself; `dataDir` is an empty folder for it. */
export async function listRoutes(dataDir: string): Promise<string[]> {
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' })
  const log = openLog(config)
  const store = await openSqlite(config.dataDir)
  const stopping = new AbortController()
  try {
    const auth = await openAuth(store, 's'.repeat(43))
    const setup = await openSetup(store, auth)
    const live = makeLive(config.limits)
    const mail = openMail(config, log, stopping.signal)
    const deliveries = startDeliveries({ config, log, store, mail, live }, stopping.signal)
    const throttles = makeThrottles(config.limits)
    const mediaPieces = openDirectory(dataDir)
    const services = { config, log, store, auth, setup, mail, deliveries, mediaPieces, throttles, hub: makeHub(), live }
    const { routes } = makeApp(services, 'http://localhost')
    return [...new Set(routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`))]
  } finally {
    stopping.abort()
    await store.close()
  }
}
