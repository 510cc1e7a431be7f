/** Hands the mixed sound to the page, in pieces of about 40 ms, both channels one after the other. */

// Lib.dom has nothing of the world of an audio worklet.
declare const registerProcessor: (name: string, processor: new () => unknown) => void
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort }

const PIECE = 1920
const BLOCK = 128

class Tap extends AudioWorkletProcessor {
  piece = new Float32Array(PIECE * 2)
  filled = 0

  process([input]: Float32Array[][]): boolean {
    const [left, right = left] = input ?? []
    if (left) this.piece.set(left, this.filled)
    if (right) this.piece.set(right, PIECE + this.filled)
    this.filled += BLOCK
    if (this.filled >= PIECE) {
      this.port.postMessage(this.piece, [this.piece.buffer])
      this.piece = new Float32Array(PIECE * 2)
      this.filled = 0
    }
    return true
  }
}

registerProcessor('tap', Tap)
