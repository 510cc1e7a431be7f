import { m } from '../../paraglide/messages.js'
import { Notice } from '../ui/notice.tsx'

type Props = {
  technician: string
  /** A phone or tablet, as opposed to a computer's browser that lacks it. */
  phone: boolean
  asked: boolean
}

/** Instead of the big button, where the browser has no way to capture a screen: said before anybody asks. */
export function CannotShare({ technician, phone, asked }: Props) {
  return (
    <Notice tone="info" title={phone ? m.customer_cannot_share_phone() : m.customer_cannot_share_browser()}>
      {asked && <p>{m.customer_cannot_share_asked({ technician })}</p>}
      <p>{m.customer_cannot_share_how()}</p>
    </Notice>
  )
}
