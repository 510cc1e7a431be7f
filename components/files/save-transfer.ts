import type { KeptFile } from '../../peer/files/opfs-sink.ts'
import { saveFile } from '../ui/save-file.ts'

/** Hands what came to the browser's downloads: one file as it is, several as one ZIP with their folders. */
export async function saveTransfer(name: string, files: readonly KeptFile[]): Promise<void> {
  const [only] = files
  if (!only) return
  if (files.length === 1 && only.path.length === 1) return saveFile(only.path.at(-1) ?? name, only.file)
  const { downloadZip } = await import('client-zip')
  const zip = downloadZip(
    files.map(({ path, file }) => ({ name: path.join('/'), lastModified: file.lastModified, input: file })),
  )
  saveFile(`${name}.zip`, await zip.blob())
}
