import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as v from 'valibot'
import { TicketReply } from '../../../protocol/http.ts'
import { Group, PeopleReply } from '../../../protocol/people.ts'
import { readConfig } from '../../../signalling/config.ts'
import { startServer } from '../../../signalling/server.ts'
import { environmentOf, makeDatabase, makeLastingDatabase } from './database.ts'
import { addColleague, asker, execute, type Running, serve, setUp, temporaryFolder } from './server.ts'
import { firstStep, turnOnApp } from './two-step.ts'

/** Everybody who can ask for something, from the one who may least to the one who may most. */
export const ROLES = ['nobody', 'challenge', 'deactivated', 'otherGroup', 'technician', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** A database with one of each, and things that they may or may not touch. */
export type Stage = {
  dataDir: string
  setupToken: string
  tokens: Record<Role, string | undefined>
  /** What the `technician` is assigned to, is in, and is called. */
  ticket: string
  group: string
  technician: string
  emptyGroup: string
  invitation: string
}

/** Sets the stage once; the caller removes `dataDir`. */
export async function setStage(): Promise<Stage> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'deskside-test-'))
  await makeLastingDatabase(dataDir)
  const { port, setupLink, close } = await startServer(
    readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...environmentOf(dataDir), DATA_DIR: dataDir }),
  )
  const server = { ask: asker(`http://127.0.0.1:${port}`), sql: (text: string) => execute(dataDir, text) }
  const setupToken = setupLink?.split('#')[1] ?? ''
  const admin = await setUp({ ...server, setupToken })
  const colleague = (name: string) => addColleague(server, false, `${name}@example.org`)
  const technician = await colleague('technician')
  const otherGroup = await colleague('other')
  const deactivated = await colleague('deactivated')
  const half = await colleague('half')
  await turnOnApp(server, half.token)
  const { challenge } = await firstStep(server, half.me.email)

  const as = async (path: string, body: unknown) => (await server.ask(path, body, admin.token)).body
  const groupOf = async (name: string) => v.parse(Group, await as('/api/groups', { name })).id
  const people = v.parse(PeopleReply, await as('/api/people', undefined))
  const [group, other, emptyGroup] = [await groupOf('Queue'), await groupOf('Other'), await groupOf('Empty')]
  const first = people.groups.map(({ id }) => id)
  const move = (who: string, to: string) =>
    as('/api/technicians/groups', { technicians: [who], add: [to], remove: first })
  await move(technician.me.id, group)
  await move(otherGroup.me.id, other)
  await as(`/api/technicians/${deactivated.me.id}`, { active: false })
  await as('/api/invitations', {
    language: 'en',
    invitees: [{ email: 'invited@example.org', groups: [], admin: false, twoStep: false }],
  })
  const { invitations } = v.parse(PeopleReply, await as('/api/people', undefined))
  const body = { key: 'k'.repeat(22), group, assignee: technician.me.id }
  const created = await server.ask('/api/tickets', body, technician.token)
  await close()
  return {
    dataDir,
    setupToken,
    tokens: {
      nobody: undefined,
      challenge,
      deactivated: deactivated.token,
      otherGroup: otherGroup.token,
      technician: technician.token,
      admin: admin.token,
    },
    ticket: v.parse(TicketReply, created.body).ticket.id,
    group,
    technician: technician.me.id,
    emptyGroup,
    invitation: invitations[0]?.id ?? '',
  }
}

/** A server on a copy of the stage, which its test may spoil. */
export async function serveStage(stage: Stage, pagesDir: string): Promise<Running> {
  const dataDir = await temporaryFolder()
  await cp(stage.dataDir, dataDir, { recursive: true })
  await makeDatabase(dataDir, stage.dataDir)
  return await serve({ environment: { DATA_DIR: dataDir, PAGES_DIR: pagesDir } })
}
