import { useEffect, useState } from 'preact/hooks'
import { keepSound, readSound } from '../../desk/settings.ts'
import { m } from '../../paraglide/messages.js'
import { chime } from '../desk/chime.ts'
import { Button } from '../ui/button.tsx'

/** Whether a customer who comes is heard in this browser, and how that sounds. */
export function SoundChoice() {
  const [on, setOn] = useState(true)
  useEffect(() => {
    readSound()
      .then(setOn)
      .catch(() => {})
  }, [])
  return (
    <div class="account-actions">
      <label class="check">
        <input
          type="checkbox"
          checked={on}
          onChange={({ currentTarget: { checked } }) => {
            setOn(checked)
            // Where nothing can be kept, the sound stays on.
            keepSound(checked).catch(() => {})
          }}
        />
        {m.sound_label()}
      </label>
      <Button onClick={() => void chime()}>{m.sound_test()}</Button>
    </div>
  )
}
