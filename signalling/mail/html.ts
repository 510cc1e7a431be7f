import type { Language } from '../../protocol/ids.ts'
import type { Composed, Part } from './letter.ts'

const BODY = 'margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1c2024;background:#ffffff'
const BUTTON =
  'display:inline-block;padding:10px 18px;border-radius:6px;background:#0b7a70;color:#ffffff;text-decoration:none'
const CODE = 'font:600 28px/1.2 ui-monospace,monospace;letter-spacing:4px'
const ASIDE = 'font-size:14px;color:#5b6470;overflow-wrap:anywhere'

/** The mail as HTML: no images, nothing that is fetched, and every word of a person escaped. */
export function toHtml(language: Language, { subject, parts }: Composed): string {
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(subject)}</title></head><body style="${BODY}"><div style="max-width:560px">`,
    ...parts.map(paragraph),
    '</div></body></html>',
  ].join('\n')
}

function paragraph(part: Part): string {
  switch (part.kind) {
    case 'sentence':
      return `<p>${escapeHtml(part.text)}</p>`
    case 'aside':
      return `<p style="${ASIDE}">${escapeHtml(part.text)}</p>`
    case 'link':
      return [
        `<p><a href="${escapeHtml(part.link)}" style="${BUTTON}">${escapeHtml(part.label)}</a></p>`,
        // Also to be read and copied: some programs show no links.
        `<p style="${ASIDE}">${escapeHtml(part.link)}</p>`,
      ].join('\n')
    case 'code':
      return `<p style="${CODE}">${escapeHtml(part.code)}</p>`
  }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
