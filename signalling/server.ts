import './heap.ts'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { openAuth } from './auth.ts'
import type { Config } from './config.ts'
import { endAllSessions, endLostSessions, startSessionLog } from './log/session-log.ts'
import { openLog } from './log.ts'
import { openMail } from './mail/mail.ts'
import { openDirectory } from './media/directory.ts'
import { openS3 } from './media/s3.ts'
import { startMediaSweep } from './media/sweeping.ts'
import { startDeliveries } from './people/deliveries.ts'
import { startRetention } from './retention/keeping.ts'
import { makeApp } from './routes/app.ts'
import type { Services } from './services.ts'
import { openSetup } from './setup.ts'
import { acceptSockets } from './socket/accept.ts'
import { startHeartbeat } from './socket/heartbeat.ts'
import { makeHub } from './socket/hub.ts'
import { CLOSE, dismiss } from './socket/send.ts'
import { StartError, systemErrorCode } from './start-error.ts'
import { keepAuthSecret } from './store/auth-secret.ts'
import { failLostDeliveries } from './store/invitations.ts'
import { openStore } from './store/open.ts'
import { makeThrottles } from './throttle.ts'
import { startCustomerNews } from './tickets/customer-news.ts'
import { makeLive } from './tickets/live.ts'
import { startSilenceWatch } from './tickets/silence-watch.ts'
import { startSweeping } from './tickets/sweeping.ts'

/**
 * A running server: `url` is the origin in links, `port` the one that it listens on.
 * `setupLink` is there only while there is no admin. `close` ends it; again is no harm.
 * `lost` resolves where another server took the database over; this one has closed then.
 */
export type RunningServer = {
  url: string
  port: number
  setupLink: string | undefined
  lost: Promise<StartError>
  close(): Promise<void>
}

/**
 * Opens the store, listens and serves, until `close` or the signal.
 * @throws StartError with one sentence for the operator.
 */
export async function startServer(config: Config, signal?: AbortSignal): Promise<RunningServer> {
  const startedAt = Date.now()
  const log = openLog(config)
  const taken = Promise.withResolvers<StartError>()
  const store = await openStore(config, log, taken.resolve)
  const server = makeHttpServer(config)
  const running = new AbortController()
  try {
    const auth = await openAuth(store, config.authSecret ?? keepAuthSecret(config.dataDir))
    const setup = await openSetup(store, auth)
    const hub = makeHub()
    const live = makeLive(config.limits)
    const throttles = makeThrottles(config.limits)
    const mail = openMail(config, log, running.signal)
    const deliveries = startDeliveries({ config, log, store, mail, live }, running.signal)
    const mediaPieces = config.bucket ? openS3(config.bucket) : openDirectory(path.join(config.dataDir, 'media'))
    const services: Services = { config, log, store, auth, setup, mail, deliveries, mediaPieces, throttles, hub, live }
    const port = await listen(server, config)
    const url = config.publicUrl ?? `http://localhost:${port}`
    server.on('request', getRequestListener(makeApp(services, url).fetch))
    acceptSockets(server, services)
    startHeartbeat(services, running.signal)
    startSweeping(services, running.signal)
    startCustomerNews(services, running.signal)
    startSilenceWatch(services, running.signal)
    startSessionLog(services, running.signal)
    startRetention(services, running.signal)
    startMediaSweep(services, running.signal)
    // Only now: a start that fails, because another server has the port, must end neither that one's link nor its mails.
    await failLostDeliveries(store)
    await endLostSessions(services, startedAt)
    const setupToken = await setup.renew()
    const close = once(async () => {
      running.abort()
      await stop(server, services)
      await endAllSessions(services, Date.now())
      await store.close()
    })
    const lost = taken.promise.then(async (why) => {
      await close()
      return why
    })
    signal?.addEventListener('abort', () => void close(), { once: true })
    if (signal?.aborted) await close()
    return { url, port, setupLink: setupToken && `${url}/setup#${setupToken}`, lost, close }
  } catch (error) {
    running.abort()
    server.close()
    await store.close()
    throw error
  }
}

function makeHttpServer({ limits }: Config): Server {
  const server = createServer({
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: limits.connectionsCheckMs,
    maxHeaderSize: limits.maxHeaderBytes,
  })
  server.maxConnections = limits.connections
  return server
}

/** @returns the port that it got. */
async function listen(server: Server, { host, port }: Config): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, host, resolve)
  try {
    await promise
  } catch (error) {
    throw new StartError(explain(systemErrorCode(error), host, port), error)
  }
  server.off('error', reject)
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}

function explain(code: string | undefined, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `PORT is ${port}, and another program has it: stop that one, or give another PORT.`
  if (code === 'EACCES') return `PORT is ${port}, and this user may not use it: give one above 1023.`
  return `HOST is "${host}", and this machine cannot listen there (${code ?? 'no reason given'}).`
}

/** No new connections; sockets are told that the server goes away; what is left after a moment is cut. */
async function stop(server: Server, { hub, config }: Services): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  for (const connection of [...hub.connections]) dismiss(connection, CLOSE.goingAway)
  server.closeIdleConnections()
  const cut = setTimeout(() => {
    for (const { socket } of hub.connections) socket.terminate()
    server.closeAllConnections()
  }, config.limits.stopMs)
  await closed
  clearTimeout(cut)
}

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= action()
    return done
  }
}
