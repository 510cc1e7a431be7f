import type { Signal } from '@preact/signals'

/** What is looked at in a session, for whoever makes pictures of it. Set by the interface that shows it. */
export type Looking = {
  /** The element that shows the customer's screen now. */
  readonly picture: Signal<HTMLVideoElement | undefined>
  /** Draws what is drawn over it. */
  readonly annotations: Signal<PaintAnnotations | undefined>
}

/** Draws over a picture of this size, in its own pixels, from its top left corner. */
export type PaintAnnotations = (
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  size: { width: number; height: number },
) => void
