import * as v from 'valibot'
import {
  AppReply,
  type AskResetRequest,
  type ChangeMeRequest,
  type ChangePasswordRequest,
  CodeSentReply,
  type ConfirmRequest,
  type LookRequest,
  Me,
  RecoveryCodesReply,
  type RedeemResetRequest,
  ResetReply,
  type SecondStepRequest,
  type SendCodeRequest,
  type SetupRequest,
  SignedIn,
  SignInReply,
  type SignInRequest,
  SignInsReply,
  type TurnOnByEmailRequest,
  type VerifyAppRequest,
} from '../../protocol/account.ts'
import type { SignInId } from '../../protocol/ids.ts'
import { InvitationReply, type LookInvitationRequest, type RedeemInvitationRequest } from '../../protocol/people.ts'
import type { ServerCall } from './server.ts'

/** The routes of setup, sign-in and the own account (`protocol/account.ts`), with those of one's own invitation. */
export function accountRoutes(call: ServerCall) {
  /** A POST whose reply is read with the schema. */
  const post =
    <Body, S extends v.GenericSchema>(path: string, reply: S) =>
    (body: Body, signal?: AbortSignal) =>
      call(path, { method: 'POST', body, reply, signal })
  /** A POST that says nothing and is answered with nothing. */
  const tell = (path: string) => (signal?: AbortSignal) =>
    call(path, { method: 'POST', reply: v.unknown(), signal }).then(() => {})

  return {
    setUp: post<SetupRequest, typeof SignedIn>('/api/setup', SignedIn),
    signIn: post<SignInRequest, typeof SignInReply>('/api/sign-in', SignInReply),
    sendCode: post<SendCodeRequest, typeof CodeSentReply>('/api/sign-in/send-code', CodeSentReply),
    secondStep: post<SecondStepRequest, typeof SignedIn>('/api/sign-in/code', SignedIn),
    signOut: tell('/api/sign-out'),

    askReset: post<AskResetRequest, v.UnknownSchema>('/api/password-resets', v.unknown()),
    lookAtReset: post<LookRequest, typeof ResetReply>('/api/password-resets/look', ResetReply),
    redeemReset: post<RedeemResetRequest, v.UnknownSchema>('/api/password-resets/redeem', v.unknown()),
    lookAtInvitation: post<LookInvitationRequest, typeof InvitationReply>('/api/invitations/look', InvitationReply),
    redeemInvitation: post<RedeemInvitationRequest, typeof SignedIn>('/api/invitations/redeem', SignedIn),

    me: (signal?: AbortSignal) => call('/api/me', { reply: Me, signal }),
    change: post<ChangeMeRequest, typeof Me>('/api/me', Me),
    changePassword: post<ChangePasswordRequest, v.UnknownSchema>('/api/me/password', v.unknown()),
    sendTwoStepCode: (signal?: AbortSignal) =>
      call('/api/me/two-step/send-code', { method: 'POST', reply: CodeSentReply, signal }),
    turnOnByEmail: post<TurnOnByEmailRequest, typeof Me>('/api/me/two-step/email', Me),
    beginApp: post<ConfirmRequest, typeof AppReply>('/api/me/two-step/app', AppReply),
    verifyApp: post<VerifyAppRequest, typeof RecoveryCodesReply>('/api/me/two-step/app/verify', RecoveryCodesReply),
    newRecoveryCodes: post<ConfirmRequest, typeof RecoveryCodesReply>(
      '/api/me/two-step/recovery-codes',
      RecoveryCodesReply,
    ),
    turnOffTwoStep: post<ConfirmRequest, typeof Me>('/api/me/two-step/off', Me),
    signIns: (signal?: AbortSignal) => call('/api/me/sign-ins', { reply: SignInsReply, signal }),
    endSignIn: (id: SignInId, signal?: AbortSignal) => tell(`/api/me/sign-ins/${id}/end`)(signal),
    signOutEverywhere: tell('/api/me/sign-out-everywhere'),
  }
}
