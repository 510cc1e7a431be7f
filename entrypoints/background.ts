import { defineBackground } from 'wxt/utils/define-background'
import { linkKind } from '../desk/address.ts'
import { shareInBackground } from '../desk/background-sharing.ts'
import { eachMinute, onToolbarButton, showDesk } from '../desk/browser.ts'

/**
 * The toolbar button opens the desk; pressed on the page of a setup link, an invitation or a reset, it takes the link along.
 * Each minute: colleagues' keys.
 */
export default defineBackground(() => {
  onToolbarButton((address) => void showDesk(address && linkKind(address) ? address : undefined))
  eachMinute('share-keyrings', () => void shareInBackground())
})
