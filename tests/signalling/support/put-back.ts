import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { newKey, type Running, serve } from './server.ts'

type Server = Pick<Running, 'config' | 'sql' | 'close' | 'url'>

/** As OPERATIONS.md says, of a server that runs. @returns the file */
export async function backUp({ config, sql }: Pick<Server, 'config' | 'sql'>): Promise<string> {
  const file = path.join(config.dataDir, `${newKey()}.sqlite`)
  await sql(`VACUUM INTO '${file}'`)
  return file
}

/** As OPERATIONS.md says. The same address answers afterwards. */
export async function putBack({ config, close, url }: Server, backup: string): Promise<Running> {
  await close()
  const database = path.join(config.dataDir, 'deskside.sqlite')
  for (const rest of ['', '-wal', '-shm']) await rm(`${database}${rest}`, { force: true })
  await rename(backup, database)
  return await serve({ environment: { DATA_DIR: config.dataDir, PORT: new URL(url).port } })
}
