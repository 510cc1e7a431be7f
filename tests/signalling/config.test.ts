import { expect, test } from 'vitest'
import { readConfig } from '../../signalling/config.ts'

test('without any variable everything has its default', () => {
  expect(readConfig({})).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    publicUrl: undefined,
    dataDir: 'data',
    databaseUrl: undefined,
    logLevel: 'info',
    stunUrls: [],
    turn: undefined,
    smtp: undefined,
    ticketMs: 7 * 86_400_000,
    limits: { socketsPerAddress: 200, messagesPerSecond: 50, messageBurst: 200 },
  })
})

test('an empty variable is one that is not set', () => {
  expect(readConfig({ PORT: '', TURN_SECRET: '', PUBLIC_URL: '' })).toMatchObject({ port: 8080, publicUrl: undefined })
})

test('L3 the address of a media store has its key, its secret, its bucket and its region', () => {
  const { bucket } = readConfig({ S3_URL: 'https://AKIA:a%2Fb%2Bc@s3.example.org/help/media/?region=eu-west-1' })
  expect(bucket).toEqual({
    base: 'https://s3.example.org/help/media',
    region: 'eu-west-1',
    accessKeyId: 'AKIA',
    secretAccessKey: 'a/b+c',
  })
  expect(readConfig({}).bucket).toBeUndefined()
})

test('variables of other programs do not matter', () => {
  expect(readConfig({ PATH: '/bin', TERM: 'x' }).port).toBe(8080)
})

test.each([
  [{ PORT: '70000' }, 'PORT is "70000", which is not valid: give a whole number from 0 to 65535.'],
  [{ PORT: '8080x' }, 'PORT is "8080x", which is not valid: give a whole number from 0 to 65535.'],
  [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL is "loud", which is not valid: give one of fatal, error, /],
  [
    { PUBLIC_URL: 'help.example.org' },
    /^PUBLIC_URL is "help\.example\.org".*https:\/\/help\.example\.org, without a path\.$/,
  ],
  [{ PUBLIC_URL: 'https://help.example.org/desk' }, /^PUBLIC_URL is /],
  [{ TRUSTED_PROXIES: '10.0.0.0/8,300.1.1.1' }, /^TRUSTED_PROXIES is .*127\.0\.0\.1/],
  [{ TRUSTED_PROXIES: '10.0.0.0/33' }, /^TRUSTED_PROXIES is /],
  [{ STUN_URLS: 'turn:example.org' }, /^STUN_URLS is .*stun:/],
  [{ S3_URL: 'https://s3.example.org/bucket' }, /^S3_URL is not valid: give an address such as https:\/\/KEY:SECRET@/],
  [{ S3_URL: 'https://key:s3cret@s3.example.org' }, /^S3_URL is not valid: (?!.*s3cret)/],
  [{ TICKET_DAYS: '0' }, /^TICKET_DAYS is "0", .* from 1 to 365\.$/],
  [{ SMTP_URL: 'smtp://mail.example.org' }, 'SMTP_URL is set but MAIL_FROM is not: give both, or neither.'],
  [{ MAIL_FROM: 'Example' }, /^MAIL_FROM is "Example".*Example <help@example\.org>\.$/],
  [{ MAIL_FROM: 'A\r\nBcc: eve@example.org <help@example.org>' }, /^MAIL_FROM is /],
  [{ MAIL_FROM: 'a@example.org, b@example.org' }, /^MAIL_FROM is /],
  [{ TURN_URLS: 'turn:example.org' }, 'TURN_URLS is set but TURN_SECRET is not: give both, or neither.'],
])('%j is named', (environment, sentence) => {
  expect(() => readConfig(environment)).toThrow(sentence)
})

test.each(['TURN_SECRET', 'AUTH_SECRET'])('a wrong %s is named, but not shown', (name) => {
  expect(() => readConfig({ [name]: 'hunter2' })).toThrow(
    new RegExp(`^${name} is not valid: give at least \\d+ characters\\.$`),
  )
})

test.each([
  'mysql://ada:hunter2@localhost/deskside',
  'ada:hunter2@localhost',
  'postgres://ada:hunter2@local host/deskside',
])('a wrong DATABASE_URL is named, but not shown: %s', (url) => {
  const read = () => readConfig({ DATABASE_URL: url })
  expect(read).toThrow(/^DATABASE_URL is not valid: give an address such as postgres:\/\//)
  expect(read).not.toThrow(/hunter2/)
})

test('the origin may end with a slash, and lists may have spaces', () => {
  const config = readConfig({
    PUBLIC_URL: 'https://help.example.org/',
    STUN_URLS: 'stun:a.example.org stun:b.example.org:3478',
    TRUSTED_PROXIES: '10.0.0.0/8, ::1',
  })
  expect(config.publicUrl).toBe('https://help.example.org')
  expect(config.stunUrls).toEqual(['stun:a.example.org', 'stun:b.example.org:3478'])
  expect(config.trustedProxies.check('10.1.2.3')).toBe(true)
  expect(config.trustedProxies.check('::1', 'ipv6')).toBe(true)
  expect(config.trustedProxies.check('11.1.2.3')).toBe(false)
})

test.each([
  'mail.example.org',
  'http://user:hunter2@mail.example.org',
  'smtp://user:hunter2@mail.example.org/path',
  'smtp://user:hunter2%zz@mail.example.org',
  'smtp://user:hunter2@mail.example.org:99999',
  'smtp://user:hunter2@',
  'smtp://user:hunter2%0d%0a@mail.example.org',
])('a wrong SMTP_URL is named, but not shown: %s', (url) => {
  const read = () => readConfig({ SMTP_URL: url, MAIL_FROM: 'help@example.org' })
  expect(read).toThrow(/^SMTP_URL is not valid: give an address such as smtps:\/\//)
  expect(read).not.toThrow(/hunter2/)
})

test.each([
  ['help@example.org', { name: '', address: 'help@example.org' }],
  ['Example Help <help@example.org>', { name: 'Example Help', address: 'help@example.org' }],
  ['"Example, Inc." <help@example.org>', { name: 'Example, Inc.', address: 'help@example.org' }],
])('mails may be from %s', (sender, from) => {
  const url = 'smtp://user:p%40ss@mail.example.org:587'
  expect(readConfig({ SMTP_URL: url, MAIL_FROM: sender }).smtp).toEqual({ url, from })
})
