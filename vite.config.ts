import { defineConfig } from 'vite'
import { sharedVite } from './vite.shared.ts'
import { wordsByLanguage } from './vite.words.ts'

/** The customer's pages, as the signalling server serves them. */
export default defineConfig({
  ...sharedVite,
  root: 'customer',
  publicDir: false,
  plugins: [wordsByLanguage('pages.tsx')],
  build: {
    ...sharedVite.build,
    outDir: '../.output/customer',
    emptyOutDir: true,
    // The pages' CSP knows no data: addresses and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // Valibot's: schemas that no page here decodes with are left out. What is decoded must be used, or it is left out too.
      treeshake: { manualPureFunctions: ['v'] },
      output: {
        // With all that they import: two files in place of many small ones.
        codeSplitting: {
          groups: [
            { name: 'start', test: /\/customer\/main\.tsx$/, priority: 2 },
            { name: 'page', test: /\/customer\/pages\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
})
