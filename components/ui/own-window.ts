/** A window that stays on top of the others: Chrome from 116, Firefox from 151. Lib.dom does not know it. */
type PictureWindows = {
  readonly window: Window | null
  requestWindow(options: { width: number; height: number }): Promise<Window>
}
declare global {
  interface Window {
    documentPictureInPicture?: PictureWindows
  }
}

/** Whether this browser has windows that stay in front. */
export function hasFrontWindows(): boolean {
  return window.documentPictureInPicture !== undefined
}

/** Straight from a click. `undefined` where there is none, a policy refuses it, or another window took the click. In CSS pixels. */
export async function openFrontWindow(size: { width: number; height: number }): Promise<Window | undefined> {
  return await window.documentPictureInPicture?.requestWindow(size).catch(() => undefined)
}

/** The new window begins empty: it gets this page's style sheets, language and theme. */
export function dress({ document: inside }: Window, title: string): void {
  const { documentElement } = document
  for (const { name, value } of documentElement.attributes) inside.documentElement.setAttribute(name, value)
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"], style')) {
    inside.head.append(inside.importNode(sheet, true))
  }
  inside.title = title
}
