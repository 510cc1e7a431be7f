import type { CustomerToTechnician, TechnicianToCustomer } from '../../protocol/link.ts'

/** What either side says of a call. */
export type CallMessage = Extract<
  CustomerToTechnician & TechnicianToCustomer,
  { type: 'call-ask' | 'call-answer' | 'call-state' | 'call-end' }
>
