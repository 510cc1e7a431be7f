import { execFileSync } from 'node:child_process'

/** A place on a network of its own, as another house would be: what runs behind `inside` sees nothing but that. */
export type Place = { inside: readonly string[] }

/**
 * Three places that no packet leaves: the server's and the relay's with the address `SERVER`, a desk, and a customer who has
 * two ways out. Browsers of different places reach each other only through `hub`.
 */
export type Network = {
  hub: Place
  desk: Place
  customer: Place
  /** The customer goes out by the other line, as from a cable to a mobile network; the one before is dead. */
  switchLine(): void
  /** The other line comes up and takes all, as a VPN does; the one before stays up, and is the only one to carry what has its address. */
  addLine(): void
  /** What leaves the customer's house goes through a queue of `queueMs`, at `kbits` a second, as at many homes. @returns to end that */
  narrowWayOut(kbits: number, queueMs: number): () => void
  /** Whether desk and customer reach each other without the relay. */
  allowDirect(allowed: boolean): void
  /** Whether desk and customer reach the relay over TCP too, with TLS or without, or over UDP only. */
  allowRelayOverTcp(allowed: boolean): void
  /** The customer's house lets nothing out but TCP to the ports of the web, 443 and the server's own. */
  allowOnlyWeb(serverPort: string): void
}

/** Public as all others here, so that a relay's list of forbidden networks may stay as it is written. */
export const SERVER = '203.0.113.1'
/** An address of the relay's house that nobody outside may reach. */
export const PRIVATE = '10.0.0.5'

/** Why this machine can have no such network, for people; undefined where it can. */
export function whyNoNetwork(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are a part of Linux: run the tests there'
  if (process.getuid?.() !== 0) return 'only root may make network namespaces: run the tests as root, or with sudo'
  const name = `deskside-${process.pid}-try`
  try {
    ip('netns', 'add', name)
    ip('netns', 'del', name)
    return undefined
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.split('\n').slice(0, 2).join(' ') : String(cause)
    return `network namespaces are not allowed here (${said}): install iproute2, or start the container with --privileged`
  }
}

/** @throws Error with what `ip` said. */
export function startNetwork(signal: AbortSignal): Network {
  const named = (place: string) => `deskside-${process.pid}-${place}`
  const places = { hub: named('hub'), desk: named('desk'), customer: named('customer') }
  const stop = () => {
    for (const name of Object.values(places)) {
      try {
        ip('netns', 'del', name)
      } catch {
        // Gone already.
      }
    }
  }
  signal.addEventListener('abort', stop, { once: true })
  process.once('exit', stop)

  for (const name of Object.values(places)) {
    ip('netns', 'add', name)
    ip('-n', name, 'link', 'set', 'lo', 'up')
  }
  for (const address of [SERVER, PRIVATE]) ip('-n', places.hub, 'address', 'add', `${address}/32`, 'dev', 'lo')
  const lines = {
    desk: layLine(places, 'desk', 0),
    cable: layLine(places, 'customer', 1),
    mobile: layLine(places, 'customer', 2),
  }
  let current: 'cable' | 'mobile' = 'cable'
  goOut('desk', lines.desk)
  goOut('customer', lines.cable)
  ip('-n', places.customer, 'link', 'set', lines.mobile.end, 'down')
  // As houses and providers do: what comes over a line with the address of another one goes nowhere.
  for (const { router } of Object.values(lines))
    inside(places.hub, 'sysctl', '-qw', `net.ipv4.conf.${router}.rp_filter=1`)
  const allowDirect = (allowed: boolean) =>
    inside(places.hub, 'sysctl', '-qw', `net.ipv4.ip_forward=${allowed ? 1 : 0}`)
  allowDirect(true)
  const place = (name: string): Place => ({ inside: ['ip', 'netns', 'exec', name] })

  return {
    hub: place(places.hub),
    desk: place(places.desk),
    customer: place(places.customer),
    allowDirect,
    switchLine() {
      const before = lines[current]
      current = current === 'cable' ? 'mobile' : 'cable'
      // As a real one that goes away: its address too.
      ip('-n', places.customer, 'address', 'flush', 'dev', before.end)
      ip('-n', places.customer, 'link', 'set', before.end, 'down')
      comeUp(lines[current])
    },
    addLine() {
      current = current === 'cable' ? 'mobile' : 'cable'
      comeUp(lines[current])
    },
    narrowWayOut(kbits, queueMs) {
      const queue = ['tbf', 'rate', `${kbits}kbit`, 'burst', '16kb', 'latency', `${queueMs}ms`]
      const { end } = lines[current]
      const change = (how: string, ...more: string[]) =>
        inside(places.customer, 'tc', 'qdisc', how, 'dev', end, 'root', ...more)
      change('add', ...queue)
      return () => change('del')
    },
    allowOnlyWeb(serverPort) {
      const rule = (...of: string[]) => ip('-n', places.customer, 'rule', 'add', ...of)
      for (const port of ['443', serverPort]) rule('pref', '10', 'ipproto', 'tcp', 'dport', port, 'lookup', 'main')
      for (const kind of ['tcp', 'udp']) rule('pref', '11', 'ipproto', kind, 'blackhole')
    },
    allowRelayOverTcp(allowed) {
      const to = allowed ? 'del' : 'add'
      for (const from of [places.desk, places.customer])
        for (const port of ['443', '3478'])
          ip('-n', from, 'rule', to, 'pref', '9', 'ipproto', 'tcp', 'dport', port, 'blackhole')
    },
  }

  function comeUp(line: Line) {
    ip('-n', places.customer, 'address', 'replace', line.address, 'dev', line.end)
    ip('-n', places.customer, 'link', 'set', line.end, 'up')
    goOut('customer', line)
  }

  function goOut(from: 'desk' | 'customer', { gateway }: Line) {
    ip('-n', places[from], 'route', 'replace', 'default', 'via', gateway)
  }
}

/** `router`, `end`: its two interfaces, at the hub and at the place. */
type Line = { router: string; end: string; gateway: string; address: string }

function layLine(places: Record<'hub' | 'desk' | 'customer', string>, to: 'desk' | 'customer', number: number): Line {
  const line = {
    router: `line${number}`,
    end: `out${number}`,
    gateway: `198.51.100.${number * 4 + 1}`,
    address: `198.51.100.${number * 4 + 2}/30`,
  }
  ip('-n', places.hub, 'link', 'add', line.router, 'type', 'veth', 'peer', 'name', line.end, 'netns', places[to])
  ip('-n', places.hub, 'address', 'add', `${line.gateway}/30`, 'dev', line.router)
  ip('-n', places[to], 'address', 'add', line.address, 'dev', line.end)
  ip('-n', places.hub, 'link', 'set', line.router, 'up')
  ip('-n', places[to], 'link', 'set', line.end, 'up')
  return line
}

function inside(name: string, ...command: string[]) {
  execFileSync('ip', ['netns', 'exec', name, ...command], { stdio: 'pipe' })
}

function ip(...args: string[]) {
  execFileSync('ip', args, { stdio: 'pipe' })
}
