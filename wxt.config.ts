import { defineConfig } from 'wxt'
import { firefoxAddon } from './scripts/outputs.ts'
import { sharedVite } from './vite.shared.ts'

/**
 * The extension. Manifest V3 in Firefox too, where wxt would make V2: one `action`, one background, one policy in both browsers.
 * `activeTab` lets the toolbar button read the setup link of the page in view; `alarms` wakes the background, to share
 * the groups' keys with colleagues who wait for them and to hear of customers; `notifications` says who waits, and `offscreen`,
 * in Chrome, where a background is no page, lets it be heard; `unlimitedStorage` keeps the browser from clearing away what is kept
 * here, and makes it say how much room there really is. Nothing else asks for more: no host permissions, since the API
 * answers any origin and trusts only tokens.
 */
export default defineConfig({
  srcDir: '.',
  entrypointsDir: 'entrypoints',
  publicDir: 'public',
  outDir: '.output',
  imports: false,
  manifestVersion: 3,
  manifest: ({ browser }) => ({
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'en',
    permissions: [
      'activeTab',
      'alarms',
      'notifications',
      'unlimitedStorage',
      ...(browser === 'firefox' ? [] : ['offscreen']),
    ],
    action: { default_title: '__MSG_open__' },
    // Firefox's own default would also upgrade ws://localhost to wss:.
    content_security_policy: { extension_pages: "script-src 'self'; object-src 'self'" },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: firefoxAddon.id,
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : // The first with X25519 in WebCrypto, which holds the account's keys.
        { minimum_chrome_version: '133' }),
  }),
  // It comes from the disk, not through a network: the usual limit of a chunk says nothing here.
  vite: () => ({
    ...sharedVite,
    build: { ...sharedVite.build, reportCompressedSize: false, chunkSizeWarningLimit: 1000 },
  }),
})
