/** Crockford's base32: no I, L, O or U, so that what was written down by hand is read back as it was meant. */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 30 symbols of 5 bits: 150 random bits, out of reach of any guessing. */
const LENGTH = 30
const GROUP = 5

/** Draws the printed way into a vault: `XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX`. */
export function drawRecoveryCode(): string {
  const symbols = Array.from(crypto.getRandomValues(new Uint8Array(LENGTH)), (byte) => SYMBOLS[byte % SYMBOLS.length])
  return formatRecoveryCode(symbols.join(''))
}

/**
 * Reads a recovery code as people type it: small letters, any spaces, dots and dashes, `O` for `0`, `I` and `L` for `1`.
 * @returns the code as it was printed; undefined where it cannot be one.
 */
export function readRecoveryCode(text: string): string | undefined {
  const symbols = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.,_\-\u00ad\u200b-\u2015\u2060\u2212]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  if (symbols.length !== LENGTH || [...symbols].some((symbol) => !SYMBOLS.includes(symbol))) return undefined
  return formatRecoveryCode(symbols)
}

function formatRecoveryCode(symbols: string): string {
  return symbols.match(new RegExp(`.{${GROUP}}`, 'g'))?.join('-') ?? ''
}
