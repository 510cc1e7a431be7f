import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import * as v from 'valibot'
import { root } from '../../scripts/tools.ts'
import type { Colour } from './colours.ts'
import { type Customer, openCustomer } from './customer.ts'
import { type Network, type Place, SERVER } from './network.ts'
import { startTestServer, type TestServer } from './server.ts'
import { openTechnician, type Technician } from './technician.ts'

/** Of the server. */
export const PORT = '8080'

/** Names of local addresses are not known beyond a router, as at home; what stands for STUN here is that browsers tell the addresses. */
const TELL_ADDRESSES = '--disable-features=WebRtcHideLocalIpsWithMdns'
/** The relay's certificate is its own here. */
const TRUST_RELAY = '--ignore-certificate-errors'
const CAPTURE = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=display-media-type=browser']

/** A technician and a customer, each on a network of their own, and the server on a third. */
export type ThreePlaces = {
  network: Network
  server: TestServer
  technician: Technician
  /** A new customer, connected, whose session is open at the desk. */
  meet(name: string): Promise<Customer>
}

/** @param env of the server. */
export async function openThreePlaces(
  network: Network,
  env: Record<string, string>,
  signal: AbortSignal,
): Promise<ThreePlaces> {
  const { hub, desk, customer } = network
  const server = await startTestServer({
    env: { ...env, PORT, HOST: '0.0.0.0', PUBLIC_URL: `http://localhost:${PORT}` },
    inside: hub.inside,
    signal,
  })
  await Promise.all([forward(desk, signal), forward(customer, signal)])
  const technician = await openTechnician(server.setupLink, { inside: desk.inside, args: [TELL_ADDRESSES], signal })
  return {
    network,
    server,
    technician,
    async meet(name) {
      await technician.page.evaluate(() => {
        location.hash = '#/'
      })
      const { link } = await technician.create(name, 'Help')
      const args = [...CAPTURE, TELL_ADDRESSES, TRUST_RELAY]
      const met = await openCustomer(link, { inside: customer.inside, args, signal })
      await met.sees('connected')
      await technician.press(new RegExp(`.*${name}.*`))
      await technician.press('Connect')
      return met
    },
  }
}

/** Starts a program at a place; it ends with the signal, or with this process. */
export function startInside({ inside }: Place, command: readonly string[], signal: AbortSignal): ChildProcess {
  const [program = '', ...args] = [...inside, ...command]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const stop = () => child.kill()
  process.once('exit', stop)
  signal.addEventListener('abort', stop, { once: true })
  return child
}

async function forward(place: Place, signal: AbortSignal) {
  const program = [process.execPath, path.join(root, 'tests/support/port-forward.ts'), SERVER, PORT]
  await startProgram(place, program, signal)
}

/** Starts a program of `tests/support` that says a line when it is ready. @returns all that it says after that */
async function startProgram(place: Place, command: readonly string[], signal: AbortSignal): Promise<string[]> {
  const { stdout } = startInside(place, command, signal)
  if (!stdout) throw new Error('a program without output')
  const said: string[] = []
  const lines = createInterface(stdout)
  await once(lines, 'line')
  lines.on('line', (line) => said.push(line))
  return said
}

/** Listens at an address of the hub. @returns a word for each packet that came */
export function listenAt({ hub }: Network, address: string, port: number, signal: AbortSignal): Promise<string[]> {
  const program = path.join(root, 'tests/support/udp-ear.ts')
  return startProgram(hub, [process.execPath, program, address, `${port}`], signal)
}

/** `media`: how many packets of media it was given until a moment ago, and how many of them it lost. */
export type BadLine = { port: number; media(): { given: number; lost: number } }

const Media = v.object({ given: v.number(), lost: v.number() })

/** A port of the server's address that leads to the relay, as over a line that loses and is slow. */
export async function startBadLine(
  { hub }: Network,
  share: number,
  delayMs: number,
  signal: AbortSignal,
): Promise<BadLine> {
  const port = 3500
  const program = path.join(root, 'tests/support/bad-line.ts')
  const command = [process.execPath, program, SERVER, `${port}`, '3478', `${share}`, `${delayMs}`]
  const said = await startProgram(hub, command, signal)
  return { port, media: () => v.parse(Media, JSON.parse(said.at(-1) ?? '{"given":0,"lost":0}')) }
}

/** Paints the right half of the page that is shared. */
export async function paint({ page }: Customer, colour: Colour) {
  await page.evaluate((name) => {
    const found = document.querySelector<HTMLElement>('#painted')
    const half = found ?? document.body.appendChild(document.createElement('div'))
    half.id = 'painted'
    half.style.cssText = `position:fixed;inset:0 0 0 50%;z-index:99;pointer-events:none;background:${name}`
  }, colour)
}

/** What no codec makes small, another picture 30 times a second, until what is returned is called. */
export async function paintNoise({ page }: Customer): Promise<() => Promise<void>> {
  const canvas = await page.evaluateHandle(startNoise)
  return () => canvas.evaluate((painted) => painted.remove())
}

/** Runs in the page. */
function startNoise(): HTMLCanvasElement {
  const canvas = document.body.appendChild(document.createElement('canvas'))
  canvas.width = canvas.height = 300
  canvas.style.cssText = 'position:fixed;top:0;left:0;z-index:99'
  const picture = new ImageData(300, 300)
  const turn = setInterval(() => {
    if (!canvas.isConnected) return clearInterval(turn)
    for (let at = 0; at < picture.data.length; at += 1) picture.data[at] = at % 4 === 3 ? 255 : Math.random() * 256
    canvas.getContext('2d')?.putImageData(picture, 0, 0)
  }, 33)
  return canvas
}
