import { COLOURS, type Colour, waitForColour } from './colours.ts'
import { type Customer, type OwnWindow, openCustomer, openOwnWindow } from './customer.ts'
import { type Technician, toQueue } from './technician.ts'

/** A customer who shares the whole of a display, on whose right half is a window of one colour. */
export type Sharing = { customer: Customer; colours: OwnWindow; ticket: string }

/** From the queue to the picture of a customer's screen in the session page, which is what is left in front. */
export async function shareScreen(
  technician: Technician,
  {
    name,
    display,
    colour = COLOURS[0],
    signal,
  }: { name: string; display: string; colour?: Colour; signal: AbortSignal },
): Promise<Sharing> {
  await toQueue(technician)
  const { link } = await technician.create(name, 'Help')
  const colours = await openOwnWindow(display, signal)
  await colours.show(colour)
  const customer = await openCustomer(link, { signal, display })
  await customer.sees('connected')
  await technician.press(new RegExp(`.*${name}.*`))
  await technician.press('Connect')
  await customer.press('Share my screen')
  await waitForColour(technician.page, colour)
  const ticket = await technician.page.evaluate(() => location.hash.split('/').at(-1) ?? '')
  return { customer, colours, ticket }
}
