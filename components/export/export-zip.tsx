import { render } from 'preact'
import type { useWorkplace } from '../desk/context.ts'
import { WorkplaceContext } from '../desk/context.ts'
import { zipFiles } from '../media/zip-files.ts'
import { customerName } from '../queue/customer-name.ts'
import { formatLocale } from '../ui/locale.ts'
import { type ExportContent, jsonOf } from './export-content.ts'
import { ExportPage } from './export-page.tsx'

type Workplace = ReturnType<typeof useWorkplace>

const STYLE = `
  body { max-width: 60em; margin: 2em auto; padding: 0 1em; font: 16px/1.5 system-ui, sans-serif; color: #1c2024; background: #fff }
  li { margin: 0 0 .6em } .text { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 } .note-line { display: block }
  img, video { display: block; max-width: 100%; margin: .4em 0; border: 1px solid #dfe3e6 }
`

/**
 * One ZIP: `ticket.html` for people, `ticket.json` for programs, `whiteboard/`, `images/` and `video/`. The page links to each file of the list, also to one whose bytes are gone by then.
 * @param onProgress how many of the files are in it
 */
export async function zipTicket(
  workplace: Workplace,
  content: ExportContent,
  onProgress: (files: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const { downloadZip } = await import('client-zip')
  const { media } = workplace.desk
  let count = 0
  async function* files() {
    yield { name: 'ticket.html', input: htmlOf(workplace, content) }
    yield { name: 'ticket.json', input: jsonOf(content) }
    for (const { name, paint } of content.boards) {
      signal.throwIfAborted()
      yield { name, input: await paint() }
    }
    yield* zipFiles(
      content.files.values(),
      media.read,
      () => {
        count += 1
        onProgress(count)
      },
      signal,
    )
  }
  return await downloadZip(files()).blob()
}

/** Drawn into a document of its own, which is then written down as text: what people wrote stays text. */
function htmlOf(workplace: Workplace, content: ExportContent): string {
  const { header, details } = content.entry
  const page = document.implementation.createHTMLDocument(`${header.lookup} ${customerName(details)}`)
  page.documentElement.lang = formatLocale()
  const charset = page.createElement('meta')
  charset.setAttribute('charset', 'utf-8')
  const style = page.createElement('style')
  style.textContent = STYLE
  page.head.prepend(charset, style)
  render(
    <WorkplaceContext.Provider value={workplace}>
      <ExportPage content={content} />
    </WorkplaceContext.Provider>,
    page.body,
  )
  const html = `<!doctype html>\n${new XMLSerializer().serializeToString(page.documentElement)}\n`
  render(null, page.body)
  return html
}
