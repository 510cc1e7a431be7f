import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { sharedVite } from '../../../vite.shared.ts'

/** Bundles pages from the sources and serves each on loopback, by the name of its file. @param entries such as `…/viewer.ts`, at `/viewer` */
export async function servePages(...entries: URL[]): Promise<{ port: number } & Disposable> {
  const built = await build({
    ...sharedVite,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2024',
      rolldownOptions: { input: entries.map((entry) => fileURLToPath(entry)), output: { entryFileNames: '[name].js' } },
    },
  })
  const scripts = new Map<string, string>()
  for (const result of [built].flat()) {
    if (!('output' in result)) continue
    for (const file of result.output) {
      if (file.type === 'chunk') scripts.set(`/${file.fileName}`, file.code)
      // A worker is an asset of the page that starts it.
      else if (file.fileName.endsWith('.js')) scripts.set(`/${file.fileName}`, String(file.source))
    }
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const script = scripts.get(pathname)
    response.setHeader('content-type', script === undefined ? 'text/html; charset=utf-8' : 'text/javascript')
    response.end(
      script ??
        `<!doctype html><style>body{margin:0;overflow:hidden}</style><script type="module" src="${pathname}.js"></script>`,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return { port: address.port, [Symbol.dispose]: () => server.close() }
}
