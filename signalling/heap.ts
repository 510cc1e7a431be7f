import { setFlagsFromString } from 'node:v8'

/**
 * V8 learns from the sockets that connect that their small arrays live long, and from then on makes those of every message
 * in the old part of the heap too: each relayed message then outlives its collection (300 bytes of it; seen with
 * `--trace-gc-nvp`), and relaying costs 7 % more. Messages are short-lived here, always.
 */
setFlagsFromString('--no-allocation-site-pretenuring')
