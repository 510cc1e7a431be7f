/** Calls when the browser says that its network may be another one. Not every change is told, and not all that is told is one. */
export function onNetworkChange(changed: () => void, signal: AbortSignal, network: EventTarget = globalThis) {
  network.addEventListener('online', changed, { signal })
  networkInformation()?.addEventListener('change', changed, { signal })
}

/** Not in Firefox and Safari, and not in lib.dom. */
function networkInformation(): EventTarget | undefined {
  return 'connection' in navigator && navigator.connection instanceof EventTarget ? navigator.connection : undefined
}
