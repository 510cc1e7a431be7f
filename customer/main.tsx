import '../components/ui/base.css'
import { locale } from '../components/ui/locale.ts'
import { startLanguage } from './language.ts'
import { retried } from './retried.ts'
import { loadWords, speak } from './words.ts'

const life = new AbortController()
const app = document.querySelector('#app')
if (!app) throw new Error('the page has no #app')

startLanguage(life.signal)
// The page names its files beforehand, so that they and the words are on their way together. No top-level await: they import this one.
const words = Promise.all([loadWords('first'), speak(locale.value)])
void retried(() => import('./pages.tsx')).then(({ openPages }) => openPages(app, words, life.signal))
