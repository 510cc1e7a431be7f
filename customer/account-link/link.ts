import * as v from 'valibot'
import { LinkToken } from '../../protocol/account.ts'

/** The whole link, to be copied; undefined where its token is missing or cut short. */
export function readAccountLink({ href, hash }: { href: string; hash: string }): string | undefined {
  return v.is(LinkToken, hash.slice(1)) ? href : undefined
}
