import * as v from 'valibot'
import { Language } from './ids.ts'

/** Customer: the language of the page, at the beginning and when it changes. Words that both read aloud are of it. */
export const PageLanguage = v.strictObject({ type: v.literal('page-language'), language: Language })
