/** The whole setup link, to be copied; undefined where its token is missing or cut short. */
export function readSetupLink({ href, hash }: { href: string; hash: string }): string | undefined {
  return /^#[A-Za-z0-9_-]{43}$/.test(hash) ? href : undefined
}
