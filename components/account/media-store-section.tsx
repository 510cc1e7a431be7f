import { useEffect, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { MediaStoreReply } from '../../protocol/media-store.ts'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { bytesWords } from '../ui/bytes.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { Field } from '../ui/field.tsx'
import { Refused } from '../ui/refused.tsx'
import { wholeNumber } from '../ui/whole-number.ts'
import { AccountSection } from './account-section.tsx'
import { useAttempt } from './attempt.ts'

const GIGABYTE = 1e9
/** So often it is looked how full it is, in ms. */
const LOOK_MS = 5_000
const MOST_GIGABYTES = 100_000

type Draft = { on: boolean; gigabytes: string }

const draftOf = ({ on, quotaBytes }: MediaStoreReply): Draft => ({
  on,
  gigabytes: String(Math.max(1, Math.round(quotaBytes / GIGABYTE))),
})

/** Whether the whole help desk keeps images and recordings on the server as well, and how much of them: for admins. */
export function MediaStoreSection() {
  const { lending, mediaRoutes } = useWorkplace().desk
  const [draft, setDraft] = useState<Draft>()
  const [wrong, setWrong] = useState(false)
  const { refusal, attempt } = useAttempt()
  const [saved, setSaved] = useState(false)
  const answer = lending.uploads.store
  const store = answer.latest.value

  // Others fill it meanwhile.
  useEffect(() => {
    void answer.refresh()
    const timer = setInterval(() => void answer.refresh(), LOOK_MS)
    return () => clearInterval(timer)
  }, [answer])

  useEffect(() => {
    if (store) setDraft((typed) => typed ?? draftOf(store))
  }, [store])

  function change(part: Partial<Draft>) {
    setSaved(false)
    if (draft) setDraft({ ...draft, ...part })
  }

  async function save({ on, gigabytes }: Draft) {
    const size = wholeNumber(gigabytes)
    const isWrong = !(Number.isInteger(size) && size >= 1 && size <= MOST_GIGABYTES)
    setWrong(isWrong)
    if (isWrong) return
    await attempt(async () => {
      setDraft(draftOf(await mediaRoutes.set({ on, quotaBytes: size * GIGABYTE })))
      setSaved(true)
      await answer.refresh()
    })
  }

  return (
    <AccountSection title={m.media_store_title()}>
      <p>{m.media_store_text()}</p>
      {store && (
        <div class="storage-used">
          <meter
            aria-label={m.media_store_meter()}
            value={store.usedBytes}
            max={store.quotaBytes}
            high={store.quotaBytes * 0.9}
          />
          <p class="figures">
            {m.media_store_used({ used: bytesWords(store.usedBytes), quota: bytesWords(store.quotaBytes) })}
          </p>
        </div>
      )}
      {draft && (
        <form
          class="admin-form"
          onSubmit={(event) => {
            event.preventDefault()
            void save(draft)
          }}
        >
          <Checkbox
            label={m.media_store_on()}
            hint={m.media_store_on_text()}
            checked={draft.on}
            onChecked={(on) => change({ on })}
          />
          {draft.on && (
            <Field
              class="admin-number"
              label={m.media_store_quota()}
              error={wrong ? m.media_store_quota_wrong() : undefined}
              value={draft.gigabytes}
              onValue={(gigabytes) => change({ gigabytes })}
              inputMode="numeric"
              autocomplete="off"
              maxLength={6}
            />
          )}
          <div class="account-actions">
            <Button type="submit">{m.media_store_save()}</Button>
          </div>
        </form>
      )}
      <p role="status">{saved && m.media_store_saved()}</p>
      {refusal && <Refused refusal={refusal} />}
    </AccountSection>
  )
}
