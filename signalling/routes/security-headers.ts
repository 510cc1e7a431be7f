import type { MiddlewareHandler } from 'hono'
import type { Env } from './request.ts'

/** Features of the browser that the customer's page may use; all others that matter are off. */
const PERMISSIONS = [
  ...[
    'display-capture',
    'camera',
    'microphone',
    'fullscreen',
    'picture-in-picture',
    'screen-wake-lock',
    'autoplay',
  ].map((feature) => `${feature}=(self)`),
  ...[
    'accelerometer',
    'bluetooth',
    'browsing-topics',
    'clipboard-read',
    'geolocation',
    'gyroscope',
    'hid',
    'idle-detection',
  ],
  ...[
    'local-fonts',
    'magnetometer',
    'midi',
    'payment',
    'publickey-credentials-get',
    'serial',
    'usb',
    'xr-spatial-tracking',
  ],
]
  .map((feature) => (feature.includes('=') ? feature : `${feature}=()`))
  .join(', ')

/** Nothing but this server's own files, no frame around the page, no inline script or style. */
function contentSecurityPolicy(origin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    // `'self'` does not stand for ws: in every browser.
    `connect-src 'self' ${origin.replace(/^http/, 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Headers of every answer; those of pages do no harm to JSON. `origin` is the one that people open. */
export function securityHeaders(origin: string): MiddlewareHandler<Env> {
  const headers = Object.entries({
    'Content-Security-Policy': contentSecurityPolicy(origin),
    'Permissions-Policy': PERMISSIONS,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    ...(origin.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=31536000' }),
  })
  return async (c, next) => {
    await next()
    for (const [name, value] of headers) c.header(name, value)
  }
}
