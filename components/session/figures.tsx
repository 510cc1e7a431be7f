import { m } from '../../paraglide/messages.js'
import type { Quality } from '../../peer/quality.ts'
import { formatLocale } from '../ui/locale.ts'

/** @property screen what it is called, where there are several */
type Props = { quality: Quality | undefined; screen: string | undefined }

/** What is really received, for whoever wants to know why a picture is as it is. */
export function Figures({ quality, screen }: Props) {
  if (!quality || quality.width === 0) return null
  const { width, height, framesPerSecond, kbitsPerSecond, codec, lost, roundTripMs, bufferMs, route } = quality
  const rows: [string, string | undefined][] = [
    [m.session_figure_screen(), screen],
    [m.session_figure_size(), `${width} × ${height}`],
    [m.session_figure_rate(), m.session_figure_rate_value({ count: whole(framesPerSecond) })],
    [m.session_figure_bits(), m.session_figure_bits_value({ count: whole(kbitsPerSecond) })],
    [m.session_figure_delay(), roundTripMs === undefined ? undefined : millis(roundTripMs / 2 + (bufferMs ?? 0))],
    [m.session_figure_lost(), lost === undefined ? undefined : percent(lost)],
    [m.session_figure_codec(), codec],
    [m.session_figure_route(), routeName(route)],
  ]
  return (
    <dl class="figures-panel figures" aria-label={m.session_figures()}>
      {rows.map(
        ([name, value]) =>
          value !== undefined && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

function routeName(route: Quality['route']): string | undefined {
  if (route === 'unknown') return undefined
  return route === 'direct' ? m.session_route_direct() : m.session_route_relayed()
}

function whole(value: number): string {
  return new Intl.NumberFormat(formatLocale(), { maximumFractionDigits: 0 }).format(value)
}

function millis(value: number): string {
  const options = { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 } as const
  return new Intl.NumberFormat(formatLocale(), options).format(value)
}

function percent(value: number): string {
  return new Intl.NumberFormat(formatLocale(), { style: 'percent', maximumFractionDigits: 1 }).format(value)
}
