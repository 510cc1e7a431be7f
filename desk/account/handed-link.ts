const PREFIX = '#link='

/** The link in the desk's own address, put there by the toolbar button; it is taken out of the address at once. */
export function takeHandedLink(): string | undefined {
  if (!location.hash.startsWith(PREFIX)) return undefined
  const link = decodeURIComponent(location.hash.slice(PREFIX.length))
  history.replaceState(null, '', `${location.pathname}#/`)
  return link
}
