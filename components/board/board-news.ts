import { useEffect, useRef } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { Board } from '../../peer/board/board.ts'
import type { Author } from '../../peer/board/item.ts'

/** Whoever draws is not told of stroke by stroke, in ms. */
const QUIET_MS = 1500

/** Says who drew, and how much there is now, once nobody has drawn for a moment. @param nameOf as one reads it here */
export function useBoardNews(board: Board, nameOf: (author: Author) => string, say: (sentence: string) => void) {
  const latest = useRef({ nameOf, say })
  latest.current = { nameOf, say }
  useEffect(() => {
    const life = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let last: Author | undefined
    board.onChange(({ added, by }) => {
      if (by === 'me') return
      for (const id of added) last = board.items.get(id)?.by ?? last
      clearTimeout(timer)
      timer = setTimeout(() => {
        const count = board.items.size
        if (count === 0) latest.current.say(m.board_news_empty())
        else if (last) latest.current.say(m.board_news({ name: latest.current.nameOf(last), count }))
      }, QUIET_MS)
    }, life.signal)
    return () => {
      life.abort()
      clearTimeout(timer)
    }
  }, [board])
}
