import { Download } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { ListedMedia } from '../../desk/case/case-media.ts'
import type { MediaItem } from '../../desk/media/media-item.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { customerName } from '../queue/customer-name.ts'
import { Button } from '../ui/button.tsx'
import { saveFile } from '../ui/save-file.ts'
import { mediaFileName } from './file-name.ts'
import { downloadName } from './media-words.ts'

type Props = { entry: QueueEntry; listed: readonly ListedMedia[] }

/** All images of a ticket that are in this browser, as one ZIP; what is not in it is said. */
export function DownloadImages({ entry, listed }: Props) {
  const { media } = useWorkplace().desk
  const [said, say] = useState<string>()
  const [working, setWorking] = useState(false)
  const images = listed.filter(({ kind }) => kind !== 'recording')
  const here = images.flatMap(({ id }) => media.items.value.get(id) ?? [])
  if (here.length === 0) return null

  async function download() {
    setWorking(true)
    try {
      const name = customerName(entry.details)
      const { zip, count } = await zipOf(here, name, media.read)
      if (count > 0) saveFile(mediaFileName(name, Date.now(), m.media_zip_name(), 'zip'), zip)
      const missing = images.length - count
      say(missing > 0 ? m.media_zip_missing({ count, missing }) : m.media_zip_done({ count }))
    } catch {
      say(m.media_zip_failed())
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

/** Each image is read when the ZIP has come to it. `count`: of those that were there. */
async function zipOf(
  items: readonly MediaItem[],
  customer: string,
  read: (id: MediaItem['id']) => Promise<Blob | undefined>,
) {
  const { downloadZip } = await import('client-zip')
  let count = 0
  async function* files() {
    for (const item of items) {
      const input = await read(item.id)
      if (!input) continue
      count += 1
      yield { name: downloadName(item, customer), lastModified: new Date(item.at), input }
    }
  }
  const zip = await downloadZip(files()).blob()
  return { zip, count }
}
