import * as v from 'valibot'
import { Bytes16, Bytes32, Language, SignInId, TechnicianId, Time, Token } from './ids.ts'
import { PublicKey, RecoverableVault, Vault } from './keys.ts'

/** Accounts over HTTP: setup, sign-in with its second step, and what people do with their own account. */

/**
 * No control characters, not even around it: names and addresses go into the headers of mails. Nor what breaks a line, turns the
 * words behind it around (bidirectional embeddings, overrides and isolates), or is half a character.
 */
const Line = v.pipe(v.string(), v.regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u))

/** With something in it that is seen. */
export const Name = v.pipe(Line, v.trim(), v.regex(/[\p{L}\p{N}\p{P}\p{S}]/u), v.maxLength(80))
export const Email = v.pipe(Line, v.trim(), v.toLowerCase(), v.email(), v.maxLength(254))
export type Email = v.InferOutput<typeof Email>
/** The half of the stretched password that signs in. The server never sees the password. */
export const SignInKey = Bytes32

/** `GET /api/instance`. Anyone. */
export const InstanceReply = v.strictObject({
  /** Random, made once; salts the stretching of passwords. */
  instance: Bytes16,
  organisation: v.nullable(Name),
  /** False until the setup link was used. */
  ready: v.boolean(),
  protocol: v.number(),
  /** `outbox`: no mail server is configured, so mails wait for an admin to copy them, and no codes can be mailed. */
  mail: v.picklist(['smtp', 'outbox']),
})
export type InstanceReply = v.InferOutput<typeof InstanceReply>

/** What stands behind the `#` of a setup link, an invitation or a link to reset a password. */
export const LinkToken = Bytes32

/** `POST /api/setup`. Whoever holds the setup token, once. */
export const SetupRequest = v.strictObject({
  setupToken: LinkToken,
  organisation: Name,
  /** The first group, of which the first admin is a member. */
  group: Name,
  name: Name,
  email: Email,
  language: Language,
  signInKey: SignInKey,
  vault: Vault,
})
export type SetupRequest = v.InferOutput<typeof SetupRequest>

/** How a second step can be taken. */
export const TwoStepMethod = v.picklist(['email', 'app', 'recovery'])
export type TwoStepMethod = v.InferOutput<typeof TwoStepMethod>

/** The signed-in technician: `GET /api/me`, and part of every reply with a new token. */
export const Me = v.strictObject({
  id: TechnicianId,
  name: Name,
  email: v.string(),
  admin: v.boolean(),
  organisation: Name,
  language: Language,
  twoStep: v.strictObject({
    /** Every sign-in on an untrusted device asks for a second step. */
    on: v.boolean(),
    /** An admin asks for it: it cannot be turned off here. */
    required: v.boolean(),
    /** An authenticator app was set up. */
    app: v.boolean(),
  }),
  /** Null where the account has no vault (yet): its extension makes one at the next sign-in. */
  publicKey: v.nullable(PublicKey),
})
export type Me = v.InferOutput<typeof Me>

/** What passed the second step before stands in for it, for 30 days, on this device only. */
export const DeviceToken = v.pipe(v.string(), v.minLength(16), v.maxLength(1024), v.brand('DeviceToken'))
export type DeviceToken = v.InferOutput<typeof DeviceToken>

/** `POST /api/sign-in`. Anyone, throttled. */
export const SignInRequest = v.strictObject({
  email: Email,
  signInKey: SignInKey,
  device: v.optional(DeviceToken),
})
export type SignInRequest = v.InferOutput<typeof SignInRequest>

export const SignedIn = v.strictObject({
  kind: v.literal('signed-in'),
  token: Token,
  me: Me,
  vault: v.nullable(Vault),
  /** After a second step with `trust`: keep it, and show it at the next sign-in. */
  device: v.optional(DeviceToken),
})
export type SignedIn = v.InferOutput<typeof SignedIn>

/** Between the two steps: proves that the password was right, and is good for nothing else. Opaque. */
export const Challenge = v.pipe(v.string(), v.minLength(16), v.maxLength(2048), v.brand('Challenge'))
export type Challenge = v.InferOutput<typeof Challenge>

export const SecondStep = v.strictObject({
  kind: v.literal('second-step'),
  challenge: Challenge,
  /** In the order in which to offer them; never empty. */
  methods: v.array(TwoStepMethod),
})

/** The reply to `POST /api/sign-in`. */
export const SignInReply = v.variant('kind', [SignedIn, SecondStep])
export type SignInReply = v.InferOutput<typeof SignInReply>

/** Six digits from a mail or an app, or a recovery code of the second step as it was printed. */
export const SecondStepCode = v.pipe(v.string(), v.trim(), v.minLength(6), v.maxLength(24), v.regex(/^[\w-]+$/))

/** `POST /api/sign-in/send-code`. Whoever holds the challenge: mails a code, at most one in 30 s. */
export const SendCodeRequest = v.strictObject({ challenge: Challenge, language: Language })
export type SendCodeRequest = v.InferOutput<typeof SendCodeRequest>

