import { defineConfig } from 'wxt'
import { sharedVite } from './vite.shared.ts'

/**
 * The extension. Manifest V3 in both browsers (`wxt build -b firefox --mv3`), so that there is one `action` and one way to be
 * granted a tab: `activeTab` by the toolbar button, which reads the setup link of the page in view. No host permissions:
 * the API answers any origin and trusts only tokens.
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
    permissions: ['activeTab'],
    action: { default_title: '__MSG_open__' },
    // Firefox's own default would also upgrade ws://localhost to wss:.
    content_security_policy: { extension_pages: "script-src 'self'; object-src 'self'" },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'deskside@deskside.example',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { minimum_chrome_version: '116' }),
  }),
  vite: () => ({ ...sharedVite, build: { ...sharedVite.build, reportCompressedSize: false } }),
})
