import { describe, expect, it } from 'vitest'
import { readAccountLink } from '../../../customer/account-link/link.ts'
import { addressAfter, readAddress } from '../../../customer/join/address.ts'
import { nextState } from '../../../customer/join/state.ts'
import { linkKindAt } from '../../../desk/account/address.ts'
import { parseCode } from '../../../protocol/code.ts'
import { CODE, seated } from './states.ts'

describe('readAddress', () => {
  it.each([
    ['/', '', { kind: 'blank' }],
    ['/', '#67890', { kind: 'blank' }],
    ['/12345', '#67890', { kind: 'code', code: CODE }],
    ['/12345/', '#67890', { kind: 'code', code: CODE }],
    ['/12345', '', { kind: 'half', lookup: '12345' }],
    ['/12345', '#67890.', { kind: 'code', code: CODE }],
    ['/12345', '#67890%20', { kind: 'code', code: CODE }],
    ['/12345', '#6789', { kind: 'half', lookup: '12345' }],
    ['/12345', '#abcde', { kind: 'half', lookup: '12345' }],
    ['/1234', '#67890', { kind: 'blank' }],
  ])('reads %s%s', (pathname, hash, opened) => {
    expect(readAddress({ pathname, hash })).toEqual(opened)
  })

  it('resumes the kept code where the address names no other', () => {
    expect(readAddress({ pathname: '/', hash: '' }, CODE)).toEqual({ kind: 'code', code: CODE })
    expect(readAddress({ pathname: '/12345', hash: '' }, CODE)).toEqual({ kind: 'code', code: CODE })
    expect(readAddress({ pathname: '/54321', hash: '' }, CODE)).toEqual({ kind: 'half', lookup: '54321' })
    expect(readAddress({ pathname: '/54321', hash: '#11111' }, CODE)).toEqual({
      kind: 'code',
      code: parseCode('54321-11111'),
    })
  })
})

describe('parseCode', () => {
  const link = 'https://help.example/12345#67890'
  it.each([
    ...[
      '12345-67890',
      '12345 67890',
      ' 1234567890.',
      '12345\u201167890',
      '12345\u200b-67890',
      '１２３４５－６７８９０',
    ],
    ...[link, `${link}.`, `<${link}>`, `${link}\u200b`, `Your link: ${link} (valid today)`, link.replace('#', '/#')],
  ])('reads %s', (text) => expect(parseCode(text)).toEqual(CODE))

  it.each(['', '12345', '123456789012', `${link}1`, '12345-6789O', 'call 12345 or 67890'])(
    'takes %s for no code',
    (text) => expect(parseCode(text)).toBeUndefined(),
  )
})

describe('addressAfter', () => {
  it('keeps a wrong link from being followed again by a reload', () => {
    const wrong = nextState(seated(), { type: 'turned-away', reason: 'wrong-secret' }, 0)
    expect(addressAfter(wrong)).toBe('/12345')
  })

  it('keeps a reload from coming back to what the person left', () => {
    expect(addressAfter(nextState(seated(), { type: 'quit', why: 'not-asked' }, 0))).toBe('/')
    expect(addressAfter(nextState(seated(), { type: 'turned-away', reason: 'ended' }, 0))).toBe('/12345#67890')
  })

  it('hides the secret while the screen may be shared', () => {
    expect(addressAfter(seated())).toBe('/12345')
  })
})

describe('a link that leads a technician to an account', () => {
  it.each([
    ['/setup', 'setup'],
    ['/invitation', 'invitation'],
    ['/reset/', 'reset'],
    ['/', undefined],
    ['/12345', undefined],
    ['/invitations', undefined],
  ])('%s is told by its path', (path, kind) => {
    expect(linkKindAt(path)).toBe(kind)
  })

  it('is copied only with its whole token', () => {
    const href = `https://help.example/invitation#${'a'.repeat(43)}`
    expect(readAccountLink(new URL(href))).toBe(href)
    expect(readAccountLink(new URL(href.slice(0, -1)))).toBeUndefined()
    expect(readAccountLink(new URL('https://help.example/invitation'))).toBeUndefined()
  })
})
