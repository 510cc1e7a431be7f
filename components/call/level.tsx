import { useEffect, useRef } from 'preact/hooks'

/** How often the meter is read, in ms. */
const EVERY_MS = 100

/** How loud a voice is: the length says it, not the colour alone. */
export function Level({ track, who, label }: { track: MediaStreamTrack; who: string; label: string }) {
  const meter = useRef<HTMLMeterElement>(null)
  useEffect(() => {
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 1024 })
    const source = context.createMediaStreamSource(new MediaStream([track]))
    const samples = new Float32Array(analyser.fftSize)
    source.connect(analyser)
    void context.resume()
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      if (meter.current) meter.current.value = loudness(samples)
    }, EVERY_MS)
    return () => {
      clearInterval(timer)
      source.disconnect()
      void context.close()
    }
  }, [track])
  return (
    <span class="call-level">
      <span aria-hidden="true">{who}</span>
      <meter ref={meter} min={0} max={1} value={0} aria-label={label} />
    </span>
  )
}

/** From 0 at -60 dB to 1 at full strength. */
function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  return power === 0 ? 0 : Math.min(1, Math.max(0, 1 + (10 * Math.log10(power)) / 60))
}
