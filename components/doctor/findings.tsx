import './doctor.css'
import { m } from '../../paraglide/messages.js'
import { remedyFor } from '../../peer/doctor-rules.ts'
import type { Checkup, Way, WayState } from '../../protocol/doctor.ts'
import { remedyWords, stateWords, WAYS } from './doctor-words.ts'

/** What is known of each way until now. */
export type Found = Partial<Record<Way, WayState>>

/** Every way with its state, and one thing to do about it once all are known. */
export function Findings({ title, found, checkup }: { title: string; found: Found; checkup: Checkup | undefined }) {
  return (
    <section class="doctor-findings">
      <h3>{title}</h3>
      {checkup && (
        <p class="doctor-remedy" role="status">
          {remedyWords(remedyFor(checkup))}
        </p>
      )}
      <table class="doctor-ways">
        <thead class="unseen">
          <tr>
            <th scope="col">{m.doctor_way()}</th>
            <th scope="col">{m.doctor_result()}</th>
          </tr>
        </thead>
        <tbody>
          {ways.map((way) => (
            <tr key={way}>
              <th scope="row">{WAYS[way]()}</th>
              <td class={`doctor-${found[way]?.kind ?? 'trying'}`}>{stateWords(found[way])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const ways = Object.keys(WAYS) as Way[]
