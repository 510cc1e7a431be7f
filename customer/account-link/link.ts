import * as v from 'valibot'
import { type LinkKind, linkKinds } from '../../desk/address.ts'
import { Bytes32 } from '../../protocol/ids.ts'

/** Which link to an account the address is, complete or not; undefined for a customer's. */
export function accountLinkKind(pathname: string): LinkKind | undefined {
  return linkKinds.find((kind) => pathname.replace(/\/$/, '') === `/${kind}`)
}

/** The whole link, to be copied; undefined where its token is missing or cut short. */
export function readAccountLink({ href, hash }: { href: string; hash: string }): string | undefined {
  return v.is(Bytes32, hash.slice(1)) ? href : undefined
}
