import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { routePath } from 'hono/route'
import { comingFrom } from '../log/origin.ts'
import type { Services } from '../services.ts'
import { fileRulesRoutes } from './file-rules.ts'
import { groupRoutes } from './groups.ts'
import { healthRoutes } from './health.ts'
import { iceRoutes } from './ice.ts'
import { instanceRoutes } from './instance.ts'
import { invitationRoutes } from './invitations.ts'
import { joinRoutes } from './join.ts'
import { keyRoutes } from './keys.ts'
import { logRoutes } from './log.ts'
import { meRoutes } from './me.ts'
import { mediaRoutes } from './media.ts'
import { outboxRoutes } from './outbox.ts'
import { pageRoutes } from './pages.ts'
import { passwordResetRoutes } from './password-resets.ts'
import { peopleRoutes } from './people.ts'
import { ratingSettingRoutes } from './rating-setting.ts'
import { errorReply, refusalReply } from './refusal.ts'
import { reportRoutes } from './reports.ts'
import { addressOf, clientOf, type Env } from './request.ts'
import { retentionRoutes } from './retention.ts'
import { roomRoutes } from './rooms.ts'
import { securityHeaders } from './security-headers.ts'
import { setupRoutes } from './setup.ts'
import { signInRoutes } from './sign-in.ts'
import { signInsRoutes } from './sign-ins.ts'
import { technicianRoutes } from './technicians.ts'
import { ticketRoutes } from './tickets.ts'
import { twoStepRoutes } from './two-step.ts'

/** Every HTTP route. `origin` is what people open in their browsers. */
export function makeApp(services: Services, origin: string): Hono<Env> {
  const { throttles, log } = services
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    const start = performance.now()
    await next()
    // The route's pattern, not the path: a path may be half a code.
    const route = { method: c.req.method, route: routePath(c), status: c.res.status }
    log.info({ ...route, ms: Math.round(performance.now() - start) }, 'request')
  })
  app.use(securityHeaders(origin))
  // Any origin may ask, because an origin is worth nothing here: only a token gets an answer, and browsers never add one.
  app.use(
    '/api/*',
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['Authorization', 'Content-Type'],
      exposeHeaders: ['Retry-After'],
      maxAge: 86_400,
    }),
  )
  app.use('/api/*', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    await throttles.requests.take(addressOf(services, c))
    await comingFrom(clientOf(services, c).address, next)
  })
  app.route('/api', instanceRoutes(services))
  app.route('/api', setupRoutes(services))
  app.route('/api', signInRoutes(services))
  app.route('/api', meRoutes(services))
  app.route('/api', signInsRoutes(services))
  app.route('/api', twoStepRoutes(services))
  app.route('/api', passwordResetRoutes(services, origin))
  app.route('/api', keyRoutes(services))
  app.route('/api', ticketRoutes(services))
  app.route('/api', roomRoutes(services))
  app.route('/api', logRoutes(services))
  app.route('/api', reportRoutes(services))
  app.route('/api', retentionRoutes(services))
  app.route('/api', fileRulesRoutes(services))
  app.route('/api', ratingSettingRoutes(services))
  app.route('/api', mediaRoutes(services))
  app.route('/api', joinRoutes(services))
  app.route('/api', peopleRoutes(services))
  app.route('/api', groupRoutes(services))
  app.route('/api', technicianRoutes(services))
  app.route('/api', invitationRoutes(services, origin))
  app.route('/api', outboxRoutes(services))
  app.route('/api', iceRoutes(services))
  app.route('/', healthRoutes(services))
  app.route('/', pageRoutes(services))
  app.notFound((c) => refusalReply(c, { code: 'not-found' }))
  app.onError((error, c) => errorReply(services, error, c))
  return app
}
