import type { Signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { Redirect, Route, Router, Switch } from 'wouter-preact'
import { useHashLocation } from 'wouter-preact/use-hash-location'
import type { AccountKeeper } from '../../desk/account/account.ts'
import type { Account } from '../../desk/account/settings.ts'
import { type Desk, startDesk } from '../../desk/desk.ts'
import { AccountPage } from '../account/account-page.tsx'
import { DeskCalls } from '../call/desk-calls.tsx'
import { LazyLog } from '../log/lazy-log.tsx'
import { PastPage } from '../log/past-page.tsx'
import { CauseNews } from '../queue/cause-news.ts'
import { DueNotices } from '../queue/due-notices.tsx'
import { InvitedNews } from '../queue/invited-news.ts'
import { QueuePage } from '../queue/queue-page.tsx'
import { RatingNotices } from '../queue/rating-notices.ts'
import { ResolvedPage } from '../queue/resolved-page.tsx'
import { SessionDeed } from '../session/session-deed.tsx'
import { SessionPage } from '../session/session-page.tsx'
import { TechniciansPage } from '../technicians/technicians-page.tsx'
import { Announcer } from './announce.tsx'
import { openChatDrafts } from './chat-drafts.ts'
import { WorkplaceContext } from './context.ts'
import { useLeaveWarning } from './leave-warning.ts'
import { Shell } from './shell.tsx'

type Props = {
  account: AccountKeeper
  of: Account
  /** This tab took the lead from another one. */
  tookLead: boolean
  handed: Signal<string | undefined>
}

/** The screens of a signed-in technician, and the desk that runs behind them. */
export function Workplace({ account, of, tookLead, handed }: Props) {
  const desk = useDesk(account, of, tookLead)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another technician's desk begins with none
  const drafts = useMemo(openChatDrafts, [desk])
  if (!desk) return null
  return (
    <WorkplaceContext.Provider value={{ desk, account, drafts }}>
      <Router hook={useHashLocation}>
        <Switch>
          <Route path="/session/:ticket">{({ ticket }) => <SessionPage ticket={ticket} />}</Route>
          <Route path="/account">
            <Shell handed={handed}>
              <AccountPage />
            </Shell>
          </Route>
          <Route path="/resolved">
            <Shell handed={handed}>
              <ResolvedPage />
            </Shell>
          </Route>
          <Route path="/log/ticket/:ticket">
            {({ ticket }) => (
              <Shell handed={handed}>
                <PastPage ticket={ticket} />
              </Shell>
            )}
          </Route>
          <Route path="/log/web">
            <Shell handed={handed}>
              <LazyLog page="web" />
            </Shell>
          </Route>
          <Route path="/reports">
            <Shell handed={handed}>
              <LazyLog page="report" />
            </Shell>
          </Route>
          <Route path="/log/remote">
            <Shell handed={handed}>
              <LazyLog page="remote" />
            </Shell>
          </Route>
          <Route path="/technicians/*?">
            <Shell handed={handed}>
              <TechniciansPage />
            </Shell>
          </Route>
          <Route path="/ticket/:ticket">
            {({ ticket }) => (
              <Shell handed={handed}>
                <QueuePage selected={ticket} />
              </Shell>
            )}
          </Route>
          <Route path="/">
            <Shell handed={handed}>
              <QueuePage selected={undefined} />
            </Shell>
          </Route>
          <Route>
            <Redirect to="/" />
          </Route>
        </Switch>
      </Router>
      <CauseNews />
      <DueNotices />
      <InvitedNews />
      <RatingNotices />
      <SessionDeed />
      <DeskCalls />
      <Announcer />
    </WorkplaceContext.Provider>
  )
}

/** One desk for one account, whatever token it has. */
function useDesk(account: AccountKeeper, of: Account, tookLead: boolean): Desk | undefined {
  const [desk, setDesk] = useState<Desk>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new token must not start another desk
  useEffect(() => {
    const life = new AbortController()
    setDesk(startDesk(of, { tookLead, onSignInOver: account.signInOver, onMe: account.update, signal: life.signal }))
    return () => life.abort()
  }, [of.origin, of.me.id])
  useEffect(() => desk?.takeToken(of.token), [desk, of.token])
  useLeaveWarning(desk)
  return desk
}
