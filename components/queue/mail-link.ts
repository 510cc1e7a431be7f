/** Opens the technician's own mail program with a text; to whom, where the contact is an address. */
export function mailLink(contact: string, subject: string, text: string): string {
  const to = /^[^\s@,;?&]+@[^\s@,;?&]+\.[^\s@,;?&]+$/.test(contact)
    ? encodeURIComponent(contact).replace('%40', '@')
    : ''
  const body = text.replace(/\r?\n/g, '\r\n')
  return `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`
}
