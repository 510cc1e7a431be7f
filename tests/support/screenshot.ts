import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'puppeteer'
import { root } from '../../scripts/tools.ts'

const folder = path.join(root, 'tests/artifacts')

/** Keeps what a page shows, as `tests/artifacts/NAME.png`, for people to look at. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: path.join(folder, `${name}.png`) })
}
