import type { ElementHandle, Page } from 'puppeteer'

/** Uses a page as a person does: by what things are and what they are called. `within` in ms. */
export type Person = {
  press(name: string | RegExp): Promise<void>
  /** Presses a button of the dialog that has just opened. */
  confirm(name: string | RegExp): Promise<void>
  choose(name: string): Promise<void>
  /** Presses a checkbox. */
  tick(name: string): Promise<void>
  fill(label: string, text: string): Promise<void>
  /** Picks what begins with `option` from a list. */
  pick(label: string, option: string): Promise<void>
  say(label: string, text: string): Promise<void>
  /** Goes to a field, without a press. */
  goTo(label: string | RegExp): Promise<void>
  /** What a field has in it. */
  written(label: string | RegExp): Promise<string>
  /** Whether a radio button or a checkbox is on. */
  isOn(name: string): Promise<boolean>
  sees(text: string | RegExp, within?: number): Promise<void>
  seesNot(text: string | RegExp, within?: number): Promise<void>
  read(): Promise<string>
}

const WITHIN = 20_000

export function person(page: Page): Person {
  const waitFor = (text: string | RegExp, wanted: boolean, within: number) =>
    page
      .waitForFunction(hasText, { polling: 100, timeout: within }, source(text), wanted)
      .catch(async () => {
        const shown = await page.evaluate(() => document.body.innerText)
        throw new Error(
          `${wanted ? 'Did not see' : 'Still sees'} ${text} within ${within} ms. The page says:\n${shown}`,
        )
      })
      .then(() => undefined)
  const find = async (roles: string[], name: string | RegExp, within = 'body') => {
    const handle = await page
      .waitForFunction(findNamed, { polling: 100, timeout: WITHIN }, roles, source(name), within)
      .catch(async () => {
        const shown = await page.evaluate(() => document.body.innerText)
        throw new Error(`There is no ${roles.join(' or ')} called ${name} that can be used. The page says:\n${shown}`)
      })
    const element = handle.asElement() as ElementHandle<Element> | null
    if (!element) throw new Error(`There is no ${roles.join(' or ')} called ${name}.`)
    await element.scrollIntoView()
    return element
  }
  const pressNamed = async (roles: string[], name: string | RegExp, within?: string): Promise<void> => {
    try {
      const element = await find(roles, name, within)
      await element.evaluate(standsStill)
      await element.evaluate(watchPress)
      await element.click()
      // What was drawn meanwhile moved it away from under the pointer: pressed again, as a person would.
      if (await page.evaluate(wasMissed).catch(() => false)) await pressNamed(roles, name, within)
    } catch (error) {
      // Drawn anew between being found and being pressed, as a line of a queue that moves, or a card that gives way to another: found again.
      if (page.isClosed() || !(error instanceof Error && /detached|not clickable/.test(error.message))) throw error
      await pressNamed(roles, name, within)
    }
  }
  /** The first letter by its key, the rest as if pasted: each key costs as much as a whole text. What is about keys presses them itself. */
  const write = async (input: ElementHandle<Element>, text: string) => {
    const [first = '', ...rest] = text
    await input.type(first)
    if (rest.length > 0) await input.evaluate(paste, rest.join(''))
  }
  return {
    press: (name) => pressNamed(['button', 'link'], name),
    confirm: (name) => pressNamed(['button'], name, 'dialog[open]'),
    choose: (name) => pressNamed(['radio', 'tab', 'option', 'menuitem'], name),
    tick: (name) => pressNamed(['checkbox'], name),
    async fill(label, text) {
      const input = await find(['textbox'], label)
      await input.click({ count: 3 })
      await page.keyboard.press('Backspace')
      await write(input, text)
    },
    async pick(label, option) {
      const list = await find(['combobox'], label)
      // What can be chosen may come after the list does.
      await page.waitForFunction(hasOption, { timeout: WITHIN }, list, option).catch(() => undefined)
      const value = await list.evaluate(optionValue, option)
      if (value === undefined) throw new Error(`The list ${label} has no ${option}.`)
      await list.select(value)
    },
    async say(label, text) {
      await this.fill(label, text)
      await page.keyboard.press('Enter')
    },
    goTo: async (label) => (await find(['textbox'], label)).focus(),
    written: async (label) => (await find(['textbox'], label)).evaluate(contentOf),
    isOn: async (name) => (await find(['radio', 'checkbox'], name)).evaluate(isChecked),
    sees: (text, within = WITHIN) => waitFor(text, true, within),
    seesNot: (text, within = WITHIN) => waitFor(text, false, within),
    read: () => page.evaluate(() => document.body.innerText),
  }
}

