import { toBase64url } from './base64url.ts'

/** 16 random bytes, base64url (22 characters): names a message, an event, a request. */
export function randomId(): string {
  return toBase64url(crypto.getRandomValues(new Uint8Array(16)))
}
