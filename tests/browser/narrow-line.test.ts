import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sleep } from '../../peer/sleep.ts'
import { COLOURS, waitForColour } from '../support/colours.ts'
import { chooseFiles, hasCome, makeFile } from '../support/files.ts'
import { showText, waitUntilLegible } from '../support/legible.ts'
import { startNetwork, whyNoNetwork } from '../support/network.ts'
import { takeScreenshot } from '../support/screenshot.ts'
import { openThreePlaces, paint } from '../support/three-places.ts'

const over = new AbortController()
const { signal } = over
const refusal = whyNoNetwork()
let folder: string

beforeAll(async () => {
  if (refusal) console.warn(`NOT TESTED: a file over a narrow line beside the picture. Here ${refusal}`)
  folder = await mkdtemp(path.join(tmpdir(), 'deskside-narrow-'))
})
afterAll(async () => {
  over.abort()
  await rm(folder, { recursive: true, force: true })
})

test('S10 S13 a file that the customer sends over a narrow way out leaves the picture quick and legible', async (context) => {
  if (refusal) context.skip(refusal)
  const network = startNetwork(signal)
  const { technician, meet } = await openThreePlaces(network, {}, signal)
  const customer = await meet('Narrow')
  network.narrowWayOut(4000, 500)
  await customer.press('Share my screen')
  await technician.sees('Best quality')
  const paintings = async () => {
    const times: number[] = []
    for (let painting = 0; painting < 12; painting += 1) {
      const colour = COLOURS[painting % COLOURS.length] ?? 'red'
      const began = performance.now()
      await paint(customer, colour)
      await waitForColour(technician.page, colour, 20_000)
      times.push(Math.round(performance.now() - began))
      await sleep(300, signal)
    }
    return times.toSorted((a, b) => a - b)[6] ?? 0
  }
  await paintings()
  const alone = await paintings()
  await chooseFiles(customer, 'Send files', [await makeFile(folder, 'large.bin', 40_000_000)])
  await technician.press('Accept')
  await technician.choose('Files')
  await hasCome(technician.page, 2_000_000)
  const beside = await paintings()
  console.log(`seen after ${alone} ms alone, ${beside} ms beside a file`)
  // The file filled the queue of the line before: 6 to 8 times.
  expect(beside / alone).toBeLessThan(4)
  await customer.page.evaluate(() => document.querySelector('#painted')?.remove())
  const picture = await showText(customer.page)
  await waitUntilLegible(technician.page, picture, 5_000)
  await technician.sees(/of 40 MB/)
  await takeScreenshot(technician.page, 'session-file-narrow')
  await customer.browser.close()
}, 120_000)
