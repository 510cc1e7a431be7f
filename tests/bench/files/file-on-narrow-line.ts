import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'puppeteer'
import { sleep } from '../../../peer/sleep.ts'
import { buildStale } from '../../../scripts/build.ts'
import { COLOURS, isShowing } from '../../support/colours.ts'
import type { Customer } from '../../support/customer.ts'
import { chooseFiles, hasCome, makeFile } from '../../support/files.ts'
import { startNetwork, whyNoNetwork } from '../../support/network.ts'
import { openThreePlaces, paint } from '../../support/three-places.ts'
import { compare, type Family, type Figure, median, progress } from '../harness.ts'

/** A customer's way out, as at many homes. */
const LINE = { kbits: 4000, queueMs: 500 }
const PAINTINGS = 40
const PAUSE_MS = 400
/** More than goes in the time. */
const BYTES = 100_000_000
/** Until the windows and the estimates have settled. */
const SETTLE_BYTES = 2_000_000

/**
 * From half of the shared screen in another colour to that colour at the desk, while the customer sends a file over a narrow line, beside
 * the same session before: the built product, in namespaces.
 */
export const fileOnNarrowLine: Family = {
  names: ['file-on-narrow-line'],
  async measure(signal) {
    const refusal = whyNoNetwork()
    if (refusal) {
      progress(`file-on-narrow-line is not measured: ${refusal}`)
      return []
    }
    await buildStale()
    const over = new AbortController()
    try {
      return await oneSession(AbortSignal.any([signal, over.signal]))
    } finally {
      over.abort()
    }
  },
}

async function oneSession(signal: AbortSignal): Promise<Figure[]> {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'deskside-bench-'))
  const network = startNetwork(signal)
  const { technician, meet } = await openThreePlaces(network, {}, signal)
  const customer = await meet('Narrow')
  network.narrowWayOut(LINE.kbits, LINE.queueMs)
  await customer.press('Share my screen')
  await technician.sees('Best quality')
  await paintings(customer, technician.page, signal)
  const idle = await paintings(customer, technician.page, signal)
  await chooseFiles(customer, 'Send files', [await makeFile(folder.path, 'large.bin', BYTES)])
  await technician.press('Accept')
  await technician.choose('Files')
  await hasCome(technician.page, SETTLE_BYTES)
  const from = { bytes: await come(technician.page), at: performance.now() }
  const busy = await paintings(customer, technician.page, signal)
  const rate = ((await come(technician.page)) - from.bytes) / (performance.now() - from.at) / 125
  progress(
    `file-on-narrow-line: ${median(idle).toFixed()} ms without, ${median(busy).toFixed()} ms at ${rate.toFixed(1)} Mbit/s`,
  )
  await customer.browser.close()
  await technician.page.browser().close()
  const name = 'file-on-narrow-line'
  const line = `on ${LINE.kbits / 1000} Mbit/s`
  return [
    compare(
      {
        name,
        value: median(busy),
        unit: `ms, median, ${line}`,
        n: PAINTINGS,
        peer: 'no transfer',
        peerValue: median(idle),
      },
      2,
    ),
    compare({
      name,
      value: rate,
      unit: `Mbit/s of the file, ${line}`,
      n: 1,
      peer: 'the line',
      peerValue: LINE.kbits / 1000,
    }),
  ]
}

async function paintings(customer: Customer, desk: Page, signal: AbortSignal): Promise<number[]> {
  const times: number[] = []
  for (let painting = 0; painting < PAINTINGS; painting += 1) {
    const colour = COLOURS[painting % COLOURS.length] ?? 'red'
    const began = performance.now()
    await paint(customer, colour)
    await desk.waitForFunction(isShowing, { polling: 10, timeout: 30_000 }, colour, 0)
    times.push(performance.now() - began)
    await sleep(PAUSE_MS, signal)
  }
  return times
}

const come = (desk: Page) => desk.evaluate(() => document.querySelector('progress')?.value ?? 0)
