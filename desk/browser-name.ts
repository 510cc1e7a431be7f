/** A browser and its system, as people call them; undefined where the description names none that is known. */
export type BrowserName = { browser: string | undefined; system: string | undefined }

/** In this order: each of the later ones is claimed by an earlier one too. */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdgA?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:Headless)?(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\//, 'Safari'],
]

const SYSTEMS: readonly [RegExp, string][] = [
  [/\bWindows\b/, 'Windows'],
  [/\biPad\b/, 'iPadOS'],
  [/\biPhone\b/, 'iOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** Reads what a browser says of itself (`User-Agent`). */
export function browserName(userAgent: string): BrowserName {
  let browser: string | undefined
  for (const [pattern, name] of BROWSERS) {
    const found = pattern.exec(userAgent)
    if (found) {
      browser = `${name} ${found[1]}`
      break
    }
  }
  return { browser, system: SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1] }
}
