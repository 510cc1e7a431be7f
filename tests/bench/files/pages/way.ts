/** How the files go from one page to the other. */
export type FileWay = 'bare' | 'simple-peer' | 'peerjs' | 'peerjs-by-hand' | 'deskside'

/** One side of a way, connected. */
export type Giving = (files: readonly File[]) => Promise<unknown>
/** Resolves when so many bytes in all are there. */
export type Taking = (bytes: number) => Promise<unknown>

const asked = new URLSearchParams(location.search)

export const way = asked.get('way')

/** The number of this pair of pages, for servers on which there are others. */
export const pair = asked.get('pair') ?? ''

/** Of PeerJS's own server. */
export const peerPort = Number(asked.get('peer'))

/** Opens this page's side of the bare relay that carries the signals. */
export async function openRelay(): Promise<WebSocket> {
  const socket = new WebSocket(asked.get('relay') ?? '')
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  return socket
}
