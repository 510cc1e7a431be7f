import { useEffect, useRef, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { canPickFolder, pickFolder } from '../../peer/folder/directory-picker.ts'
import { type FolderNode, folderOfFiles, folderOfHandle } from '../../peer/folder/folder-node.ts'
import { Button } from '../ui/button.tsx'

type Props = { onFolder: (folder: FolderNode) => void }

/** Lets the customer pick the one folder that is to be seen. Who picks none has not answered yet. */
export function FolderChoice({ onFolder }: Props) {
  const [problem, setProblem] = useState<string>()

  async function pick() {
    setProblem(undefined)
    try {
      const handle = await pickFolder('read')
      if (handle) onFolder(folderOfHandle(handle))
    } catch {
      setProblem(m.folder_cannot_read())
    }
  }

  return (
    <>
      {canPickFolder() ? (
        <Button kind="primary" onClick={() => void pick()}>
          {m.folder_choose()}
        </Button>
      ) : (
        <FolderInput onFolder={onFolder} onEmpty={() => setProblem(m.files_empty_folder())} />
      )}
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}

/** For browsers without a picker: they read all names in the folder at once. */
function FolderInput({ onFolder, onEmpty }: Props & { onEmpty: () => void }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current) input.current.webkitdirectory = true
  }, [])
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        onChange={({ currentTarget }) => {
          const folder = folderOfFiles(currentTarget.files ?? [])
          currentTarget.value = ''
          folder ? onFolder(folder) : onEmpty()
        }}
      />
      <Button kind="primary" onClick={() => input.current?.click()}>
        {m.folder_choose()}
      </Button>
    </>
  )
}
