import * as v from 'valibot'

/** What a row of the queue may show besides code and customer, in this order. */
export const Column = v.picklist(['group', 'priority', 'tags', 'contact', 'created', 'status', 'due', 'assignee'])
export type Column = v.InferOutput<typeof Column>

/** How one looks at the queue; kept in the settings. */
export const QueueView = v.strictObject({
  layout: v.picklist(['table', 'board']),
  columns: v.pipe(v.array(Column), v.maxLength(Column.options.length)),
  /** `due`: what is late, or will be first, before the rest; whoever waits stays above all. */
  order: v.optional(v.picklist(['usual', 'due']), 'usual'),
})
export type QueueView = v.InferOutput<typeof QueueView>

export const USUAL_VIEW: QueueView = {
  layout: 'table',
  columns: ['group', 'status', 'due', 'assignee'],
  order: 'usual',
}

/** Where no group promises anything, nothing is due, and the column would be empty. */
export function columnsShown({ columns }: QueueView, promised: boolean): readonly Column[] {
  return promised ? columns : columns.filter((column) => column !== 'due')
}

/** With the column, or without it; the order stays. */
export function toggleColumn(view: QueueView, column: Column): QueueView {
  const columns = Column.options.filter((each) => view.columns.includes(each) !== (each === column))
  return { ...view, columns }
}
