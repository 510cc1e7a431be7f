import { type Verdict, verifyLog } from '../../../signalling/log/verify.ts'
import { openLog } from '../../../signalling/log.ts'
import { readLogHead } from '../../../signalling/store/log.ts'
import { logBatches } from '../../../signalling/store/log-batches.ts'
import { readStore } from '../../../signalling/store/open.ts'
import { reading } from '../../../signalling/store/store.ts'

/** What the verifier says of a database, beside the server that has it. */
export async function verdictOf(where: { dataDir: string; databaseUrl: string | undefined }): Promise<Verdict> {
  const db = await readStore(where, openLog({ logLevel: 'silent' }))
  try {
    return await reading(db).execute(async (trx) => verifyLog(logBatches(trx), await readLogHead(trx)))
  } finally {
    await db.destroy()
  }
}
