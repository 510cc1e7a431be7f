import { useEffect, useState } from 'preact/hooks'
import type { MediaId } from '../../protocol/media.ts'
import { useWorkplace } from '../desk/context.ts'

/** `gone`: it should be here, and the disk does not have it. */
export type MediaUrl = { kind: 'reading' } | { kind: 'read'; url: string; blob: Blob } | { kind: 'gone' }

/** An address under which this page can show what is kept; it goes with whoever asked. */
export function useMediaUrl(id: MediaId): MediaUrl {
  const { media } = useWorkplace().desk
  const [read, setRead] = useState<MediaUrl>({ kind: 'reading' })
  useEffect(() => {
    let url: string | undefined
    let over = false
    media.read(id).then(
      (blob) => {
        if (over) return
        if (!blob) return setRead({ kind: 'gone' })
        url = URL.createObjectURL(blob)
        setRead({ kind: 'read', url, blob })
      },
      () => over || setRead({ kind: 'gone' }),
    )
    return () => {
      over = true
      if (url) URL.revokeObjectURL(url)
    }
  }, [media, id])
  return read
}
