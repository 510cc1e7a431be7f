import type { FileExchange } from '../../peer/files/exchange.ts'
import { saveFile } from '../ui/save-file.ts'

type Kept = NonNullable<ReturnType<FileExchange['kept']>>

/** Hands what came to the browser's downloads: one file as it is, several as one ZIP with their folders, which is made on the disk. */
export async function saveTransfer(
  name: string,
  { kept: files, folders }: Kept,
  spool: (make: () => ReadableStream<Uint8Array>) => Promise<File>,
): Promise<void> {
  const [only] = files
  if (!only) return
  if (files.length === 1 && folders.length === 0 && only.path.length === 1)
    return saveFile(only.path.at(-1) ?? name, only.file)
  const { makeZip } = await import('client-zip')
  const make = () =>
    makeZip([
      ...files.map(({ path, modified, file }) => ({ name: path.join('/'), lastModified: modified, input: file })),
      // What has no content is a folder.
      ...folders.map((path) => ({ name: `${path.join('/')}/` })),
    ])
  saveFile(`${name}.zip`, await spool(make))
}
