import { openCustomer } from '../../support/customer.ts'
import { launchChromium } from '../../support/launch.ts'
import { startTestServer } from '../../support/server.ts'
import { openTechnician, type Technician } from '../../support/technician.ts'
import { startXvfb } from '../../support/xvfb.ts'

/** A technician who looks at the screen of a customer on which somebody types. */
export type WatchedScreen = { technician: Technician; allowRecording(): Promise<void> }

export async function watchScreen(signal: AbortSignal): Promise<WatchedScreen> {
  const server = await startTestServer({ signal })
  const { display } = await startXvfb({ signal })
  const technician = await openTechnician(server.setupLink, { signal })
  const { link } = await technician.create('Jean', 'Help')
  const { browser } = await launchChromium({
    display,
    signal,
    args: ['--app=about:blank', '--window-position=640,0', '--window-size=640,800'],
  })
  const [own] = await browser.pages()
  await own?.setContent(TYPING)
  const customer = await openCustomer(link, { signal, display })
  await customer.sees('connected')
  await technician.press(/.*Jean.*/)
  await technician.press('Connect')
  await customer.press('Share my screen')
  await technician.page.waitForFunction(hasPicture, { polling: 100 })
  return { technician, allowRecording: () => customer.press('Allow') }
}

// Runs in the page.
function hasPicture(): boolean {
  return (document.querySelector('video')?.videoWidth ?? 0) > 0
}

const TYPING = `<!doctype html><body style="font:16px/1.5 monospace;white-space:pre-wrap;overflow-wrap:anywhere"><script>
setInterval(() => { document.body.append(String.fromCharCode(97 + Math.random() * 26)); scrollTo(0, 1e6) }, 66)
</script>`
