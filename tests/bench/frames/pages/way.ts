/** How the two pages are connected. */
export type Way = 'bare' | 'deskside'

const asked = new URLSearchParams(location.search)

export const way: Way = asked.get('way') === 'bare' ? 'bare' : 'deskside'

/** Opens this page's side of the bare relay that carries the signals of both ways. */
export async function openRelay(): Promise<WebSocket> {
  const socket = new WebSocket(asked.get('relay') ?? '')
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  return socket
}
