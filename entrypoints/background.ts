import { defineBackground } from 'wxt/utils/define-background'
import { pagerMemory, pagerSurface } from '../components/desk/pager-surface.ts'
import { linkKind } from '../desk/account/address.ts'
import { onToolbarButton, showDesk } from '../desk/browser/desk-tab.ts'
import { onNoticePressed } from '../desk/browser/notifications.ts'
import { every, onBrowserStart, onToldByDesk, WAKEFUL } from '../desk/browser/wake.ts'
import { shareInBackground } from '../desk/keys/background-sharing.ts'
import { startPager } from '../desk/pager/pager.ts'

/**
 * The toolbar button opens the desk; pressed on the page of a setup link, an invitation or a reset, it takes the link along.
 * Each minute: colleagues' keys. Always: customers who wait.
 */
export default defineBackground(() => {
  onToolbarButton((address) => {
    void showDesk(address && linkKind(address) ? { kind: 'link', link: address } : { kind: 'desk' })
  })
  every(1, 'share-keyrings', () => void shareInBackground())

  const pager = startPager(pagerSurface, pagerMemory, new AbortController().signal)
  const look = () => void pager.look()
  every(WAKEFUL, 'pager', look)
  onBrowserStart(look)
  onToldByDesk(look)
  onNoticePressed((name, button) => void pager.pressed(name, button))
  look()
})
