import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longest-first.ts'
import { sharedVite } from './vite.shared.ts'

/** Most tests wait for a server, a hash, a person's next step or a time of the product: one process more than there are cores. */
const maxWorkers = availableParallelism() + 1

/** Modules are loaded once in each process. */
const sideBySide = { maxWorkers, isolate: false, expect: { poll: { timeout: 10_000 } } }

/** All of them: `TEST_STORE=postgres npx vitest run --project server`. */
const someOfTheServer = ['tickets', 'invitations', 'mailbox', 'two-step-app'].map(
  (name) => `tests/signalling/${name}.test.ts`,
)

const temporary = 'tests/support/temporary.ts'
const globalSetup = [temporary, 'tests/support/postgres-setup.ts']

/** What looks at moving pictures, listens, floods a link, or has a network of its own. */
const picturesAndSound =
  /from '\.\.\/support\/(?:call|colours|film|legible|link-double|network|radio|sharing|xvfb)\.ts'/

const moving = globSync('tests/browser/**/*.test.ts', { cwd: import.meta.dirname }).filter((file) =>
  picturesAndSound.test(readFileSync(path.join(import.meta.dirname, file), 'utf8')),
)

const realBrowsers = {
  maxWorkers,
  globalSetup: [temporary],
  testTimeout: 90_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 10_000 } },
}

export default defineConfig({
  ...sharedVite,
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/browser/**', 'tests/bench/**', 'tests/{signalling,soak,kills,contract}/**'],
          testTimeout: 30_000,
          globalSetup,
          ...sideBySide,
        },
      },
      {
        extends: true,
        test: {
          // The server, started and asked over HTTP and sockets.
          name: 'server',
          include: ['tests/signalling/**/*.test.ts'],
          testTimeout: 30_000,
          globalSetup,
          ...sideBySide,
        },
      },
      {
        extends: true,
        test: {
          // What every kind of database has to do, and some of the server's tests on the kind that is not the default.
          name: 'postgres',
          include: ['tests/contract/**/*.test.ts', ...someOfTheServer],
          env: { TEST_STORE: 'postgres' },
          testTimeout: 60_000,
          globalSetup,
          ...sideBySide,
        },
      },
      {
        extends: true,
        test: {
          // Servers, and a PostgreSQL, that are killed and started again, time after time: they mostly wait.
          name: 'kills',
          include: ['tests/kills/**/*.test.ts'],
          testTimeout: 60_000,
          globalSetup,
          maxWorkers,
        },
      },
      {
        extends: true,
        test: {
          // Attacks by the thousand, and what takes many at once: true servers, and long by their nature.
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
          exclude: moving,
          ...realBrowsers,
        },
      },
      {
        extends: true,
        test: {
          name: 'pictures',
          include: moving,
          ...realBrowsers,
        },
      },
    ],
  },
})
