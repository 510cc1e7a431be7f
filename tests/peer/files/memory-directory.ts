/** A folder of a disk as a browser lets a page write to it: slow, one step after the other, with its own mind about names. */
export type MemoryDirectory = {
  handle: FileSystemDirectoryHandle
  /** By path: what is in each file that was closed, or its beginning. */
  files(): Record<string, string>
  /** Their paths. */
  folders(): string[]
  /** From now on each call rejects, as where the person has taken the permission back. */
  revoke(): void
}

type Level = Map<string, Level | { text: string }>

/** @param cannot what this browser lets no page do */
export function memoryDirectory(
  contents: Record<string, string> = {},
  cannot: { write?: boolean; move?: boolean; read?: boolean } = {},
): MemoryDirectory {
  const top: Level = new Map(Object.entries(contents).map(([name, text]) => [name, { text }]))
  let revoked = false

  async function allowed(name: string) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    if (revoked) throw new DOMException('no permission', 'NotAllowedError')
    if (/\.(lnk|local|scf|url)$/.test(name)) throw new TypeError('Name is not allowed.')
  }

  function fileOf(level: Level, name: string, file: { text: string }) {
    let own = name
    async function move(to: string) {
      await allowed(to)
      level.delete(own)
      level.set(to, file)
      own = to
    }
    return {
      kind: 'file',
      get name() {
        return own
      },
      async getFile() {
        if (cannot.read) throw new DOMException('not read', 'NotReadableError')
        return new File([file.text], own)
      },
      async createWritable() {
        if (cannot.write) throw new DOMException('no room', 'QuotaExceededError')
        if (!level.has(own)) throw new DOMException('not there', 'NotFoundError')
        let written = ''
        const sink = {
          async write(bytes: Uint8Array) {
            written += new TextDecoder().decode(bytes)
          },
          async close() {
            file.text += written
          },
          abort: async () => {},
        }
        return Object.assign(new WritableStream(sink), sink)
      },
      ...(!cannot.move && { move }),
    }
  }

  function handleOf(level: Level): FileSystemDirectoryHandle {
    const directory = {
      kind: 'directory',
      async getFileHandle(name: string, { create = false } = {}) {
        await allowed(name)
        const there = level.get(name)
        if (there instanceof Map) throw new DOMException('a folder', 'TypeMismatchError')
        if (!there && !create) throw new DOMException('not there', 'NotFoundError')
        const file = there ?? { text: '' }
        level.set(name, file)
        return fileOf(level, name, file)
      },
      async getDirectoryHandle(name: string, { create = false } = {}) {
        await allowed(name)
        const there = level.get(name)
        if (there && !(there instanceof Map)) throw new DOMException('a file', 'TypeMismatchError')
        if (!there && !create) throw new DOMException('not there', 'NotFoundError')
        const inner: Level = there ?? new Map()
        level.set(name, inner)
        return handleOf(inner)
      },
      async removeEntry(name: string) {
        await allowed(name)
        level.delete(name)
      },
    }
    return directory as never
  }

  return {
    handle: handleOf(top),
    files() {
      const found: Record<string, string> = {}
      const walk = (level: Level, above: string) => {
        for (const [name, what] of level) {
          if (what instanceof Map) walk(what, `${above}${name}/`)
          else found[above + name] = what.text
        }
      }
      walk(top, '')
      return found
    },
    folders() {
      const walk = (level: Level, above: string): string[] =>
        [...level].flatMap(([name, what]) =>
          what instanceof Map ? [above + name, ...walk(what, `${above}${name}/`)] : [],
        )
      return walk(top, '')
    },
    revoke() {
      revoked = true
    },
  }
}
