import * as v from 'valibot'
import {
  LogHeadReply,
  type LogQuery,
  type LogSessionId,
  RemoteLogReply,
  SessionLogReply,
  type TakenAway,
  WebLogReply,
} from '../../protocol/log.ts'
import { type ReportQuery, ReportReply } from '../../protocol/reports.ts'
import type { ServerClient } from './server.ts'

/** What a list is asked for, as the query says it. */
export type LogAsk = Partial<Omit<LogQuery, 'export'>> & { export?: boolean | undefined }

/** The routes of the activity log. They refuse as all of `ServerClient` do. */
export function serverLog(server: Pick<ServerClient, 'call'>) {
  const list =
    <S extends v.GenericSchema>(name: 'web' | 'remote', reply: S) =>
    (ask: LogAsk, signal?: AbortSignal) =>
      server.call(`/api/log/${name}?${queryOf(ask)}`, { reply, signal })
  return {
    web: list('web', WebLogReply),
    remote: list('remote', RemoteLogReply),
    session: (id: LogSessionId, signal?: AbortSignal) =>
      server.call(`/api/log/sessions/${id}`, { reply: SessionLogReply, signal }),
    report: ({ days, group, technician }: ReportQuery, signal?: AbortSignal) =>
      server.call(`/api/reports?${queryOf({ days: days.join(','), group, technician })}`, {
        reply: ReportReply,
        signal,
      }),
    takenAway: (body: TakenAway, signal?: AbortSignal) =>
      server.call('/api/log/taken-away', { method: 'POST', body, reply: v.unknown(), signal }),
    head: (signal?: AbortSignal) => server.call('/api/log/head', { reply: LogHeadReply, signal }),
  }
}
export type ServerLog = ReturnType<typeof serverLog>

export function queryOf(ask: Record<string, string | number | boolean | undefined>): URLSearchParams {
  const given = Object.entries(ask).flatMap(([name, value]) =>
    value === undefined || value === '' || value === false ? [] : [[name, value === true ? '1' : String(value)]],
  )
  return new URLSearchParams(given)
}
