import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { Browser, getInstalledBrowsers } from '@puppeteer/browsers'

export type BrowserName = 'chromium' | 'firefox'

/** Where browsers that the tests had to fetch are kept, outside the checkout, as puppeteer does it. */
export const browserCache = process.env.PUPPETEER_CACHE_DIR ?? path.join(homedir(), '.cache/puppeteer')

const variables = { chromium: ['CHROMIUM', 'CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'], firefox: ['FIREFOX'] }

const commands = {
  chromium: [
    'chromium',
    'google-chrome-stable',
    'google-chrome',
    'chromium-browser',
    'microsoft-edge',
    'brave-browser',
  ],
  firefox: ['firefox-esr', 'firefox'],
}

const macApplications = {
  chromium: ['Chromium', 'Google Chrome', 'Microsoft Edge', 'Brave Browser'].map(
    (name) => `${name}.app/Contents/MacOS/${name}`,
  ),
  firefox: ['Firefox.app/Contents/MacOS/firefox'],
}

const windowsPrograms = {
  chromium: [
    'Chromium/Application/chrome.exe',
    'Google/Chrome/Application/chrome.exe',
    'Microsoft/Edge/Application/msedge.exe',
    'BraveSoftware/Brave-Browser/Application/brave.exe',
  ],
  firefox: ['Mozilla Firefox/firefox.exe'],
}

/**
 * The executable of an installed browser: named by the environment, on the PATH, in its usual place, or fetched before.
 * @throws Error when the environment names one that is not there: a wrong name must not be passed over in silence.
 */
export async function findBrowser(name: BrowserName): Promise<string | undefined> {
  for (const variable of variables[name]) {
    const given = process.env[variable]
    if (!given) continue
    if (isExecutable(given)) return given
    throw new Error(`${variable} is "${given}", and there is no program there. Correct it, or unset it.`)
  }
  return findCommand(...commands[name]) ?? usualPlaces(name).find(isExecutable) ?? (await findFetched(name))
}

/** @throws Error with what to do, where the browser is missing. */
export async function requireBrowser(name: BrowserName): Promise<string> {
  const found = await findBrowser(name)
  if (found === undefined) throw new Error(`No ${name} was found: run "npm test", which installs it.`)
  return found
}

/** The first of the commands that the PATH has. */
export function findCommand(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable)
}

function usualPlaces(name: BrowserName): string[] {
  if (process.platform === 'darwin') {
    const folders = ['/Applications', path.join(homedir(), 'Applications')]
    return macApplications[name].flatMap((program) => folders.map((folder) => path.join(folder, program)))
  }
  if (process.platform === 'win32') {
    const folders = [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA]
    const known = folders.filter((folder) => folder !== undefined)
    return windowsPrograms[name].flatMap((program) => known.map((folder) => path.join(folder, program)))
  }
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/opt/firefox']
  return [...commands[name], 'chrome'].flatMap((command) => folders.map((folder) => path.join(folder, command)))
}

async function findFetched(name: BrowserName): Promise<string | undefined> {
  const wanted = name === 'chromium' ? Browser.CHROME : Browser.FIREFOX
  const fetched = await getInstalledBrowsers({ cacheDir: browserCache })
  return fetched
    .filter(({ browser }) => browser === wanted)
    .map(({ executablePath }) => executablePath)
    .findLast(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
