/** The mark: a small desk lamp. Decorative; the name stands beside it. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g fill="none" stroke="var(--accent-ink)" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">
        <path d="M9 25h11M14.500 25l-3-8 6-5" />
        <path d="M15 8l7 7" />
      </g>
      <path d="M14.500 8.800l7 7 1.600-5.400-3.200-3.200z" fill="var(--accent-ink)" />
    </svg>
  )
}
