import { paintTimeCode } from './time-code.ts'

const FRAMES_PER_SECOND = 30
const LINE = 20
const WORDS = 'The printer says it is offline, but the cable is in and the lamp is green. '

/**
 * Somebody types into a page full of text with a picture on it, as people's screens are, under a time code; 30 frames a
 * second for as long as the page lives. It fills the window.
 * @returns when it has played for a second, so that what is measured does not pay for the page's beginning.
 */
export async function playTypingScene(): Promise<void> {
  const canvas = document.createElement('canvas')
  canvas.width = innerWidth
  canvas.height = innerHeight
  document.body.append(canvas)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  paintPage(context)

  const [left, top] = [LINE, Math.ceil(canvas.height / 2)]
  const { promise: played, resolve } = Promise.withResolvers<void>()
  let [letter, x, y] = [0, left, top]
  let frame = -1
  const paint = (now: number) => {
    requestAnimationFrame(paint)
    const due = Math.floor((now * FRAMES_PER_SECOND) / 1000)
    if (due === frame) return
    frame = due
    if (letter === FRAMES_PER_SECOND) resolve()
    const next = WORDS[letter++ % WORDS.length] ?? ''
    const width = context.measureText(next).width
    if (x + width > canvas.width / 2) [x, y] = [left, y + LINE > canvas.height - LINE ? top : y + LINE]
    context.fillStyle = '#fff'
    context.fillRect(x, y - LINE * 0.75, width, LINE)
    context.fillStyle = '#223'
    context.fillText(next, x, y)
    x += width
    paintTimeCode(context)
  }
  requestAnimationFrame(paint)
  return played
}

function paintPage(context: CanvasRenderingContext2D): void {
  const { width, height } = context.canvas
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.font = `${LINE * 0.7}px sans-serif`
  context.fillStyle = '#223'
  const line = WORDS.repeat(3)
  for (let y = height / 16 + LINE; y < height; y += LINE) context.fillText(line, LINE, y, width / 2 - LINE)
  const sky = context.createLinearGradient(width / 2, 0, width, height)
  sky.addColorStop(0, '#14557b')
  sky.addColorStop(0.6, '#f2a65a')
  sky.addColorStop(1, '#3b2a4a')
  context.fillStyle = sky
  context.fillRect(width * 0.55, height * 0.2, width * 0.4, height * 0.6)
}
