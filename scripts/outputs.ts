import path from 'node:path'
import { root } from './tools.ts'

/** Where the built extension of each browser is. */
export const extensionFolder = {
  chrome: path.join(root, '.output/chrome-mv3'),
  firefox: path.join(root, '.output/firefox-mv3'),
}

/** Where the customer's pages are, as the server serves them. */
export const customerFolder = path.join(root, '.output/customer')

/** The extension's name to Firefox, and the host of its pages, which Firefox would otherwise draw at random for each profile. */
export const firefoxAddon = { id: 'deskside@deskside.example', host: '6f1c4d0e-3b52-4f0e-9d55-0c7b7a2f9e11' }

/** Lays down that host in a fresh profile. */
export const firefoxAddonPreference = {
  'extensions.webextensions.uuids': JSON.stringify({ [firefoxAddon.id]: firefoxAddon.host }),
}
