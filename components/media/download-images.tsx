import { Download } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { ListedMedia } from '../../desk/case/case-media.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { customerName } from '../queue/customer-name.ts'
import { Button } from '../ui/button.tsx'
import { saveFile } from '../ui/save-file.ts'
import { mediaFileName } from './file-name.ts'
import { downloadName } from './media-words.ts'
import { zipFiles } from './zip-files.ts'

type Props = { entry: QueueEntry; listed: readonly ListedMedia[] }

/** All images of a ticket that are in this browser, as one ZIP; what is not in it is said. */
export function DownloadImages({ entry, listed }: Props) {
  const { media, log } = useWorkplace().desk
  const [said, setSaid] = useState<string>()
  const [working, setWorking] = useState(false)
  const images = listed.filter(({ kind }) => kind !== 'recording')
  const here = images.flatMap(({ id }) => media.items.value.get(id) ?? [])
  if (here.length === 0) return null

  async function download() {
    setWorking(true)
    try {
      const name = customerName(entry.details)
      const { downloadZip } = await import('client-zip')
      let count = 0
      const files = here.map((item) => ({ name: downloadName(item, name), item }))
      const zip = await downloadZip(
        zipFiles(files, media.read, () => {
          count += 1
        }),
      ).blob()
      if (count > 0) {
        saveFile(mediaFileName(name, Date.now(), m.media_zip_name(), 'zip'), zip)
        // They are here also where the server is not reached.
        void log.takenAway({ which: 'images', ticket: entry.header.id }).catch(() => {})
      }
      const missing = images.length - count
      setSaid(missing > 0 ? m.media_zip_missing({ count, missing }) : m.media_zip_done({ count }))
    } catch {
      setSaid(m.media_zip_failed())
    } finally {
      setWorking(false)
    }
  }

  return (
    <div class="media-all">
      <Button aria-disabled={working} onClick={() => working || void download()}>
        <Download aria-hidden="true" />
        {m.media_zip({ count: here.length })}
      </Button>
      <p role="status" class="field-hint">
        {working ? m.media_reading() : said}
      </p>
    </div>
  )
}
