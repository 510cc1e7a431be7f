/** Two tones that rise, as a shop's door has them: Hz, and when they begin, in s. */
const TONES = [
  { pitch: 660, at: 0 },
  { pitch: 880, at: 0.16 },
]
const LENGTH = 0.45
const LOUDNESS = 0.15

let context: AudioContext | undefined

/** Sounds once. Silent where the browser wants a press on the page before it lets anything be heard. */
export async function chime(): Promise<void> {
  context ??= new AudioContext()
  await context.resume()
  const now = context.currentTime
  for (const { pitch, at } of TONES) {
    const tone = new OscillatorNode(context, { frequency: pitch })
    const gain = new GainNode(context, { gain: 0 })
    gain.gain.setValueAtTime(LOUDNESS, now + at)
    gain.gain.exponentialRampToValueAtTime(0.0001, now + at + LENGTH)
    tone.connect(gain).connect(context.destination)
    tone.start(now + at)
    tone.stop(now + at + LENGTH)
  }
}
