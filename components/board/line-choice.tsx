import { useId } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { type Drawing, WIDTHS } from './drawing.ts'
import { PALETTE, type Paint } from './palette.ts'

/** Colour and thickness of what is drawn next; `disabled` while nothing is. */
export function LineChoice({ drawing, disabled }: { drawing: Drawing; disabled: boolean }) {
  const group = useId()
  return (
    <>
      <fieldset class="board-colours" aria-disabled={disabled}>
        <legend class="unseen">{m.board_colour()}</legend>
        {PALETTE.map((paint, colour) => (
          <label key={paint.name} title={colourName(paint)}>
            <input
              type="radio"
              disabled={disabled}
              name={`${group}-colour`}
              aria-label={colourName(paint)}
              style={{ background: paint.fill, color: paint.ink }}
              checked={drawing.colour.value === colour}
              onChange={() => {
                drawing.colour.value = colour
              }}
            />
          </label>
        ))}
      </fieldset>
      <fieldset class="board-widths" aria-disabled={disabled}>
        <legend class="unseen">{m.board_width()}</legend>
        {WIDTHS.map((width, index) => (
          <label key={width} title={widthName(index)}>
            <input
              type="radio"
              disabled={disabled}
              name={`${group}-width`}
              aria-label={widthName(index)}
              checked={drawing.width.value === width}
              onChange={() => {
                drawing.width.value = width
              }}
            />
            <span aria-hidden="true" style={{ height: `${2 + index * 3}px` }} />
          </label>
        ))}
      </fieldset>
    </>
  )
}

function widthName(index: number): string {
  if (index === 0) return m.board_thin()
  return index === 1 ? m.board_medium() : m.board_thick()
}

function colourName({ name }: Paint): string {
  switch (name) {
    case 'amber':
      return m.board_amber()
    case 'red':
      return m.board_red()
    case 'green':
      return m.board_green()
    case 'blue':
      return m.board_blue()
    case 'violet':
      return m.board_violet()
    case 'black':
      return m.board_black()
    case 'white':
      return m.board_white()
  }
}
