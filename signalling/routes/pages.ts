import { type Context, Hono } from 'hono'
import { chooseEncoding, openAssets } from '../pages/assets.ts'
import type { Services } from '../services.ts'
import type { Env } from './request.ts'

const FOREVER = 'public, max-age=31536000, immutable'
const NOT_BUILT =
  'The pages of this Deskside server are not built yet. If it is yours: run "npm start", which builds them.\n'

/** The customer's pages, as they were built; what the browser shows at each address is decided in the page. */
export function pageRoutes({ config }: Services): Hono<Env> {
  const find = openAssets(config.pagesDir)

  async function send(c: Context<Env>, name: string, cacheControl: string): Promise<Response | undefined> {
    const asset = await find(name)
    if (!asset) return undefined
    c.header('Cache-Control', cacheControl)
    c.header('ETag', asset.tag)
    c.header('Vary', 'Accept-Encoding')
    if (c.req.header('if-none-match') === asset.tag) return c.body(null, 304)
    const encoding = chooseEncoding(asset, c.req.header('accept-encoding') ?? '')
    if (encoding !== 'identity') c.header('Content-Encoding', encoding)
    c.header('Content-Type', asset.type)
    return c.body(asset.bodies.get(encoding) ?? '')
  }

  async function page(c: Context<Env>): Promise<Response> {
    return (await send(c, 'index.html', 'no-cache')) ?? c.text(NOT_BUILT, 503)
  }

  /** To people a damaged link gives the page, which asks for the code; to programs a refusal. */
  function isVisit(c: Context<Env>): boolean {
    return !c.req.path.startsWith('/api/') && /\btext\/html\b/.test(c.req.header('accept') ?? '')
  }

  return (
    new Hono<Env>()
      // Lets in: anyone, here and below.
      .get('/', page)
      .get('/setup', page)
      .get('/invitation', page)
      .get('/reset', page)
      .get('/:lookup{[0-9]{5}}', page)
      .get('/assets/:name{[\\w-][\\w.-]*}', async (c) => {
        return (await send(c, `assets/${c.req.param('name')}`, FOREVER)) ?? c.notFound()
      })
      .get('/:name{[\\w-]+\\.(svg|png|ico|webp|json|txt)}', async (c) => {
        return (await send(c, c.req.param('name'), 'no-cache')) ?? c.notFound()
      })
      .get('*', async (c) => {
        if (!isVisit(c)) return c.notFound()
        c.status(404)
        return page(c)
      })
  )
}
