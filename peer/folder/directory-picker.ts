type Picker = (options: {
  id: string
  mode: 'read' | 'readwrite'
  startIn: 'downloads' | 'documents'
}) => Promise<FileSystemDirectoryHandle>

/** Chromium's; lib.dom does not know it. */
declare global {
  interface Window {
    showDirectoryPicker?: Picker
  }
}

/** Whether this browser lets a person pick a folder in a way that it can be read from, and written to, for longer. */
export const canPickFolder = () => window.showDirectoryPicker !== undefined

/** Within a press of the person. @returns undefined where the person picked none */
export async function pickFolder(mode: 'read' | 'readwrite'): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    const startIn = mode === 'read' ? 'documents' : 'downloads'
    return await window.showDirectoryPicker?.({ id: `deskside-${mode}`, mode, startIn })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') return undefined
    throw cause
  }
}
