import { ConnectionBanner } from './connection-banner.tsx'
import { StorageBanner } from './storage-banner.tsx'

/** What stands between a person and their work, on every screen: no server, no room on the disk. */
export function Banners() {
  return (
    <div class="banners">
      <ConnectionBanner />
      <StorageBanner />
    </div>
  )
}
