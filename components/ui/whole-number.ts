/** What is typed, as a number; not a number where it is anything but figures. */
export function wholeNumber(typed: string): number {
  const figure = typed.trim()
  return /^\d+$/.test(figure) ? Number(figure) : Number.NaN
}
