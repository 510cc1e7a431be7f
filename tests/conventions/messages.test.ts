import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { CustomerToTechnician, TechnicianToCustomer } from '../../protocol/link.ts'
import { MeshToServer, MeshToTechnician } from '../../protocol/mesh.ts'
import { PairMessage } from '../../protocol/pairing.ts'
import {
  CustomerToServer,
  Hello,
  ServerToCustomer,
  ServerToTechnician,
  TechnicianToServer,
} from '../../protocol/socket.ts'
import { root } from '../../scripts/tools.ts'
import { readSources } from './sources.ts'

/** What a union of messages is to this test: only the names. */
type Union = { options: readonly { entries: { type: { literal: string } } }[] }

const namesOf = (...unions: Union[]) => [
  ...new Set(unions.flatMap(({ options }) => options.map(({ entries }) => entries.type.literal))),
]

const toServer = [Hello.entries.type.literal, ...namesOf(TechnicianToServer, CustomerToServer)]
const toClient = namesOf(ServerToTechnician, ServerToCustomer)
const meshToServer = namesOf(MeshToServer)
const onMesh = [...meshToServer, ...namesOf(MeshToTechnician)]
const betweenBrowsers = namesOf(PairMessage, TechnicianToCustomer, CustomerToTechnician)
const messages = [...new Set([...toServer, ...toClient, ...betweenBrowsers, ...onMesh])]

const [page] = readSources('docs/PROTOCOL.md')
const tests = readSources('tests/**/*.test.{ts,tsx}').filter(({ name }) => !name.startsWith('tests/conventions/'))

const hasRow = (message: string, text: string) => new RegExp(`^\\| *\`${message}\` *\\|`, 'm').test(text)
const isNamed = (message: string, text: string) => new RegExp(`(['"\`])${message}\\1`).test(text)

describe.each(messages)('the message %s', (message) => {
  test('has a row in docs/PROTOCOL.md', () => expect(hasRow(message, page?.text ?? '')).toBe(true))

  test('is named in a test', () => expect(tests.filter(({ text }) => isNamed(message, text))).not.toEqual([]))
})

test.each(toServer)('the message %s has a handler of its own', (message) => {
  expect(existsSync(path.join(root, `signalling/messages/${message}.ts`))).toBe(true)
})

test.each(meshToServer)('the mesh’s message %s has a handler of its own', (message) => {
  expect(existsSync(path.join(root, `signalling/mesh/${message}.ts`))).toBe(true)
})

test('these rules would find a message without a row or a test', () => {
  expect(messages.length).toBeGreaterThan(20)
  expect(hasRow('relay', '| `relay` | both | … |')).toBe(true)
  expect(hasRow('relay', 'a `relay` in passing\n| other | `relay` |')).toBe(false)
  expect(isNamed('relay', "send({ type: 'relay' })")).toBe(true)
  expect(isNamed('relay', "send({ type: 'relay-more' }) // relay")).toBe(false)
})
