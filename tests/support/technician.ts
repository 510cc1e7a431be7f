import type { Page } from 'puppeteer'
import type { BrowserName } from '../../scripts/browsers.ts'
import { extensionFolder } from '../../scripts/outputs.ts'
import { launchChromium, launchFirefox, openExtensionPage } from './launch.ts'
import { type Person, person } from './person.ts'

/** What a technician gives to a customer. */
export type Given = { code: string; link: string }

/** A technician in a browser of their own, with the built extension, at the desk. */
export type Technician = Person & {
  page: Page
  /** Makes a connection ID and closes the dialog. `picks`: what to choose in the dialog's lists, by their names. */
  create(name: string, request: string, picks?: Record<string, string>): Promise<Given>
}

export const PASSWORD = 'correct horse battery staple'

type Options = {
  browser?: BrowserName
  display?: string
  args?: string[]
  inside?: readonly string[]
  /** A folder with another build than that of the browser. */
  extension?: string
  /** Firefox only. */
  preferences?: Record<string, unknown>
  signal: AbortSignal
}

/** Starts the browser and opens the desk's first page. */
export async function openDesk({
  browser = 'chromium',
  signal,
  display,
  args = [],
  extension: other,
  ...more
}: Options): Promise<Technician> {
  const extension = other ?? (browser === 'chromium' ? extensionFolder.chrome : extensionFolder.firefox)
  const launch = browser === 'chromium' ? launchChromium : launchFirefox
  const launched = await launch({ extension, signal, args, ...(display === undefined ? {} : { display }), ...more })
  const page = await openExtensionPage(launched, 'desk.html', 'main')
  // Leaving while a session is live asks first; the tests mean it.
  page.on('dialog', (dialog) => void dialog.accept())
  if (browser === 'chromium') await page.setViewport({ width: 1440, height: 860 })
  const self = person(page)
  return {
    ...self,
    page,
    async create(name, request, picks = {}) {
      await self.press('Create connection ID')
      await self.fill('Customer’s name', name)
      await self.fill('Request', request)
      for (const [list, option] of Object.entries(picks)) await self.pick(list, option)
      await self.confirm('Create connection ID')
      await self.sees(/\d{5}-\d{5}/)
      const shown = await self.read()
      const code = /\b\d{5}-\d{5}\b/.exec(shown)?.[0]
      const link = /https?:\/\/\S+\/\d{5}#\d{5}/.exec(shown)?.[0]
      if (!code || !link) throw new Error(`No code or link is shown:\n${shown}`)
      await self.confirm('Close')
      return { code, link }
    },
  }
}

/** The first run, as a new admin does it: the setup link pasted, the form filled in, the recovery code kept. */
export async function setUp(desk: Technician, setupLink: string): Promise<void> {
  await desk.fill('Link or server address', setupLink)
  await desk.press('Continue')
  await desk.fill('Organisation', 'Acme IT Support')
  await desk.fill('Your name', 'Marie Blanc')
  await desk.fill('E-mail address', 'marie@acme.example')
  await desk.fill('Password', PASSWORD)
  await desk.fill('Password again', PASSWORD)
  await desk.press('Create the help desk')
  await desk.press('I have kept it')
  await desk.sees('Nobody is in the queue')
}

/** A new colleague takes up an invitation: its link pasted, the form filled in, the recovery code kept, which is returned. */
export async function signUp(desk: Person, link: string, name: string): Promise<string> {
  await desk.fill('Link or server address', link)
  await desk.press('Continue')
  return await fillInSignUp(desk, name)
}

/** The form to which an invitation leads, and what follows it. @returns the recovery code */
export async function fillInSignUp(desk: Person, name: string): Promise<string> {
  await desk.fill('Your name', name)
  await desk.fill('Password', PASSWORD)
  await desk.fill('Password again', PASSWORD)
  await desk.press('Create my account')
  const code = await keepRecoveryCode(desk)
  await desk.sees('Nobody is in the queue')
  return code
}

/** Reads the recovery code of the keys, which is shown once, and says that it is kept. */
export async function keepRecoveryCode(desk: Person): Promise<string> {
  const shape = /(?:[0-9A-Z]{5}-){5}[0-9A-Z]{5}/
  await desk.sees(shape)
  const code = shape.exec(await desk.read())?.[0] ?? ''
  await desk.press('I have kept it')
  return code
}

/** A desk that is set up and shows its empty queue. */
export async function openTechnician(setupLink: string, options: Options): Promise<Technician> {
  const desk = await openDesk(options)
  await setUp(desk, setupLink)
  return desk
}

/** Goes to the service queue by its address. */
export async function toQueue({ page, sees }: Technician) {
  await page.evaluate(() => {
    location.hash = '#/'
  })
  await sees('Create connection ID')
}

/** What is typed in the chat and not sent. */
export const chatDraft = ({ written }: Technician) => written(/Write to .*/)
