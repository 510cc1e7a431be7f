import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'

/** Names our locks among those of a database: "desk", as a number. */
export const LOCKS = 0x6465736b

/**
 * PostgreSQL with one writer at a time, as SQLite has it: a transaction takes this lock before its first statement, and gives it back as it
 * ends; a statement that writes by itself is such a transaction of its own. Nothing deadlocks then, and nothing has to be tried again.
 * Who only reads waits for nobody. docs/decisions/0028-one-writer.md says why.
 */
const BEGIN_ALONE = `begin; select pg_advisory_xact_lock(${LOCKS}, 1)`

const WRITES: ReadonlySet<string> = new Set(['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode'])

export class OneWriterDialect extends PostgresDialect {
  override createDriver(): Driver {
    return new OneWriterDriver(super.createDriver())
  }
}

class Connection implements DatabaseConnection {
  readonly inner: DatabaseConnection
  inTransaction = false

  constructor(inner: DatabaseConnection) {
    this.inner = inner
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const asked = { ...query, parameters: query.parameters.map(acceptable) }
    if (this.inTransaction || !WRITES.has(query.query.kind)) return await this.inner.executeQuery<Row>(asked)
    await beginAlone(this.inner)
    try {
      const result = await this.inner.executeQuery<Row>(asked)
      await say(this.inner, 'commit')
      return result
    } catch (error) {
      await rollBack(this.inner)
      throw error
    }
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.inner.streamQuery<Row>(query, chunkSize ?? 1)
  }
}

class OneWriterDriver implements Driver {
  readonly #driver: Driver

  constructor(driver: Driver) {
    this.#driver = driver
  }

  init(): Promise<void> {
    return this.#driver.init()
  }

  async acquireConnection(): Promise<Connection> {
    return new Connection(await this.#driver.acquireConnection())
  }

  async beginTransaction(connection: Connection, settings: TransactionSettings): Promise<void> {
    if (settings.accessMode === 'read only') await this.#driver.beginTransaction(connection.inner, settings)
    else await beginAlone(connection.inner)
    connection.inTransaction = true
  }

  async commitTransaction(connection: Connection): Promise<void> {
    connection.inTransaction = false
    await say(connection.inner, 'commit')
  }

  async rollbackTransaction(connection: Connection): Promise<void> {
    connection.inTransaction = false
    await rollBack(connection.inner)
  }

  async releaseConnection({ inner }: Connection): Promise<void> {
    await this.#driver.releaseConnection(inner)
  }

  async destroy(): Promise<void> {
    await this.#driver.destroy()
  }
}

async function beginAlone(connection: DatabaseConnection): Promise<void> {
  try {
    await say(connection, BEGIN_ALONE)
  } catch (error) {
    await rollBack(connection)
    throw error
  }
}

/** Where this fails, the connection is broken: the database has rolled back by itself, and the pool forgets it. */
async function rollBack(connection: DatabaseConnection): Promise<void> {
  await say(connection, 'rollback').catch(() => undefined)
}

async function say(connection: DatabaseConnection, sql: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(sql))
}

/**
 * PostgreSQL has no NUL in its texts and no whole numbers beyond 64 bits, and SQLite takes both: what a stranger asks for with one of them
 * is found nowhere, and is no error.
 */
function acceptable(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value
  if (typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value
  return Math.sign(value) * Number.MAX_SAFE_INTEGER
}
