import { defineConfig } from 'vite'
import { sharedVite } from './vite.shared.ts'

/** The customer's pages, as the signalling server serves them. */
export default defineConfig({
  ...sharedVite,
  root: 'customer',
  publicDir: false,
  build: {
    ...sharedVite.build,
    outDir: '../.output/customer',
    emptyOutDir: true,
    // The pages' CSP knows no data: addresses and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
