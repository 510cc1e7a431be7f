import { expect, test } from 'vitest'
import { addGroup } from './support/people.ts'
import { serveReady } from './support/server.ts'

test.each([
  ['turns the words behind it around', 'Grace \u202egro.elpmaxe'],
  ['is set apart from the words around it', '\u2066Grace\u2069'],
  ['breaks the line', 'Grace\u2028Bcc: all'],
  ['is half a character', 'Grace \ud83d'],
  ['is not seen', '\u200b\u2060'],
  ['is an accent alone', '\u0301'],
])('a name that %s is none', async (_, name) => {
  const server = await serveReady()
  const refused = { status: 400, body: { code: 'malformed', about: 'name' } }
  expect(await server.ask('/api/me', { name }, server.token)).toMatchObject(refused)
  expect(await server.ask('/api/groups', { name }, server.token)).toMatchObject(refused)
})

test.each(['Grace <b>&amp;</b>', 'سارا می‌نا', '👩‍🔧 Ops', '=1+1', 'Ĵơħň'])('%s is a name', async (name) => {
  const server = await serveReady()
  expect(await server.ask('/api/me', { name }, server.token)).toMatchObject({ status: 200, body: { name } })
  expect(await addGroup(server, name)).toMatchObject({ name })
})

test('two groups do not differ by what is not seen', async () => {
  const server = await serveReady()
  await addGroup(server, 'Field')
  for (const name of ['Fi\u200beld', 'Field\u00ad', '\ufeffField', 'F\u2060ield']) {
    const taken = { status: 409, body: { code: 'name-taken', about: 'name' } }
    expect(await server.ask('/api/groups', { name }, server.token)).toMatchObject(taken)
  }
})
