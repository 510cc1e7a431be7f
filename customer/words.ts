import { signal } from '@preact/signals'
import * as v from 'valibot'
import { locale } from '../components/ui/locale.ts'
import type { Locale } from '../paraglide/runtime.js'
import { PATIENT, retried } from './retried.ts'

/** `first`: what the page says before anything was loaded later. */
type Part = 'first' | 'later'

const Sentences = v.record(v.string(), v.string())

const known = signal<Partial<Record<Locale, v.InferOutput<typeof Sentences>>>>({})
const loading = new Map<string, Promise<void>>()
const spoken = new Set<Locale>()
const wanted = new Set<Part>()

/** A message in the language of the moment, which the build puts in the place of paraglide's; nothing while its words are on the way. */
export function say(name: string) {
  return (blanks: Readonly<Record<string, unknown>> = {}) =>
    (known.value[locale.value]?.[name] ?? '').replace(/\{(\w+)\}/g, (_, blank) => String(blanks[blank]))
}

/** Has a part said in each language that is spoken here. Rejects where the words cannot be had for a while. */
export async function loadWords(part: Part): Promise<void> {
  wanted.add(part)
  await Promise.all([...spoken].map((language) => load(language, part, PATIENT)))
}

/** Has a language spoken in each part that is wanted. Rejects where the words cannot be had in so many tries. */
export async function speak(language: Locale, tries: number = PATIENT): Promise<void> {
  spoken.add(language)
  await Promise.all([...wanted].map((part) => load(language, part, tries)))
}

function load(language: Locale, part: Part, tries: number): Promise<void> {
  const key = `${language}-${part}`
  const begun = loading.get(key) ?? retried(() => fetchWords(language, key), tries)
  loading.set(key, begun)
  begun.catch(() => loading.delete(key))
  return begun
}

async function fetchWords(language: Locale, key: string) {
  const file = document.querySelector<HTMLMetaElement>(`meta[name="words-${key}"]`)?.content
  if (!file) throw new Error(`the page names no ${key} words`)
  const reply = await fetch(file)
  if (!reply.ok) throw new Error(`${file}: ${reply.status}`)
  const sentences = v.parse(Sentences, await reply.json())
  known.value = { ...known.value, [language]: { ...known.value[language], ...sentences } }
}
