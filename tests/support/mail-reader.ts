/** A mail as a person would read it; `headers` by their names in small letters. */
export type ReceivedMail = {
  to: string
  subject: string
  text: string
  html: string
  headers: ReadonlyMap<string, string>
}

/** Reads what nodemailer writes: one text part and one HTML part, each encoded as its header says. */
export function readMail(to: string, raw: string): ReceivedMail {
  const { headers, body } = split(raw)
  const parts = partsOf(headers, body)
  const textOf = (type: string) => parts.find((part) => part.headers.get('content-type')?.startsWith(type))
  const [text, html] = [textOf('text/plain'), textOf('text/html')]
  return {
    to,
    subject: decodeWords(headers.get('subject') ?? ''),
    text: text ? decode(text) : '',
    html: html ? decode(html) : '',
    headers,
  }
}

/** The one link to an account that a mail has. @throws Error where it has none */
export function linkIn({ text }: { text: string }): string {
  const link = /https?:\/\/\S+\/(?:invitation|reset)#[\w-]{43}/.exec(text)?.[0]
  if (link === undefined) throw new Error('There is no link in the mail.')
  return link
}

type Part = { headers: Map<string, string>; body: string }

function split(raw: string): Part {
  const at = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, at)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { headers: new Map(headers), body: raw.slice(at + 4) }
}

function partsOf(headers: Map<string, string>, body: string): Part[] {
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1]
  if (boundary === undefined) return [{ headers, body }]
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .flatMap((piece) => {
      const part = split(piece.replace(/^\r\n/, '').replace(/\r\n$/, ''))
      return partsOf(part.headers, part.body)
    })
}

function decode({ headers, body }: Part): string {
  const encoding = headers.get('content-transfer-encoding')
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? unquote(body)
        : Buffer.from(body)
  return bytes.toString('utf8').replaceAll('\r\n', '\n')
}

function unquote(text: string): Buffer {
  const joined = text.replace(/=\r\n/g, '')
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}

/** `=?UTF-8?Q?caf=C3=A9?=`, also where one word goes on in the next. */
function decodeWords(text: string): string {
  return text.replace(/\?=\s+=\?/g, '?==?').replace(/(?:=\?UTF-8\?[QB]\?[^?]*\?=)+/gi, (words) => {
    const pieces = [...words.matchAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi)].map(([, kind = '', word = '']) =>
      kind.toUpperCase() === 'B' ? Buffer.from(word, 'base64') : unquote(word.replaceAll('_', ' ')),
    )
    return Buffer.concat(pieces).toString('utf8')
  })
}
