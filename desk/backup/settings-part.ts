import { ChosenSettings, keepWhereUnset, readChosen } from '../account/settings.ts'
import { pack, unpack } from './pack.ts'
import type { BackupPart } from './part.ts'

/** How this browser's desk looks and calls. Nobody knows when a setting was chosen, so one that was chosen here stays. */
export function settingsPart(): BackupPart {
  return {
    kinds: ['settings'],
    async *collect() {
      const chosen = await readChosen()
      if (Object.keys(chosen).length > 0) yield { kind: 'settings', name: 'settings', bytes: pack(chosen, []) }
    },
    async merge({ bytes }) {
      const { about } = unpack(bytes, ChosenSettings)
      const here = Object.keys(await readChosen()).length
      const taken = await keepWhereUnset(about)
      if (taken === 0) return 'same'
      return here === 0 ? 'new' : 'merged'
    },
  }
}