/** Replies to everything that mails a code. */
export const CodeSentReply = v.strictObject({
  /** When the next one may be asked for. */
  again: Time,
  /** When this one dies. */
  expiresAt: Time,
})
export type CodeSentReply = v.InferOutput<typeof CodeSentReply>

/** `POST /api/sign-in/code`. Whoever holds the challenge; five tries. The reply is `SignedIn`. */
export const SecondStepRequest = v.strictObject({
  challenge: Challenge,
  method: TwoStepMethod,
  code: SecondStepCode,
  trust: v.boolean(),
})
export type SecondStepRequest = v.InferOutput<typeof SecondStepRequest>

/** `POST /api/me`. A technician, about oneself. The reply is `Me`. */
export const ChangeMeRequest = v.strictObject({ name: v.optional(Name), language: v.optional(Language) })
export type ChangeMeRequest = v.InferOutput<typeof ChangeMeRequest>

/** `POST /api/me/password`. A technician who knows the present one. Ends every other sign-in. 204. */
export const ChangePasswordRequest = v.strictObject({
  signInKey: SignInKey,
  newSignInKey: SignInKey,
  /** The same identity, sealed anew; its `publicKey` must be the account's. */
  vault: Vault,
})
export type ChangePasswordRequest = v.InferOutput<typeof ChangePasswordRequest>

/** `POST /api/me/two-step/send-code`: mails the code that turns it on (`CodeSentReply`). Refused with `no-mail` without a mail server. */
/** `POST /api/me/two-step/email`. A technician: turns the second step on with the mailed code. The reply is `Me`. */
export const TurnOnByEmailRequest = v.strictObject({ code: SecondStepCode })
export type TurnOnByEmailRequest = v.InferOutput<typeof TurnOnByEmailRequest>

/** Asked again before what weakens or shows the protection of the account. */
export const ConfirmRequest = v.strictObject({ signInKey: SignInKey })
export type ConfirmRequest = v.InferOutput<typeof ConfirmRequest>

/** `POST /api/me/two-step/app` (`ConfirmRequest`): begins with an authenticator app; it counts once a code of it was given. */
export const AppReply = v.strictObject({
  /** `otpauth://totp/…`, for the QR code and for copying. */
  uri: v.pipe(v.string(), v.regex(/^otpauth:\/\/totp\//), v.maxLength(512)),
})
export type AppReply = v.InferOutput<typeof AppReply>

/** `POST /api/me/two-step/app/verify` (`TurnOnByEmailRequest`'s shape): the app counts from here. */
export const VerifyAppRequest = v.strictObject({ code: SecondStepCode })
export type VerifyAppRequest = v.InferOutput<typeof VerifyAppRequest>

/** Also the reply to `POST /api/me/two-step/recovery-codes` (`ConfirmRequest`), which makes the codes before void. Shown once. */
export const RecoveryCodesReply = v.strictObject({ me: Me, codes: v.array(SecondStepCode) })
export type RecoveryCodesReply = v.InferOutput<typeof RecoveryCodesReply>

/** `POST /api/me/two-step/off` (`ConfirmRequest`). Refused with `forbidden` where an admin requires it. The reply is `Me`. */

/** `GET /api/me/sign-ins`. A technician: one's own, the newest use first. */
export const SignInsReply = v.strictObject({
  signIns: v.array(
    v.strictObject({
      id: SignInId,
      createdAt: Time,
      lastUsedAt: Time,
      /** The browser's own description of itself, cut to 200 characters; the desk makes words of it. */
      userAgent: v.string(),
      address: v.string(),
      /** The one that asks. */
      current: v.boolean(),
    }),
  ),
})
export type SignInsReply = v.InferOutput<typeof SignInsReply>

/** `POST /api/me/sign-ins/:id/end`: one of one's own. `POST /api/me/sign-out-everywhere`: all, this one and trusted devices included. 204. */

/** `POST /api/password-resets`. Anyone, throttled; always 204, whether there is such an account or not. */
export const AskResetRequest = v.strictObject({ email: Email, language: Language })
export type AskResetRequest = v.InferOutput<typeof AskResetRequest>

/** `POST /api/password-resets/look`. Whoever holds the link. */
export const LookRequest = v.strictObject({ token: LinkToken })
export type LookRequest = v.InferOutput<typeof LookRequest>

export const ResetReply = v.strictObject({
  email: v.string(),
  organisation: Name,
  vault: v.nullable(RecoverableVault),
})
export type ResetReply = v.InferOutput<typeof ResetReply>

/**
 * `POST /api/password-resets/redeem`. Whoever holds the link, once, for one hour. Ends every sign-in. 204: the sign-in that
 * follows asks for the second step as always. With the recovery code the vault holds the same identity, without it a new one.
 */
export const RedeemResetRequest = v.strictObject({ token: LinkToken, signInKey: SignInKey, vault: Vault })
export type RedeemResetRequest = v.InferOutput<typeof RedeemResetRequest>
