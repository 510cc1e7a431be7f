import type { ElementHandle, Page } from 'puppeteer'
import { vi } from 'vitest'
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

/** The Technicians screen of somebody's desk; what has a name to press is in English. */
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
  const table = () => page.$('::-p-aria([role="grid"])')
  const rows = async () => (await (await table())?.evaluate(readRows)) ?? []
  const wait = (row: Partial<ShownPerson> & { address: string }, wanted: boolean) =>
    vi.waitFor(
      async () => {
        const shown = await rows()
        if (shown.some((one) => fits(one, row)) === wanted) return
        const there = JSON.stringify(shown, undefined, 1)
        throw new Error(`${wanted ? 'No row is' : 'There still is'} ${JSON.stringify(row)}. There are:\n${there}`)
      },
      { timeout: 20_000, interval: 100 },
    )
  const mark = async (names: string[], wanted: boolean) => {
    for (const name of names) if ((await self.isOn(name)) !== wanted) await self.tick(name)
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
      await self.sees(counted('All technicians'))
    },
    seesRow: (row) => wait(row, true),
    seesNoRow: (address) => wait({ address }, false),
    view: (name) => self.press(counted(name)),
    async select(...addresses) {
      for (const address of addresses) {
        await wait({ address }, true)
        const at = (await rows()).findIndex((row) => row.address === address)
        const row = (await (await table())?.$$('tbody tr:not([hidden])'))?.[at]
        await row?.scrollIntoView()
        await row?.click()
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

/** Whether every given cell begins like this; the address is compared whole. */
function fits(shown: ShownPerson, { address, ...begins }: Partial<ShownPerson> & { address: string }): boolean {
  const cells = Object.entries(begins) as [keyof ShownPerson, string][]
  return shown.address === address && cells.every(([cell, words]) => shown[cell].startsWith(words))
}

/** Runs in the page: the columns in their order, in whatever language; an admin's have a box before them. */
function readRows(table: Element): ShownPerson[] {
  return [...table.querySelectorAll<HTMLTableRowElement>('tbody tr:not([hidden])')].map(({ cells }) => {
    const texts = [...cells].map(({ textContent }) => textContent).slice(-7)
    const [name = '', address = '', groups = '', role = '', twoStep = '', status = '', seen = ''] = texts
    return { name, address, groups, role, twoStep, status, seen }
  })
}
