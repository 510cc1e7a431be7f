import type { Page } from 'puppeteer'
import { linkIn, type MailServer } from './mail-server.ts'
import type { Person } from './person.ts'
import { PASSWORD, type Technician } from './technician.ts'
import { techniciansPage } from './technicians-page.ts'

/** What people do with an account, in English. */

/** Invites one address from the admin's Technicians screen. @returns the mailed link */
export async function inviteByMail(
  admin: Technician,
  mail: MailServer,
  address: string,
  ...boxes: string[]
): Promise<string> {
  const people = techniciansPage(admin)
  await people.open()
  await people.invite(address, ...boxes)
  await admin.confirm('Close')
  return linkIn(await mail.next(address))
}

/** Pastes a link, or an address, into the extension's first page. */
export async function paste(desk: Person, link: string): Promise<void> {
  await desk.fill('Link or server address', link)
  await desk.press('Continue')
}

export async function choosePassword(desk: Person, password: string, label = 'Password'): Promise<void> {
  await desk.fill(label, password)
  await desk.fill('Password again', password)
}

/** Goes there, and waits for what the server has to say about keys and sign-ins: until then what stands below it moves. */
export async function openAccount(desk: Person): Promise<void> {
  await desk.press(/My account[\s\S]*/)
  await desk.sees(/\b(Here|Waiting for a colleague’s browser|Closed in this browser|You are in no group)\b/)
  await desk.sees('last used')
}

export async function signOut(desk: Person): Promise<void> {
  await openAccount(desk)
  await desk.press('Sign out')
  await desk.sees('Forgotten your password?')
}

/** The first step of a sign-in; what follows is not waited for. */
export async function givePassword(desk: Person, email: string, password = PASSWORD): Promise<void> {
  await desk.fill('E-mail address', email)
  await desk.fill('Password', password)
  await desk.press('Sign in')
}

/**
 * What this browser keeps and nobody else may: the tokens of the sign-in and of the trust in this device.
 * @throws Error where nobody is signed in
 */
export async function tokensOf(page: Page): Promise<string[]> {
  const tokens = await page.evaluate(readTokens)
  if (tokens.length === 0) throw new Error('This browser keeps no token.')
  return tokens
}

// Runs in the page.
function readTokens(): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('deskside-settings')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const asking = opening.result.transaction('settings').objectStore('settings').openCursor()
      const found: string[] = []
      asking.onerror = () => reject(asking.error)
      asking.onsuccess = () => {
        const cursor = asking.result
        if (!cursor) {
          opening.result.close()
          return resolve(found)
        }
        if (cursor.key === 'account') found.push(cursor.value.token)
        if (String(cursor.key).startsWith('device ')) found.push(cursor.value)
        cursor.continue()
      }
    }
  })
}
