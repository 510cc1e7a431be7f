import { expect, test } from 'vitest'
import { linkKind, readAddress } from '../../../desk/account/address.ts'

const TOKEN = 'a'.repeat(43)

test.each([
  [`https://help.example.org/setup#${TOKEN}`, { kind: 'setup', origin: 'https://help.example.org', token: TOKEN }],
  [`  http://localhost:8080/setup#${TOKEN}\n`, { kind: 'setup', origin: 'http://localhost:8080', token: TOKEN }],
  [`help.example.org/setup#${TOKEN}`, { kind: 'setup', origin: 'https://help.example.org', token: TOKEN }],
  [
    `https://help.example.org/invitation#${TOKEN}`,
    { kind: 'invitation', origin: 'https://help.example.org', token: TOKEN },
  ],
  [`https://help.example.org/reset/#${TOKEN}`, { kind: 'reset', origin: 'https://help.example.org', token: TOKEN }],
  ['https://help.example.org', { kind: 'server', origin: 'https://help.example.org' }],
  ['https://help.example.org:8443/12345#67890', { kind: 'server', origin: 'https://help.example.org:8443' }],
  ['help.example.org', { kind: 'server', origin: 'https://help.example.org' }],
  ['localhost:8080', { kind: 'server', origin: 'http://localhost:8080' }],
  ['127.0.0.1:8080', { kind: 'server', origin: 'http://127.0.0.1:8080' }],
  ['http://help.example.org', { kind: 'insecure' }],
  [`http://192.168.1.5/setup#${TOKEN}`, { kind: 'insecure' }],
  ['http://localhost.example.org', { kind: 'insecure' }],
])('%j is read', (text, expected) => {
  expect(readAddress(text)).toEqual(expected)
})

test.each([
  '',
  '   ',
  'hello',
  'my help desk',
  'ftp://help.example.org',
  'javascript:alert(1)',
  'https://',
  'https://marie:secret@help.example.org',
  'https://help.example.org/setup',
  `https://help.example.org/setup#${TOKEN.slice(1)}`,
  'https://help.example.org/invitation',
  `https://help.example.org/reset#${TOKEN}x`,
])('%j is no address', (text) => {
  expect(readAddress(text)).toEqual({ kind: 'not-an-address' })
})

test('only the page of a link to an account is taken along', () => {
  expect(linkKind(`https://help.example.org/setup#${TOKEN}`)).toBe('setup')
  expect(linkKind(`https://help.example.org/invitation#${TOKEN}`)).toBe('invitation')
  expect(linkKind(`https://help.example.org/reset#${TOKEN}`)).toBe('reset')
  expect(linkKind('https://help.example.org/invitation')).toBeUndefined()
  expect(linkKind('https://help.example.org/12345#67890')).toBeUndefined()
  expect(linkKind('chrome://extensions')).toBeUndefined()
})
