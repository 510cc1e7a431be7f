import type { Refusal } from '../../protocol/errors.ts'
import { Notice } from './notice.tsx'
import { refusalSentence } from './refusal.ts'

/** A refusal of a form or a dialog: what was typed is still there. */
export function Refused({ refusal }: { refusal: Refusal }) {
  return <Notice tone="stop" title={refusalSentence(refusal)} />
}
