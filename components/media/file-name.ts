/** What no file system takes, and what hides an ending. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}\p{Cf}]/gu
const LONGEST_NAME = 60

/**
 * `Jean Dupont 2026-11-26 14-05 image 3.png`: whose it is, when it was made by the local clock, what it is.
 * @param at in ms since 1970
 */
export function mediaFileName(customer: string, at: number, what: string, ending: string): string {
  const two = (figure: number) => String(figure).padStart(2, '0')
  const day = new Date(at)
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
  const time = `${two(day.getHours())}-${two(day.getMinutes())}`
  // By whole characters: half of one is no name of a file, and no part of an address.
  const whose = [...plain(customer)].slice(0, LONGEST_NAME).join('').trim()
  return [whose, date, time, `${plain(what)}.${ending}`].filter(Boolean).join(' ')
}

function plain(words: string): string {
  return words
    .toWellFormed()
    .replace(FORBIDDEN, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
}

/** The usual ending of a MIME type's files. */
export function endingOf(type: string): string {
  const ending = {
    'image/png': 'png',
    'image/jpeg': 'jpg',
    'image/webp': 'webp',
    'image/gif': 'gif',
    'video/webm': 'webm',
  }
  return (ending as Record<string, string>)[type] ?? 'bin'
}
