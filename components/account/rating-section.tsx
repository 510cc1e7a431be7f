import { useEffect, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Refused } from '../ui/refused.tsx'
import { AccountSection } from './account-section.tsx'
import { useAttempt } from './attempt.ts'

/** Whether customers are asked how it was: for admins. */
export function RatingSection() {
  const { ratingSetting } = useWorkplace().desk
  const [asks, setAsks] = useState<boolean>()
  const { refusal, attempt } = useAttempt()
  const [kept, setKept] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is tried is the same each time
  useEffect(() => {
    const life = new AbortController()
    void attempt(async () => setAsks((await ratingSetting.read(life.signal)).asks), life.signal)
    return () => life.abort()
  }, [ratingSetting])

  async function set(wanted: boolean) {
    await attempt(async () => {
      setAsks((await ratingSetting.set({ asks: wanted })).asks)
      setKept(true)
    })
  }

  return (
    <AccountSection title={m.rating_setting_title()}>
      <p>{m.rating_setting_text()}</p>
      {asks !== undefined && (
        <form
          class="admin-form"
          onSubmit={(event) => {
            event.preventDefault()
            void set(asks)
          }}
        >
          <Checkbox
            label={m.rating_setting_asks()}
            checked={asks}
            onChecked={(next) => {
              setKept(false)
              setAsks(next)
            }}
          />
          <div class="account-actions">
            <Button type="submit">{m.rating_setting_save()}</Button>
          </div>
        </form>
      )}
      <p role="status">{kept && m.rating_setting_saved()}</p>
      {refusal && <Refused refusal={refusal} />}
    </AccountSection>
  )
}
