import browser from 'webextension-polyfill'

/** The toolbar button: a few characters on it, and what it says of itself. `colour` of the ground, `#rrggbb`. */
export async function showBadge({
  text,
  colour,
  title,
}: {
  text: string
  colour: string
  title: string
}): Promise<void> {
  await Promise.all([
    browser.action.setBadgeBackgroundColor({ color: colour }),
    browser.action.setBadgeText({ text }),
    browser.action.setTitle({ title }),
  ])
}
