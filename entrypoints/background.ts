import { defineBackground } from 'wxt/utils/define-background'
import { isSetupLink } from '../desk/address.ts'
import { onToolbarButton, showDesk } from '../desk/browser.ts'

/** The toolbar button opens the desk; pressed on a setup page, it takes the setup link along. */
export default defineBackground(() => {
  onToolbarButton((address) => void showDesk(address && isSetupLink(address) ? address : undefined))
})
