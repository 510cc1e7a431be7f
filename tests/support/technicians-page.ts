import type { ElementHandle, Page } from 'puppeteer'
import type { Person } from './person.ts'

/** One row of the table, as it is read. */
export type ShownPerson = {
  name: string
  address: string
  groups: string
  role: string
  twoStep: string
  status: string
  seen: string
}

/** The Technicians screen of somebody's desk, in English. */
export type TechniciansPage = {
  /** Goes there, and waits until the server has said who is there. */
  open(): Promise<void>
  /** The rows in their order. */
  rows(): Promise<ShownPerson[]>
  /** Waits for a row of which every given cell begins like this. `address` says whose. */
  seesRow(row: Partial<ShownPerson> & { address: string }): Promise<void>
  seesNoRow(address: string): Promise<void>
  /** One of the places on the left: a group, `All technicians`, `Invited`, `Deactivated` or `Mails to pass on`. */
  view(name: string): Promise<void>
  /** Checks or unchecks the rows of these addresses. */
  select(...addresses: string[]): Promise<void>
  /** Checks boxes that are not yet, those of the open dialog if there is one. */
  check(...names: string[]): Promise<void>
  uncheck(...names: string[]): Promise<void>
  createGroup(name: string): Promise<void>
  /** Invites the addresses, as one pastes them, with more boxes to check; the dialog stays at its result. */
  invite(addresses: string, ...boxes: string[]): Promise<void>
  /** Chooses a CSV file; the dialog stays at its preview. */
  chooseCsv(file: string): Promise<void>
}

export function techniciansPage({ page, ...self }: Person & { page: Page }): TechniciansPage {
  const press = async (element: ElementHandle<Element> | null, what: string) => {
    if (!element) throw new Error(`There is no ${what}.`)
    await element.scrollIntoView()
    await element.click()
  }
  const rows = () => page.evaluate(readRows)
  const wait = (row: Partial<ShownPerson> & { address: string }, wanted: boolean) =>
    page
      .waitForFunction(hasRow, { polling: 100, timeout: 20_000 }, row, wanted)
      .catch(async () => {
        const shown = JSON.stringify(await rows(), undefined, 1)
        throw new Error(`${wanted ? 'No row is' : 'There still is'} ${JSON.stringify(row)}. There are:\n${shown}`)
      })
      .then(() => undefined)
  const mark = async (names: string[], wanted: boolean) => {
    for (const name of names) {
      const box = await findBox(page, name)
      const checked = await box?.evaluate((found) => found instanceof HTMLInputElement && found.checked)
      if (checked !== wanted) await press(box, `checkbox ${name}`)
    }
  }
  const openAdding = async () => {
    await self.press(/Add/)
    await self.sees('Language of the mail')
  }

  return {
    rows,
    check: (...names) => mark(names, true),
    uncheck: (...names) => mark(names, false),
    async open() {
      await self.press('Technicians')
      await page.waitForSelector('.team')
    },
    seesRow: (row) => wait(row, true),
    seesNoRow: (address) => wait({ address }, false),
    view: (name) => self.press(counted(name)),
    async select(...addresses) {
      for (const address of addresses) {
        await wait({ address }, true)
        const row = await page.evaluateHandle(findRow, address)
        await press((row.asElement() as ElementHandle<Element> | null) ?? null, `row of ${address}`)
      }
    },
    async createGroup(name) {
      await self.press('Create group')
      await self.fill('Name of the group', name)
      await self.confirm('Create group')
      await page.waitForSelector('dialog[open]', { hidden: true })
      await self.sees(counted(name))
    },
    async invite(addresses, ...boxes) {
      await openAdding()
      await self.fill('E-mail addresses', addresses)
      await mark(boxes, true)
      await self.confirm(/Send invitations.*/)
      await self.sees(/Invited: \d+/)
    },
    async chooseCsv(file) {
      await openAdding()
      await self.choose('CSV file')
      const input = await page.waitForSelector('dialog[open] input[type="file"]')
      await (input as ElementHandle<HTMLInputElement> | null)?.uploadFile(file)
    },
  }
}

/** A place on the left: its name, then how many it has. */
function counted(name: string): RegExp {
  return new RegExp(`${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*\\d+`)
}

async function findBox(page: Page, name: string): Promise<ElementHandle<Element> | null> {
  const handle = await page.waitForFunction(findCheckbox, { polling: 100, timeout: 20_000 }, name)
  return handle.asElement() as ElementHandle<Element> | null
}

// What follows runs in the page.

function readRows(): ShownPerson[] {
  return [...document.querySelectorAll('.people tbody tr:not([hidden])')].map((row) => {
    const cell = (name: string) => row.querySelector(`.cell-${name}`)?.textContent ?? ''
    return {
      name: cell('name'),
      address: cell('email'),
      groups: cell('groups'),
      role: cell('role'),
      twoStep: cell('two-step'),
      status: cell('status'),
      seen: cell('seen'),
    }
  })
}

function hasRow(wanted: Partial<ShownPerson> & { address: string }, there: boolean): boolean {
  const cells = {
    name: 'name',
    address: 'email',
    groups: 'groups',
    role: 'role',
    twoStep: 'two-step',
    status: 'status',
    seen: 'seen',
  }
  const found = [...document.querySelectorAll('.people tbody tr:not([hidden])')].some((row) => {
    const text = (key: keyof typeof cells) => row.querySelector(`.cell-${cells[key]}`)?.textContent ?? ''
    return (
      text('address') === wanted.address &&
      Object.entries(wanted).every(([key, value]) => text(key as keyof typeof cells).startsWith(value))
    )
  })
  return found === there
}

function findRow(address: string): Element | null {
  for (const row of document.querySelectorAll('.people tbody tr:not([hidden])')) {
    if (row.querySelector('.cell-email')?.textContent === address) return row
  }
  return null
}

function findCheckbox(name: string): Element | null {
  const top = [...document.querySelectorAll('dialog[open]')].pop() ?? document
  for (const box of top.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')) {
    const called = box.getAttribute('aria-label') ?? box.labels?.[0]?.textContent ?? ''
    if (called.trim() === name) return box
  }
  return null
}
