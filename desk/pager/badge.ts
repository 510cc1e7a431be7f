/** How the background stands with its server. `lost`: for so long that somebody may wait without being heard of. */
export type PagerConnection = 'signed-out' | 'sign-in-over' | 'lost' | 'open'

/** What the toolbar button tells: `waiting` counts customers, `quiet` that they call nobody at the moment. */
export type Badge =
  | { kind: 'none' }
  | { kind: 'waiting'; count: number; quiet: boolean }
  | { kind: 'lost' }
  | { kind: 'sign-in-over' }

export function badgeFor(connection: PagerConnection, count: number, quiet: boolean): Badge {
  if (connection === 'signed-out') return { kind: 'none' }
  if (connection === 'lost' || connection === 'sign-in-over') return { kind: connection }
  return count > 0 || quiet ? { kind: 'waiting', count, quiet } : { kind: 'none' }
}

/** There is room for about four characters. */
const MOST = 99

export function badgeText(badge: Badge): string {
  switch (badge.kind) {
    case 'none':
      return ''
    case 'waiting':
      if (badge.count === 0) return ''
      return badge.count > MOST ? `${MOST}+` : String(badge.count)
    case 'lost':
      return '?'
    case 'sign-in-over':
      return '!'
  }
}

/** With white letters on it, in front of a toolbar of any colour. As in the interface: amber waits, red stops, grey is away. */
export function badgeColour(badge: Badge): string {
  if (badge.kind === 'sign-in-over') return '#c8281d'
  return badge.kind === 'waiting' && !badge.quiet ? '#a84f07' : '#5b6470'
}
