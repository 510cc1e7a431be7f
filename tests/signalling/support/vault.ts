import * as v from 'valibot'
import { Vault } from '../../../protocol/keys.ts'

const PUBLIC_KEYS = [
  'age12c44u5xlkd74a7fj69y64wymdvc53c4x8kayn9xfxcn5uv5u9deq8f2hvu',
  'age10ypx39azufp6gt0lcs6ckvshlwkqkr48vwn330sp4lntzt6mtdjsg7xt49',
  'age1p5zhrxeezcnp873tgskkagqqenlgz7gavcnasr7lz6e2j0et5s0skqm6tl',
] as const

/** A well-formed vault of a real public key. What is sealed is not: the server cannot tell, and no test opens it. */
export function vaultOf(which: 0 | 1 | 2 = 0, letter = 'A'): Vault {
  return v.parse(Vault, {
    publicKey: PUBLIC_KEYS[which],
    byPassword: letter.repeat(200),
    byRecoveryCode: letter.toLowerCase().repeat(200),
  })
}
