import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'puppeteer'
import { extensionFolder } from '../../scripts/outputs.ts'

/**
 * The built extension in a folder of its own, without the exemption from the browser's limits: its storage can be full while the
 * disk is not. It goes with the signal.
 */
export async function limitedExtension(signal: AbortSignal): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskside-limited-'))
  signal.addEventListener('abort', () => void rm(folder, { recursive: true, force: true }), { once: true })
  await cp(extensionFolder.chrome, folder, { recursive: true })
  const file = path.join(folder, 'manifest.json')
  const manifest: { permissions: string[] } = JSON.parse(await readFile(file, 'utf8'))
  manifest.permissions = manifest.permissions.filter((name) => name !== 'unlimitedStorage')
  await writeFile(file, JSON.stringify(manifest))
  return folder
}

/** Gives the page's origin so many bytes at most; without them what the browser would give. Chromium counts anew within half a minute. */
export async function limitStorage(page: Page, quotaSize?: number): Promise<void> {
  const session = await page.createCDPSession()
  const origin = await page.evaluate(() => location.origin)
  await session.send('Storage.overrideQuotaForOrigin', quotaSize === undefined ? { origin } : { origin, quotaSize })
}
