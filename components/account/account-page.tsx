import './account-page.css'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { useTitle } from '../desk/title.ts'
import { DevicesSection } from './devices-section.tsx'
import { FileRulesSection } from './file-rules-section.tsx'
import { KeysSection } from './keys-section.tsx'
import { MediaStoreSection } from './media-store-section.tsx'
import { NotificationsSection } from './notifications-section.tsx'
import { ProfileSection } from './profile-section.tsx'
import { RatingSection } from './rating-section.tsx'
import { RepliesSection } from './replies-section.tsx'
import { RetentionSection } from './retention-section.tsx'
import { SecuritySection } from './security-section.tsx'
import { StorageSection } from './storage-section.tsx'

/** The own account: who, how called, how protected, with which keys, and where it is signed in. */
export function AccountPage() {
  const { people } = useWorkplace().desk
  useTitle(m.desk_account())
  return (
    <main class="account-page">
      <h1>{m.desk_account()}</h1>
      <ProfileSection />
      <NotificationsSection />
      <RepliesSection />
      <SecuritySection />
      <KeysSection />
      <DevicesSection />
      <StorageSection />
      {people.admin.value && <FileRulesSection />}
      {people.admin.value && <RatingSection />}
      {people.admin.value && <MediaStoreSection />}
      {people.admin.value && <RetentionSection />}
    </main>
  )
}
