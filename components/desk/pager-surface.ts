import { readAccount, readLanguage, readPager, readSound } from '../../desk/account/settings.ts'
import { showBadge } from '../../desk/browser/badge.ts'
import { showDesk } from '../../desk/browser/desk-tab.ts'
import { clearNotice, showNotice, shownNotices } from '../../desk/browser/notifications.ts'
import { soundFromBackground } from '../../desk/browser/sound.ts'
import { isDeskInFront } from '../../desk/pager/in-front.ts'
import { keepCalling, keepDues, readCalling, readDues } from '../../desk/pager/memory.ts'
import { noticeName } from '../../desk/pager/notices.ts'
import type { PagerMemory, PagerSurface } from '../../desk/pager/surface.ts'
import { locale } from '../ui/locale.ts'
import { chime } from './chime.ts'
import { badgeWords, noticeWords } from './pager-words.ts'

/** The pager in the browser, in the language that was chosen there. Loaded in the background. */
export const pagerSurface: PagerSurface = {
  async badge(badge) {
    await followLanguage()
    await showBadge(badgeWords(badge))
  },
  async show(notice, facts) {
    await followLanguage()
    await showNotice(noticeName(notice), noticeWords(notice, facts))
  },
  shown: shownNotices,
  clear: clearNotice,
  sound: () => soundFromBackground(chime),
  openDesk: (ticket) => showDesk(ticket ? { kind: 'ticket', ticket } : { kind: 'desk' }),
}

export const pagerMemory: PagerMemory = {
  account: readAccount,
  settings: async () => ({ ...(await readPager()), sound: await readSound() }),
  calling: ({ me }) => readCalling(me.id),
  keepCalling: ({ me }, calling) => keepCalling(me.id, calling),
  dues: ({ me }) => readDues(me.id),
  keepDues: ({ me }, told) => keepDues(me.id, told),
  isDeskInFront,
}

/** The desk may have changed it since. */
async function followLanguage(): Promise<void> {
  const kept = await readLanguage().catch(() => undefined)
  if (kept) locale.value = kept
}
