import * as v from 'valibot'

/** What a row of the queue may show besides code and customer, in this order. */
export const Column = v.picklist(['group', 'priority', 'tags', 'contact', 'created', 'status', 'assignee'])
export type Column = v.InferOutput<typeof Column>

/** How one looks at the queue; kept in the settings. */
export const QueueView = v.strictObject({
  layout: v.picklist(['table', 'board']),
  columns: v.pipe(v.array(Column), v.maxLength(Column.options.length)),
})
export type QueueView = v.InferOutput<typeof QueueView>

export const USUAL_VIEW: QueueView = { layout: 'table', columns: ['group', 'status', 'assignee'] }

/** With the column, or without it; the order stays. */
export function toggleColumn(view: QueueView, column: Column): QueueView {
  const columns = Column.options.filter((each) => view.columns.includes(each) !== (each === column))
  return { ...view, columns }
}
