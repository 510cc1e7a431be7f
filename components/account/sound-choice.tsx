import { useEffect, useState } from 'preact/hooks'
import { keepSound, readSound } from '../../desk/account/settings.ts'
import { m } from '../../paraglide/messages.js'
import { chime } from '../desk/chime.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'

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
      <Checkbox
        label={m.sound_label()}
        checked={on}
        onChecked={(checked) => {
          setOn(checked)
          // Where nothing can be kept, the sound stays on.
          keepSound(checked).catch(() => {})
        }}
      />
      <Button onClick={() => void chime().catch(() => {})}>{m.sound_test()}</Button>
    </div>
  )
}
