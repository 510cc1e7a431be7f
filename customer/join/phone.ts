type Device = { userAgent: string; maxTouchPoints: number }

/** Whether this is a phone or tablet, to word why it cannot share; nothing else depends on it. iPads say they are Macs. */
export function isPhone({ userAgent, maxTouchPoints }: Device): boolean {
  return /Android|iPhone|iPad|Mobile/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)
}
