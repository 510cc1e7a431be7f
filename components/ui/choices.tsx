import './choices.css'
import { useId } from 'preact/hooks'

type Props<Value extends string> = {
  legend: string
  /** Whether the legend is in sight; screen readers say it in any case. */
  labelled?: boolean
  options: readonly { value: Value; name: string; lang?: string }[]
  chosen: Value
  onChoose: (value: Value) => void
  /** One under the other, for options that are sentences. */
  stacked?: boolean
}

/** One of a few, all in sight. */
export function Choices<Value extends string>(props: Props<Value>) {
  const { legend, labelled = true, options, chosen, onChoose, stacked = false } = props
  const group = useId()
  return (
    <fieldset class={stacked ? 'choices stacked' : 'choices'}>
      <legend class={labelled ? undefined : 'unseen'}>{legend}</legend>
      {options.map(({ value, name, lang }) => (
        <label key={value} lang={lang}>
          <input type="radio" name={group} checked={chosen === value} onChange={() => onChoose(value)} />
          {name}
        </label>
      ))}
    </fieldset>
  )
}
