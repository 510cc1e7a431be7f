import { useEffect, useState } from 'preact/hooks'

/** The white around a QR code that readers need, in modules. */
const QUIET = 4

type Drawn = { path: string; size: number }

/** A text as a QR code; what draws it is loaded here and nowhere else. Always dark on white, as readers expect it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<Drawn>()
  useEffect(() => {
    let gone = false
    void draw(text).then((next) => {
      if (!gone) setDrawn(next)
    })
    return () => {
      gone = true
    }
  }, [text])
  const side = (drawn?.size ?? 0) + 2 * QUIET
  return (
    <svg class="qr-code" viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} role="img" aria-label={label}>
      {drawn && <path d={drawn.path} fill="#000000" />}
    </svg>
  )
}

async function draw(text: string): Promise<Drawn> {
  const [{ generate }, { toSvgPath }] = await Promise.all([import('lean-qr'), import('lean-qr/extras/svg')])
  const code = generate(text)
  return { path: toSvgPath(code), size: code.size }
}
