import { RecordingNewsNotices } from '../media/recording-news.tsx'
import { AlarmBanner } from './alarm-banner.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { LeftGroupsBanner } from './left-groups-banner.tsx'
import { StorageBanner } from './storage-banner.tsx'
import { UnsentBanner } from './unsent-banner.tsx'

/**
 * What stands between a person and their work, on every screen: an alarm, no server, changes that do not arrive, no room on the disk, a group
 * that one is not in any more; and what became of a recording.
 */
export function Banners() {
  return (
    <div class="banners">
      <AlarmBanner />
      <ConnectionBanner />
      <UnsentBanner />
      <StorageBanner />
      <LeftGroupsBanner />
      <RecordingNewsNotices />
    </div>
  )
}
