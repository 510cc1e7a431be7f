/** Of Chrome alone: a page that nobody sees, for what a worker cannot do. */
declare const chrome:
  | {
      offscreen?: {
        createDocument(of: { url: string; reasons: ['AUDIO_PLAYBACK']; justification: string }): Promise<void>
        closeDocument(): Promise<void>
      }
    }
  | undefined

const PAGE = 'chime.html'

/** Sounds from the background: through a page that sounds as it is loaded, or by `here` where the background is a page itself. */
export async function soundFromBackground(here: () => Promise<void>): Promise<void> {
  const offscreen = typeof chrome === 'undefined' ? undefined : chrome.offscreen
  if (!offscreen) return await here()
  // Of the last time; there can be one only.
  await offscreen.closeDocument().catch(() => {})
  await offscreen.createDocument({
    url: PAGE,
    reasons: ['AUDIO_PLAYBACK'],
    justification: 'A customer who waits is heard while no page of the extension is open.',
  })
}
