import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { sharedVite } from './vite.shared.ts'

/** Most tests wait for a server or a hash: one process more than there are cores, and modules loaded once in each. */
const sideBySide = { maxWorkers: availableParallelism() + 1, isolate: false, expect: { poll: { timeout: 10_000 } } }

const globalSetup = 'tests/support/temporary.ts'

export default defineConfig({
  ...sharedVite,
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/browser/**', 'tests/bench/**', 'tests/soak/**'],
          testTimeout: 30_000,
          globalSetup,
          ...sideBySide,
        },
      },
      {
        extends: true,
        test: {
          // Attacks by the thousand, kills, and what takes many at once: true servers, and long by their nature.
          name: 'soak',
          include: ['tests/soak/**/*.test.ts'],
          testTimeout: 60_000,
          globalSetup,
          // One file after the other: they measure how long others wait.
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          // Real browsers on one machine: one file after the other, or they starve each other.
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
