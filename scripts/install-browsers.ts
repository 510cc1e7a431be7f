import { spawn } from 'node:child_process'
import { Browser, detectBrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers'
import { type BrowserName, browserCache, findBrowser, findCommand } from './browsers.ts'

const debianPackages = {
  chromium: 'chromium',
  firefox: 'firefox-esr',
  xvfb: 'xvfb',
  openbox: 'openbox',
  wmctrl: 'wmctrl',
  coturn: 'coturn',
  ip: 'iproute2',
}
const commands = { xvfb: 'Xvfb', openbox: 'openbox', wmctrl: 'wmctrl', coturn: 'turnserver', ip: 'ip' }
/** Without them many tests cannot run at all. */
const needed: Partial<Record<Part, string>> = {
  xvfb: 'Xvfb, a screen for the tests, is missing: install it (Debian: apt-get install xvfb).',
  openbox: 'openbox, a window manager for the tests, is missing: install it (Debian: apt-get install openbox).',
  wmctrl:
    'wmctrl, which tells the tests what windows there are, is missing: install it (Debian: apt-get install wmctrl).',
}
type Part = keyof typeof debianPackages

/**
 * Sees to it that the real-browser tests can run: Chromium, Firefox and, on Linux, Xvfb with a window manager, and for networks of their own coturn and
 * ip, without which those tests say that they did not run. What is missing is installed, as root on
 * a Debian-like system by its own packages, otherwise as puppeteer's builds. Says where each one is.
 * @throws Error with one sentence for the person who runs the tests, where that cannot be done.
 */
export async function provideBrowsers(): Promise<void> {
  const parts: Part[] =
    process.platform === 'linux'
      ? ['chromium', 'firefox', 'xvfb', 'openbox', 'wmctrl', 'coturn', 'ip']
      : ['chromium', 'firefox']
  const missing: Part[] = []
  for (const part of parts) if ((await find(part)) === undefined) missing.push(part)
  if (missing.length > 0) await installPackages(missing)
  for (const part of parts) {
    let found = await find(part)
    if (found === undefined && isBrowser(part)) found = await fetchBrowser(part)
    const missed = found === undefined ? needed[part] : undefined
    if (missed !== undefined) throw new Error(missed)
    console.log(`${part}: ${found ?? 'missing'}`)
  }
}

async function find(part: Part): Promise<string | undefined> {
  return isBrowser(part) ? findBrowser(part) : findCommand(commands[part])
}

function isBrowser(part: Part): part is BrowserName {
  return part === 'chromium' || part === 'firefox'
}

async function installPackages(missing: Part[]): Promise<void> {
  const aptGet = findCommand('apt-get')
  if (aptGet === undefined || process.getuid?.() !== 0) return
  const packages = missing.map((part) => debianPackages[part])
  console.log(`installing ${packages.join(', ')}`)
  await runQuietly(aptGet, ['update'])
  // One by one: on a system that lacks one of the packages the others are still of use. Without a font no text is drawn.
  for (const name of [...packages, 'fonts-dejavu-core'])
    await runQuietly(aptGet, ['install', '--yes', '--no-install-recommends', name])
}

async function fetchBrowser(name: BrowserName): Promise<string> {
  const browser = name === 'chromium' ? Browser.CHROME : Browser.FIREFOX
  console.log(`fetching ${browser} into ${browserCache}`)
  try {
    const platform = detectBrowserPlatform()
    if (platform === undefined) throw new Error('there is no build for this system')
    const buildId = await resolveBuildId(browser, platform, 'stable')
    const installDeps = process.platform === 'linux' && process.getuid?.() === 0
    const { executablePath } = await install({ browser, buildId, cacheDir: browserCache, installDeps })
    return executablePath
  } catch (cause) {
    const variable = name === 'chromium' ? 'CHROMIUM' : 'FIREFOX'
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `The tests need ${name}, and it could not be fetched (${why}): install it, or set ${variable} to the path of its program.`,
      { cause },
    )
  }
}

/** Shows a program's output only when it fails. */
function runQuietly(program: string, args: string[]): Promise<void> {
  return new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
    child.once('error', (error) => (output += error.message))
    child.once('close', (code) => {
      if (code !== 0) console.log(`${program} ${args.join(' ')} failed:\n${output}`)
      resolve()
    })
  })
}
