import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'

/** Hands what came to the browser. To make one ZIP of many it needs as much room again: where there is none it says so. */
export function SaveButton({ onSave }: { onSave: () => Promise<void> }) {
  const [state, setState] = useState<'ready' | 'saving' | 'failed'>('ready')

  function save() {
    setState('saving')
    onSave().then(
      () => setState('ready'),
      () => setState('failed'),
    )
  }

  return (
    <>
      <Button kind="primary" disabled={state === 'saving'} onClick={save}>
        {m.files_save()}
      </Button>
      {state === 'failed' && <p role="alert">{m.files_save_failed()}</p>}
    </>
  )
}
