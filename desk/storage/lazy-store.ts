import { createStore, type UseStore } from 'idb-keyval'

/** A store of its own in IndexedDB, opened at its first use: a browser may have none until something is really kept. */
export function lazyStore(database: string, name: string): () => UseStore {
  let opened: UseStore | undefined
  return () => {
    opened ??= createStore(database, name)
    return opened
  }
}
