import * as v from 'valibot'
import { SetupToken } from '../../protocol/http.ts'

/** The whole setup link, to be copied; undefined where its token is missing or cut short. */
export function readSetupLink({ href, hash }: { href: string; hash: string }): string | undefined {
  return v.is(SetupToken, hash.slice(1)) ? href : undefined
}
