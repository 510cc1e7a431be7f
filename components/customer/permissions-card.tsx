import { m } from '../../paraglide/messages.js'
import type { Consent, ConsentId, ConsentTopic } from '../../protocol/consent.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

type Props = {
  consents: readonly Consent[]
  onAnswer: (id: ConsentId, granted: boolean) => void
  onEnd: (id: ConsentId) => void
}

/** What the technician asks for, and what is allowed now: each with its answer. The screen has its own bar. */
export function PermissionsCard({ consents, onAnswer, onEnd }: Props) {
  const shown = consents.filter(({ what }) => what !== 'screen')
  return (
    <>
      {shown.map((consent) => {
        if (consent.state.kind === 'asked') return <Question key={consent.id} consent={consent} onAnswer={onAnswer} />
        // A recording has a bar of its own.
        if (consent.state.kind !== 'granted' || consent.what === 'recording') return null
        return (
          <p key={consent.id} role="status">
            {allowedSentence(consent)}{' '}
            <Button onClick={() => onEnd(consent.id)}>{m.consent_stop({ what: topicName(consent.what) })}</Button>
          </p>
        )
      })}
    </>
  )
}

function Question({ consent, onAnswer }: { consent: Consent } & Pick<Props, 'onAnswer'>) {
  return (
    <Notice
      tone="info"
      title={askSentence(consent)}
      actions={
        <>
          <Button kind="primary" onClick={() => onAnswer(consent.id, true)}>
            {m.consent_allow()}
          </Button>
          <Button onClick={() => onAnswer(consent.id, false)}>{m.consent_refuse()}</Button>
        </>
      }
    />
  )
}

function askSentence({ what, to, detail = '' }: Consent): string {
  switch (what) {
    case 'screen':
      return m.consent_ask_screen({ technician: to })
    case 'recording':
      return m.consent_ask_recording({ technician: to })
    case 'drawing':
      return m.consent_ask_drawing({ technician: to })
    case 'camera':
      return m.consent_ask_camera({ technician: to })
    case 'microphone':
      return m.consent_ask_microphone({ technician: to })
    case 'file':
      return m.consent_ask_file({ technician: to, detail })
    case 'folder':
      return m.consent_ask_folder({ technician: to, detail })
  }
}

function allowedSentence({ what, to }: Consent): string {
  return m.consent_allowed({ technician: to, what: topicName(what) })
}

/** As both sides call it. */
export function topicName(what: ConsentTopic): string {
  switch (what) {
    case 'screen':
      return m.consent_screen()
    case 'recording':
      return m.consent_recording()
    case 'drawing':
      return m.consent_drawing()
    case 'camera':
      return m.consent_camera()
    case 'microphone':
      return m.consent_microphone()
    case 'file':
      return m.consent_file()
    case 'folder':
      return m.consent_folder()
  }
}
