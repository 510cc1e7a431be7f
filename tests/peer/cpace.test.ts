import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { describe, expect, test } from 'vitest'
import { generator, lvCat, sampleScalar, scalarMultVfy, sessionKey } from '../../peer/cpace.ts'

/** draft-irtf-cfrg-cpace, test vectors of ristretto255 with SHA-512. */
const DRAFT = {
  PRS: '50617373776f7264',
  CI: '0b415f696e69746961746f720b425f726573706f6e646572',
  sid: '7e4b4791d6a8ef019b936c79fb7f2c57',
  g: '222b6b195fe84b1652badb6f6a3ae3d24341e7306967f0b8115b40d5698c7e56',
  ya: 'da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08',
  ADa: '414461',
  Ya: 'd6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b9157',
  yb: 'd2316b454718c35362d83d69df6320f38578ed5984651435e2949762d900b80d',
  ADb: '414462',
  Yb: '3ea7e0b19560d7c0b0f5734f63b955286dfa8232b5ebe63324e2d9e7433f7258',
  K: '80b69a8a76457ab6a4d7f887a4bf6b55a2f80ac19c333f917a05fc9887c8b40f',
  ISK_IR:
    'b69effbf61b51d56401c0f65601abe428de8206feaaf0e32198896dcae7b35cd' +
    '2b38950a39dfd5d4a79164614c2984f7daa460b588c1e80c3fa2068af7900447',
}

/** `scalar_mult_vfy` of the same draft. */
const POINTS = {
  s: '7cd0e075fa7955ba52c02759a6c90dbbfc10e6d40aea8d283e407d88cf538a05',
  X: '2c3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c',
  product: '7c13645fe790a468f62c39beb7388e541d8405d1ade69d1778c5fe3e7f6b600e',
  invalidEncoding: '2b3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c',
  identity: '00'.repeat(32),
}

const hex = (bytes: Uint8Array | undefined) => bytes && bytesToHex(bytes)
const bytes = (name: keyof typeof DRAFT) => hexToBytes(DRAFT[name])

describe('CPace as the draft has it', () => {
  test('the generator', () => {
    expect(hex(generator(bytes('PRS'), bytes('CI'), bytes('sid')))).toBe(DRAFT.g)
  })

  test('both shares and the shared point', () => {
    expect(hex(scalarMultVfy(bytes('ya'), bytes('g')))).toBe(DRAFT.Ya)
    expect(hex(scalarMultVfy(bytes('yb'), bytes('g')))).toBe(DRAFT.Yb)
    expect(hex(scalarMultVfy(bytes('ya'), bytes('Yb')))).toBe(DRAFT.K)
    expect(hex(scalarMultVfy(bytes('yb'), bytes('Ya')))).toBe(DRAFT.K)
  })

  test('the session key of initiator and responder', () => {
    const a = { y: bytes('Ya'), ad: bytes('ADa') }
    const b = { y: bytes('Yb'), ad: bytes('ADb') }
    expect(hex(sessionKey(bytes('sid'), bytes('K'), a, b))).toBe(DRAFT.ISK_IR)
    expect(hex(sessionKey(bytes('sid'), bytes('K'), b, a))).not.toBe(DRAFT.ISK_IR)
  })

  test('multiplies a valid point and refuses an invalid encoding and the identity', () => {
    const s = hexToBytes(POINTS.s)
    expect(hex(scalarMultVfy(s, hexToBytes(POINTS.X)))).toBe(POINTS.product)
    expect(scalarMultVfy(s, hexToBytes(POINTS.invalidEncoding))).toBeUndefined()
    expect(scalarMultVfy(s, hexToBytes(POINTS.identity))).toBeUndefined()
    expect(scalarMultVfy(s, new Uint8Array(31))).toBeUndefined()
  })
})

test('parts behind their lengths are never mistaken for other parts', () => {
  expect(hex(lvCat(utf8ToBytes('ab'), utf8ToBytes('')))).toBe('02616200')
  expect(lvCat(utf8ToBytes('ab'), utf8ToBytes('c'))).not.toEqual(lvCat(utf8ToBytes('a'), utf8ToBytes('bc')))
  expect(hex(lvCat(new Uint8Array(300)).subarray(0, 2))).toBe('ac02')
})

test('fresh scalars make fresh valid shares', () => {
  const g = bytes('g')
  const shares = Array.from({ length: 20 }, () => hex(scalarMultVfy(sampleScalar(), g)))
  expect(shares).not.toContain(undefined)
  expect(new Set(shares).size).toBe(20)
})
