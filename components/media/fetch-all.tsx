import { CloudDownload } from 'lucide-preact'
import type { ListedMedia } from '../../desk/case/case-media.ts'
import { isThere, type Sought } from '../../desk/media/lending/whereabouts.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'

/** Fetches all of a ticket's pictures and films that browsers which are open now have, so that they can be taken away together. */
export function FetchAll({ of, listed }: { of: Sought; listed: readonly ListedMedia[] }) {
  const { media, lending } = useWorkplace().desk
  const places = lending.places.value
  const states = lending.fetches.states.value
  const open = listed.filter(({ id }) => !media.items.value.has(id) && isThere(places.get(id)) && !states.has(id))
  if (open.length < 2) return null
  return (
    <div class="media-all">
      <Button
        onClick={() => {
          for (const one of open) lending.fetches.begin(of, one)
        }}
      >
        <CloudDownload aria-hidden="true" />
        {m.media_fetch_all({ count: open.length })}
      </Button>
    </div>
  )
}
