import type { HTTPRequest, Page } from 'puppeteer'

/** As if the mailbox could not be reached, until `mend`. */
export async function cutMailbox(page: Page) {
  let refused = 0
  const decide = (request: HTTPRequest) => {
    if (!request.url().includes('/api/rooms/')) return void request.continue()
    refused += 1
    void request.abort()
  }
  await page.setRequestInterception(true)
  page.on('request', decide)
  return {
    refused: () => refused,
    async mend() {
      page.off('request', decide)
      await page.setRequestInterception(false)
    },
  }
}
