import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer'
import { requireBrowser } from '../../scripts/browsers.ts'
import { firefoxAddon, firefoxAddonPreference } from '../../scripts/outputs.ts'

/**
 * A browser process with a fresh profile that goes with it. `extensionOrigin` is where the extension's pages are, without a slash
 * at the end, when one was installed.
 */
export type Launched = { browser: Browser; extensionOrigin: string | undefined }

type LaunchOptions = {
  /** The folder of a built extension. */
  extension?: string
  args?: string[]
  /** Chromium only: what its tabs play can be captured, and is heard by whoever sits at this computer. */
  audible?: boolean
  /** A DISPLAY value: the browser shows its windows there. Without it the browser is headless. */
  display?: string
  /** Firefox only: what is set in `about:config`. */
  preferences?: Record<string, unknown>
  /** Where it runs, as `Place` says; without it, here. */
  inside?: readonly string[]
  /** Closes the browser. */
  signal?: AbortSignal
}

/** A Firefox with these connects to other browsers through a proxy only, and there is none. */
export const noPeerPath = { 'media.peerconnection.ice.proxy_only': true }

/** What getDisplayMedia gives in Chromium without a picker. */
export const chromiumCapture = {
  /** The real picture of a tab that asks with `preferCurrentTab`. */
  thisTab: ['--auto-accept-this-tab-capture'],
  /** The real picture of the tab that asks, whatever it prefers. */
  anyTab: ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=display-media-type=browser'],
  /** A drawn monitor; camera and microphone too. */
  fake: ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  /** The real picture and sound of another tab with this title, which must not change later. */
  tabCalled: (title: string) => [`--auto-select-tab-capture-source-by-title=${title}`],
  /** The window with this title; needs a display and a window manager. */
  windowCalled: (title: string) => [`--auto-select-desktop-capture-source=${title}`],
  /** The real screen; needs a display. */
  screen: ['--auto-select-desktop-capture-source=Entire screen'],
}

export async function launchChromium(options: LaunchOptions = {}): Promise<Launched> {
  const { extension, args = [], audible = false, display, inside, signal } = options
  const browser = await puppeteer.launch({
    executablePath: await runInside(inside, await requireBrowser('chromium')),
    headless: display === undefined,
    // Over the pipe, extensions may be installed while it runs.
    pipe: true,
    enableExtensions: true,
    // No bar that says so: it would be on every picture.
    ignoreDefaultArgs: ['--enable-automation', ...(audible ? ['--mute-audio'] : [])],
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--test-type',
      ...(display === undefined ? [] : ['--ozone-platform=x11']),
      ...args,
    ],
    env: environment(display),
    signal,
  })
  if (extension === undefined) return { browser, extensionOrigin: undefined }
  return { browser, extensionOrigin: `chrome-extension://${await browser.installExtension(extension)}` }
}

export async function launchFirefox(options: LaunchOptions = {}): Promise<Launched> {
  const { extension, args = [], display, preferences, signal } = options
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: await requireBrowser('firefox'),
    headless: display === undefined,
    args: ['--remote-allow-system-access', ...args],
    extraPrefsFirefox: {
      ...firefoxAddonPreference,
      // getDisplayMedia takes the first monitor without asking; it needs a display.
      'media.navigator.permission.disabled': true,
      'media.navigator.streams.fake': true,
      'intl.accept_languages': 'en',
      ...preferences,
    },
    env: environment(display),
    signal,
  })
  if (extension === undefined) return { browser, extensionOrigin: undefined }
  await browser.installExtension(extension)
  return { browser, extensionOrigin: `moz-extension://${firefoxAddon.host}` }
}

/**
 * Opens a page of the installed extension in a tab and waits until `selector` is in it. Firefox reports no load of such pages, so
 * that every other wait would end in a timeout.
 */
export async function openExtensionPage(launched: Launched, file: string, selector = 'body'): Promise<Page> {
  const page = await launched.browser.newPage()
  await page.goto(`${launched.extensionOrigin}/${file}`, { waitUntil: [] })
  await page.waitForSelector(selector)
  return page
}

/** A script that starts the program at another place. */
async function runInside(inside: readonly string[] | undefined, program: string): Promise<string> {
  if (!inside) return program
  const script = path.join(await mkdtemp(path.join(tmpdir(), 'deskside-inside-')), path.basename(program))
  await writeFile(script, `#!/bin/sh\nexec ${inside.join(' ')} '${program}' "$@"\n`, { mode: 0o755 })
  return script
}

/** English, whatever the machine speaks; no display unless one was given, also where a Wayland one is at hand. */
function environment(display: string | undefined): NodeJS.ProcessEnv {
  const own = { ...process.env, LANGUAGE: 'en', LC_ALL: 'C.UTF-8', WAYLAND_DISPLAY: undefined }
  return display === undefined ? own : { ...own, DISPLAY: display }
}
