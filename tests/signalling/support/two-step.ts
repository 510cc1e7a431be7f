import { createHmac } from 'node:crypto'
import * as v from 'valibot'
import { onTestFinished } from 'vitest'
import {
  AppReply,
  CodeSentReply,
  Me,
  RecoveryCodesReply,
  SecondStep,
  SignedIn,
  SignInReply,
} from '../../../protocol/account.ts'
import { type MailServer, type ReceivedMail, startMailServer } from '../../support/mail-server.ts'
import { EMAIL, type Reply, type Running, SIGN_IN_KEY } from './server.ts'

type Asks = Pick<Running, 'ask'>
type Challenge = v.InferOutput<typeof SecondStep>['challenge']

/** A mail server that ends with the test. */
export async function startMail(): Promise<MailServer> {
  const mail = await startMailServer()
  onTestFinished(mail.close)
  return mail
}

/** The code of an authenticator app (RFC 6238: SHA-1, 30 s, six digits), `steps` of 30 s from now. */
export function appCode(uri: string, steps = 0): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const secret = fromBase32(new URL(uri).searchParams.get('secret') ?? '')
  const mac = createHmac('sha1', secret).update(counter).digest()
  const at = mac.readUInt8(19) & 0xf
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** The code that a person would read in the mail. */
export function codeIn({ text }: ReceivedMail): string {
  return /\b\d{6}\b/.exec(text)?.[0] ?? ''
}

/** Another code than this one. */
export function wrong(code: string): string {
  return `${code.slice(0, 5)}${(Number(code[5]) + 1) % 10}`
}

export async function signIn(
  server: Asks,
  email = EMAIL,
  device?: string,
  signInKey = SIGN_IN_KEY,
): Promise<SignInReply> {
  const { body } = await server.ask('/api/sign-in', { email, signInKey, ...(device !== undefined && { device }) })
  return v.parse(SignInReply, body)
}

/** The first step, where a second one follows. */
export async function firstStep(server: Asks, email = EMAIL): Promise<v.InferOutput<typeof SecondStep>> {
  return v.parse(SecondStep, await signIn(server, email))
}

export async function secondStep(
  server: Asks,
  given: { challenge: Challenge; method: 'app' | 'email' | 'recovery'; code: string; trust?: boolean },
): Promise<Reply> {
  return await server.ask('/api/sign-in/code', { trust: false, ...given })
}

export function signedIn(reply: Reply): SignedIn {
  return v.parse(SignedIn, reply.body)
}

/** Asks for a mailed code of a sign-in and reads it. */
export async function mailedCode(server: Asks, mail: MailServer, challenge: Challenge, email = EMAIL): Promise<string> {
  const reply = await server.ask('/api/sign-in/send-code', { challenge, language: 'en' })
  v.parse(CodeSentReply, reply.body)
  return codeIn(await mail.next(email))
}

/** Turns the second step on by mail. */
export async function turnOnByMail(server: Asks, mail: MailServer, token: string, email = EMAIL): Promise<Me> {
  v.parse(CodeSentReply, (await server.ask('/api/me/two-step/send-code', {}, token)).body)
  const code = codeIn(await mail.next(email))
  return v.parse(Me, (await server.ask('/api/me/two-step/email', { code }, token)).body)
}

/** Sets an authenticator app up. Its present code is used by that; the next one is not. */
export async function turnOnApp(server: Asks, token: string): Promise<{ uri: string } & RecoveryCodesReply> {
  const { uri } = v.parse(AppReply, (await server.ask('/api/me/two-step/app', { signInKey: SIGN_IN_KEY }, token)).body)
  const { body } = await server.ask('/api/me/two-step/app/verify', { code: appCode(uri) }, token)
  return { uri, ...v.parse(RecoveryCodesReply, body) }
}
