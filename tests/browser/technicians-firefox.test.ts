import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, onTestFinished, test } from 'vitest'
import { startTestServer } from '../support/server.ts'
import { openTechnician } from '../support/technician.ts'
import { techniciansPage } from '../support/technicians-page.ts'

const over = new AbortController()
const { signal } = over
afterAll(() => over.abort())

test('P1 P2 P4 P5 F6 the screen works in Firefox too', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskside-fox-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const server = await startTestServer({ signal })
  const fox = await openTechnician(server.setupLink, { browser: 'firefox', signal })
  const screen = techniciansPage(fox)
  await screen.open()
  await screen.createGroup('Field service')
  await screen.view('All technicians')
  await screen.select('marie@acme.example')
  await fox.press('Move')
  await fox.choose('Add to these groups')
  await screen.check('Field service')
  await fox.confirm('Move')
  await screen.seesRow({ address: 'marie@acme.example', groups: 'Field service, Support' })
  const file = path.join(folder, 'fox.csv')
  await writeFile(file, 'fox@acme.example;Équipe de nuit;oui;non\n')
  await screen.chooseCsv(file)
  await fox.sees('Ready: 1 · With a problem: 0')
  await fox.confirm('Send invitations (1)')
  await fox.sees('Invited: 1')
  await fox.confirm('Close')
  await screen.seesRow({ address: 'fox@acme.example', groups: 'Équipe de nuit', role: 'Admin', status: 'Invited' })
})
