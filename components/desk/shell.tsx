import './shell.css'
import type { Signal } from '@preact/signals'
import { ChartColumn, CircleCheck, CircleUser, Headset, MonitorCheck, ScrollText, Users } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { EVERYTHING } from '../../desk/queue/filter.ts'
import { statusOf } from '../../desk/queue/order.ts'
import { m } from '../../paraglide/messages.js'
import { HandedNotice } from '../account/handed-notice.tsx'
import { KeysBanner } from '../account/keys-banner.tsx'
import { queueFilter } from '../queue/view-state.ts'
import { Button } from '../ui/button.tsx'
import { Mark } from '../ui/mark.tsx'
import { useArrivals } from './arrivals.ts'
import { Banners } from './banners.tsx'
import { useMe, useWorkplace } from './context.ts'
import { KeysDialog } from './keys-dialog.tsx'
import { useShortcuts } from './shortcuts.ts'

type Props = { handed: Signal<string | undefined>; children: ComponentChildren }

/** The frame of the desk: the places on the left, one of them on the right. */
export function Shell({ handed, children }: Props) {
  const { desk } = useWorkplace()
  const me = useMe()
  const [keys, showKeys] = useState(false)
  const open = desk.tickets.queue.value.filter((entry) => statusOf(entry) !== 'ended')
  useArrivals()
  useShortcuts({ '?': () => showKeys(true) })
  return (
    <div class="shell">
      <nav class="places" aria-label={m.desk_places()}>
        <p class="brand">
          <Mark />
          <span>{m.product_name()}</span>
        </p>
        <Place
          href="/"
          also="/ticket/"
          name={m.desk_queue()}
          count={open.length}
          icon={<Headset aria-hidden="true" />}
        />
        <Place href="/technicians" also="/technicians/" name={m.people_title()} icon={<Users aria-hidden="true" />} />
        <p class="places-label">{m.log_label()}</p>
        <Place href="/log/web" name={m.log_web_title()} icon={<ScrollText aria-hidden="true" />} />
        <Place href="/log/remote" name={m.log_remote_title()} icon={<MonitorCheck aria-hidden="true" />} />
        <Place href="/resolved" name={m.queue_resolved_place()} icon={<CircleCheck aria-hidden="true" />} />
        <Place href="/reports" name={m.report_title()} icon={<ChartColumn aria-hidden="true" />} />
        <GroupPlaces open={open} />
        <p class="places-label">{m.desk_me()}</p>
        <Place href="/account" name={me.name} hint={m.desk_account()} icon={<CircleUser aria-hidden="true" />} />
        <Button kind="quiet" class="places-keys" onClick={() => showKeys(true)} shortcut="?">
          {m.desk_keys()}
        </Button>
      </nav>
      <div class="place">
        <Banners />
        <KeysBanner />
        <HandedNotice handed={handed} />
        {children}
      </div>
      {keys && <KeysDialog place="queue" onClose={() => showKeys(false)} />}
    </div>
  )
}

/** The queue of each group, where there are several; at the queue only, since other screens have a list of groups of their own. */
function GroupPlaces({ open }: { open: readonly QueueEntry[] }) {
  const groups = useWorkplace().desk.people.groupNames.value
  const [location, navigate] = useLocation()
  const chosen = queueFilter.value.group
  const atQueue = location === '/' || location.startsWith('/ticket/')
  if (groups.size < 2 || !atQueue) return null
  return (
    <>
      <p class="places-label">{m.people_groups()}</p>
      {[...groups].map(([group, name]) => {
        const here = chosen === group
        return (
          <button
            key={group}
            type="button"
            class="place-link place-group"
            aria-pressed={here}
            onClick={() => {
              queueFilter.value = { ...EVERYTHING, group: here ? undefined : group }
              navigate('/')
            }}
          >
            <span class="place-name">{name}</span>
            <span class="place-count figures">{open.filter(({ header }) => header.group === group).length}</span>
          </button>
        )
      })}
    </>
  )
}

type PlaceProps = {
  href: string
  also?: string
  name: string
  hint?: string
  count?: number
  icon: ComponentChildren
}

function Place({ href, also, name, hint, count, icon }: PlaceProps) {
  const [location] = useLocation()
  const here = location === href || (also !== undefined && location.startsWith(also))
  return (
    <Link href={href} class="place-link" aria-current={here ? 'page' : undefined} title={hint ?? name}>
      {icon}
      <span class="place-name">
        {hint && <span class="unseen">{hint}: </span>}
        {name}
      </span>
      {count !== undefined && <span class="place-count figures">{count}</span>}
    </Link>
  )
}
