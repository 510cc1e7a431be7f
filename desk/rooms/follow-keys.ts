import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { EarlierKey, RoomName } from '../../protocol/rooms.ts'
import type { OpenKeyring } from '../keyring.ts'
import { type RoomKeys, roomKeys } from './room-seal.ts'

/** What the keys of a room are made of; undefined while it is not here, or the room is not one's to open. */
export type KeySource = { keyring: OpenKeyring; earlier: readonly EarlierKey[] } | undefined

/** The keys of a room, made anew when the group has another epoch, or its ticket came from another group. @param source followed as a signal */
export function followKeys(
  room: RoomName,
  source: () => KeySource,
  until: AbortSignal,
): ReadonlySignal<RoomKeys | undefined> {
  const keys = signal<RoomKeys | undefined>(undefined)
  const owners = computed(() => {
    const from = source()
    if (!from) return ''
    const { keyring, earlier } = from
    const all = [...keyring.keys.map(({ epoch }) => ({ group: keyring.group, epoch })), ...earlier]
    return all.map(({ group, epoch }) => `${group} ${epoch}`).join()
  })
  let asked: string
  const stop = effect(() => {
    const now = owners.value
    asked = now
    const from = untracked(source)
    if (from) void make(from, now)
    else keys.value = undefined
  })
  until.addEventListener('abort', stop, { once: true })

  async function make({ keyring, earlier }: NonNullable<KeySource>, now: string) {
    const made = await roomKeys(keyring, room, earlier)
    if (asked === now && !until.aborted) keys.value = made
  }

  return keys
}
