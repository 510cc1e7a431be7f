import { parseArgs } from 'node:util'
import type { Browser } from 'puppeteer'
import { type Config, readConfig } from '../signalling/config.ts'
import { startServer } from '../signalling/server.ts'
import { StartError } from '../signalling/start-error.ts'
import { extensionFolder } from './outputs.ts'
import { findWindowBrowser, openTechnicianWindow } from './technician-window.ts'
import { root, run } from './tools.ts'

/** `npm start`: builds what is stale, starts the server and, where it can, a technician's window. Ctrl-C stops both. */
const { values } = parseArgs({ options: { open: { type: 'boolean', default: true } }, allowNegative: true })
process.chdir(root)
try {
  // A line for each request would push the setup link out of sight.
  await start(readConfig({ LOG_LEVEL: 'warn', ...process.env }), values.open)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 2
}

async function start(config: Config, open: boolean): Promise<void> {
  // In a process of its own, which takes the builders' memory with it.
  if ((await run(process.execPath, ['scripts/build.ts'])) !== 0) throw new StartError('The build failed; see above.')
  const server = await startServer(config)
  console.log(`Deskside listens on ${server.url}`)
  if (server.setupLink !== undefined) console.log(`Setup link (works once): ${server.setupLink}`)
  const browser = open ? await openWindow(config.dataDir, server) : undefined
  if (!browser) explainLoading()
  console.log('Ctrl-C stops it.')

  const sayClosed = () => console.log('The window is closed; the server goes on.')
  browser?.once('disconnected', sayClosed)
  const stop = async () => {
    browser?.off('disconnected', sayClosed)
    await server.close()
    await browser?.close()
  }
  process.once('SIGINT', () => void stop())
  process.once('SIGTERM', () => void stop())
  void server.lost.then(({ message }) => {
    console.error(message)
    process.exitCode = 2
    return stop()
  })
}

/** A window that does not open is no reason not to serve. */
async function openWindow(
  dataDir: string,
  { url, setupLink }: { url: string; setupLink: string | undefined },
): Promise<Browser | undefined> {
  const found = await findWindowBrowser()
  if (!found) return undefined
  const desk = setupLink === undefined ? 'desk.html' : `desk.html#link=${encodeURIComponent(setupLink)}`
  try {
    const browser = await openTechnicianWindow(found, dataDir, { desk, customer: url })
    console.log(`A technician's window is open (${found.program}).`)
    return browser
  } catch (error) {
    console.log(`No window could be opened with ${found.program}: ${error instanceof Error ? error.message : error}`)
    return undefined
  }
}

function explainLoading(): void {
  console.log(`
To load the extension by hand:
  Chrome, Edge and the like: open chrome://extensions, switch on "Developer mode", press "Load unpacked", choose
    ${extensionFolder.chrome}
  Firefox: open about:debugging#/runtime/this-firefox, press "Load Temporary Add-on", choose
    ${extensionFolder.firefox}/manifest.json
Then press its button in the toolbar and paste the setup link, or sign in.
`)
}
