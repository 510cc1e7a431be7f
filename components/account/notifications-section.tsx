import { useState } from 'preact/hooks'
import { isExtensionPage } from '../../desk/extension-page.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Notice } from '../ui/notice.tsx'
import { AccountSection } from './account-section.tsx'
import { usePagerSettings } from './pager-settings.ts'
import { PauseChoice } from './pause-choice.tsx'
import { QuietHoursChoice } from './quiet-hours-choice.tsx'
import { SoundChoice } from './sound-choice.tsx'

/** How one is called when a customer waits: seen, heard, again, and when not. As a plain web page the desk can only be heard. */
export function NotificationsSection() {
  const { settings, kept, change } = usePagerSettings()
  if (!isExtensionPage()) {
    return (
      <AccountSection title={m.notify_title()}>
        <SoundChoice />
      </AccountSection>
    )
  }
  return (
    <AccountSection title={m.notify_title()}>
      <p>{m.notify_text()}</p>
      {!kept && (
        <Notice tone="waiting" title={m.notify_not_kept_title()}>
          <p>{m.notify_not_kept_text()}</p>
        </Notice>
      )}
      <div class="account-actions">
        <Checkbox
          label={m.notify_on()}
          checked={settings.notifications}
          onChecked={(notifications) => change({ notifications })}
        />
        <TryNotice />
      </div>
      {settings.notifications && <Permission />}
      <SoundChoice />
      <Checkbox
        label={m.notify_repeat()}
        hint={m.notify_repeat_hint()}
        checked={settings.repeat}
        onChecked={(repeat) => change({ repeat })}
      />
      <PauseChoice settings={settings} onPause={(pause) => change({ pause })} />
      <QuietHoursChoice week={settings.week} onWeek={(week) => change({ week })} />
    </AccountSection>
  )
}

/** The extension may show notifications; a person can still forbid it in the browser. */
function Permission() {
  if (Notification.permission !== 'denied') return null
  return (
    <Notice tone="waiting" title={m.notify_denied_title()}>
      <p>{m.notify_denied_text()}</p>
    </Notice>
  )
}

function TryNotice() {
  const [failed, setFailed] = useState(false)

  async function show() {
    try {
      const { showNotice } = await import('../../desk/browser/notifications.ts')
      await showNotice('try', { title: m.notify_try_title(), message: m.notify_try_text(), buttons: [] })
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }

  return (
    <>
      <Button onClick={() => void show()}>{m.notify_try()}</Button>
      {failed && (
        <p class="field-error" role="alert">
          {m.notify_denied_title()}
        </p>
      )}
    </>
  )
}