/** A pattern as it travels into the page: a plain text is found anywhere; spaces and hyphens that don't break are alike. */
function source(text: string | RegExp): string {
  if (text instanceof RegExp) return text.source
  return text
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s+/g, '\\s+')
    .replace(/-/g, '[-\u2011]')
}

// Those below run in the page.

function optionValue(list: Element, option: string): string | undefined {
  if (!(list instanceof HTMLSelectElement)) return undefined
  return [...list.options].find(({ text }) => text.startsWith(option))?.value
}

function hasOption(list: Element, option: string): boolean {
  return list instanceof HTMLSelectElement && [...list.options].some(({ text }) => text.startsWith(option))
}

/** At the cursor of the field that has the focus, by the browser itself: its limits hold, and the page hears of it as of keys. */
function paste(field: Element, text: string): void {
  field.ownerDocument.execCommand('insertText', false, text)
}

function contentOf(field: Element): string {
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : ''
}

function isChecked(box: Element): boolean {
  return box instanceof HTMLInputElement ? box.checked : box.getAttribute('aria-checked') === 'true'
}

/** Resolves when the element was at the same place in two frames, or after 60 of them. */
async function standsStill(element: Element): Promise<void> {
  let before = element.getBoundingClientRect()
  for (let frame = 0; frame < 60; frame += 1) {
    await new Promise((drawn) => requestAnimationFrame(drawn))
    const now = element.getBoundingClientRect()
    if (now.top === before.top && now.left === before.left) return
    before = now
  }
}

function watchPress(element: Element): void {
  const held = window as { missed?: boolean }
  held.missed = true
  element.addEventListener('click', () => (held.missed = false), { once: true, capture: true })
}

function wasMissed(): boolean {
  return (window as { missed?: boolean }).missed === true
}

function hasText(pattern: string, wanted: boolean): boolean {
  return new RegExp(pattern).test(document.body.innerText) === wanted
}

function findNamed(roles: string[], pattern: string, within: string): Element | null {
  const kinds: Record<string, string> = {
    button: 'button,[role="button"],summary',
    link: 'a[href],[role="link"]',
    radio: 'input[type="radio"],[role="radio"]',
    checkbox: 'input[type="checkbox"]',
    textbox: 'input:not([type="radio"]):not([type="checkbox"]),textarea',
    combobox: 'select',
    tab: '[role="tab"]',
    option: 'option,[role="option"]',
    menuitem: '[role="menuitem"],[role="menuitemradio"]',
  }
  const name = (element: Element): string => {
    const label = element.getAttribute('aria-label')
    if (label) return label
    const by = element.getAttribute('aria-labelledby')
    if (by)
      return by
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' ')
    const labelled =
      element instanceof HTMLInputElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement
    if (labelled && element.labels?.[0]) return element.labels[0].textContent ?? ''
    const copy = element.cloneNode(true)
    if (copy instanceof Element) for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove()
    return copy.textContent ?? ''
  }
  const top = [...document.querySelectorAll('dialog[open]')].pop() ?? document.querySelector(within)
  if (!top) return null
  const wanted = new RegExp(`^\\s*(?:${pattern})\\s*$`)
  for (const element of top.querySelectorAll(roles.map((role) => kinds[role]).join(','))) {
    const box = element.getBoundingClientRect()
    const usable = box.width > 0 && box.height > 0 && !element.matches(':disabled,[aria-disabled="true"]')
    if (usable && wanted.test(name(element))) return element
  }
  return null
}
