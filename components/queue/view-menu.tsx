import { Columns3 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Column, toggleColumn } from '../../desk/queue/view.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Choices } from '../ui/choices.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { columnName } from './queue-words.ts'
import { queueView, setQueueView } from './view-state.ts'

/** How the queue is shown: as a table or as a board, and which columns. */
export function ViewMenu() {
  const [open, setOpen] = useState(false)
  const view = queueView.value
  return (
    <>
      <Button kind="quiet" class="filters-view" onClick={() => setOpen(true)}>
        <Columns3 aria-hidden="true" />
        {m.queue_view()}
      </Button>
      {open && (
        <Dialog title={m.queue_view()} onClose={() => setOpen(false)}>
          <Choices
            legend={m.queue_layout()}
            options={[
              { value: 'table', name: m.queue_layout_table() },
              { value: 'board', name: m.queue_layout_board() },
            ]}
            chosen={view.layout}
            onChoose={(layout) => setQueueView({ ...view, layout })}
          />
          <Choices
            legend={m.queue_order()}
            options={[
              { value: 'usual', name: m.queue_order_usual() },
              { value: 'due', name: m.queue_order_due() },
            ]}
            chosen={view.order}
            onChoose={(order) => setQueueView({ ...view, order })}
          />
          {view.layout === 'table' && (
            <fieldset class="checkboxes">
              <legend>{m.queue_columns()}</legend>
              {Column.options.map((column) => (
                <Checkbox
                  key={column}
                  label={columnName(column)}
                  checked={view.columns.includes(column)}
                  onChecked={() => setQueueView(toggleColumn(view, column))}
                />
              ))}
            </fieldset>
          )}
          <div class="dialog-actions">
            <Button onClick={() => setOpen(false)}>{m.desk_close()}</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
