import { readConfig } from './config.ts'
import { startServer } from './server.ts'
import { StartError } from './start-error.ts'

/**
 * `node signalling/main.ts`: runs until SIGTERM or SIGINT. Exit code 2: it could not start, or another server took its database; stderr
 * says why.
 */
try {
  const { url, setupLink, lost, close } = await startServer(readConfig(process.env))
  const link = setupLink === undefined ? '' : `\nSetup link (works once): ${setupLink}`
  console.log(`Deskside listens on ${url}${link}`)
  // A mail server that says nothing would hold the process up until its time is over.
  const stop = () => void close().then(() => process.exit())
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  void lost.then(({ message }) => {
    console.error(message)
    process.exit(2)
  })
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
