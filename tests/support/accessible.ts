import axeCore from 'axe-core'
import type { Page } from 'puppeteer'
import { expect } from 'vitest'
import english from '../../messages/en.json' with { type: 'json' }
import french from '../../messages/fr.json' with { type: 'json' }
import { takeScreenshot } from './screenshot.ts'

/** What it is called in a page that has been given it. */
declare const axe: typeof axeCore

/** Axe finds nothing, in both themes, and nothing needs scrolling sideways. Each state is kept as a picture. */
export async function isAccessible(page: Page, name: string): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source)
  for (const theme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
    const found = await page.evaluate(violations)
    expect(found, `${name}, ${theme}`).toEqual([])
    await takeScreenshot(page, `${name}-${theme}`)
  }
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(sideways, `${name} scrolls sideways`).toBe(false)
}

/** Runs in the page, where it stays: the pages have no frames, so that nothing is left to ask for elsewhere. */
async function violations(): Promise<string[]> {
  const found = await axe.run({ resultTypes: ['violations'] })
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** The languages by their own names, and a word that the organisation's name has too. */
const NAMES = ['English', 'Français', 'Support']

/** Sentences of the English catalogue that a page in French shows. */
export async function leftInEnglish(page: Page): Promise<string[]> {
  const shown = await page.evaluate(() => document.body.innerText)
  const translated = new Set<string>(Object.values(french))
  return Object.values(english).filter(
    (text) =>
      text.length > 6 && !text.includes('{') && !translated.has(text) && shown.includes(text) && !NAMES.includes(text),
  )
}
