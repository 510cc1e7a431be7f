/**
 * A list of which only the rows in sight exist is no `<table>`: it says what it is by roles. The grid has the focus, and names the row
 * at which the keyboard is.
 */
export const ROW = { role: 'row' } as const
export const CELL = { role: 'gridcell' } as const

/** @param open it is the ticket of the pane */
export const ticketRow = (selected: boolean, open: boolean) =>
  ({ ...ROW, 'aria-selected': selected, 'aria-current': open ? 'true' : undefined }) as const
