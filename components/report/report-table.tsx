export type ReportRow = { id: string; name: string; cells: readonly string[] }

type Props = {
  label: string
  /** Over the names of the rows. */
  corner: string
  columns: readonly string[]
  rows: readonly ReportRow[]
}

/** Figures in rows that have names; where it is too narrow for columns, each cell says what it is. */
export function ReportTable({ label, corner, columns, rows }: Props) {
  return (
    <table class="log-table report-table">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">{corner}</th>
          {columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, cells }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            {cells.map((cell, at) => (
              <td key={columns[at]} data-column={columns[at]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
