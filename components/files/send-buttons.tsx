import { useEffect, useRef } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { filesOfInput } from '../../peer/files/dropped.ts'
import type { SourceFile } from '../../peer/files/source.ts'
import { Button } from '../ui/button.tsx'

type Props = { onFiles: (files: SourceFile[]) => void }

/** Picks files, or a whole folder, to be sent. */
export function SendButtons({ onFiles }: Props) {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (folder.current) folder.current.webkitdirectory = true
  }, [])

  function picked(input: HTMLInputElement) {
    const list = filesOfInput(input.files ?? [])
    // The same file may be picked again.
    input.value = ''
    onFiles(list)
  }

  return (
    <div class="send-files">
      <input ref={files} type="file" multiple hidden onChange={(event) => picked(event.currentTarget)} />
      <input ref={folder} type="file" hidden onChange={(event) => picked(event.currentTarget)} />
      <Button onClick={() => files.current?.click()}>{m.files_send()}</Button>
      <Button onClick={() => folder.current?.click()}>{m.files_send_folder()}</Button>
    </div>
  )
}
