import { useEffect, useState } from 'preact/hooks'

/** What a promise gave; undefined before. The promise must not reject. */
export function useSettled<T>(promise: Promise<T>): T | undefined {
  const [value, setValue] = useState<T>()
  useEffect(() => {
    void promise.then((settled) => setValue(() => settled))
  }, [promise])
  return value
}
