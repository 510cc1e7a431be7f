import { PICTURES_A_SECOND } from './pictures-a-second.ts'

/** A hidden page's own timers rest, and it paints nothing; a worker's go on. */
setInterval(() => postMessage(0), 1000 / PICTURES_A_SECOND)
