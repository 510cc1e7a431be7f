import type { UserConfig } from 'vite'

/** What the extension, the customer's pages and the tests are built with alike. */
export const sharedVite = {
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // simple-peer's source expects Node's globals; its browser build brings what it needs.
  resolve: { alias: [{ find: /^simple-peer$/, replacement: 'simple-peer/simplepeer.min.js' }] },
  build: { target: 'es2022' },
  // Workers are modules, as everything else is.
  worker: { format: 'es' },
} satisfies UserConfig
