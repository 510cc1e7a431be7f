import { createHash, createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { readConfig } from '../../signalling/config.ts'
import type { Bucket } from '../../signalling/media/s3.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const KEY = 'AKIAIOSFODNN7EXAMPLE'

/**
 * A store on the loopback with as much of S3 as is used: objects by PUT, GET and DELETE, each request signed (AWS Signature Version 4,
 * reckoned here from its description). It goes with the test. With `TEST_S3_URL`, written as `S3_URL` is, a folder of its own in that store
 * instead, from which nothing goes by itself.
 */
export async function startS3(): Promise<Bucket> {
  const { TEST_S3_URL } = process.env
  const { bucket } = readConfig({ S3_URL: TEST_S3_URL })
  if (bucket) return { ...bucket, base: `${bucket.base}/${randomUUID()}` }
  const objects = new Map<string, Buffer>()
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const { method, url = '' } = request
    const known = objects.get(url)
    if (!isSigned(request)) response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>')
    else if (method === 'PUT') {
      objects.set(url, Buffer.concat(pieces))
      response.writeHead(200).end()
    } else if (method === 'DELETE') {
      objects.delete(url)
      response.writeHead(204).end()
    } else if (known) response.writeHead(200).end(known)
    else response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return {
    base: `http://127.0.0.1:${port}/deskside/media`,
    region: 'eu-west-1',
    accessKeyId: KEY,
    secretAccessKey: SECRET,
  }
}

function isSigned({ method, url = '', headers }: IncomingMessage): boolean {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)$/
  const [, key, day = '', region = '', names = '', signature] = pattern.exec(headers.authorization ?? '') ?? []
  const at = String(headers['x-amz-date'])
  const isNow =
    Math.abs(Date.now() - Date.parse(at.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'))) < 900_000
  if (key !== KEY || !names.includes('host') || !names.includes('x-amz-date') || !isNow) return false
  const [path = '', query = ''] = url.split('?')
  const canonicalHeaders = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`)
  const hash = headers['x-amz-content-sha256']
  const canonical = [method, path, query, canonicalHeaders.join(''), names, hash].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const digest = createHash('sha256').update(canonical).digest('hex')
  const toSign = ['AWS4-HMAC-SHA256', at, scope, digest].join('\n')
  const signingKey = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${SECRET}`)
  return hmac(signingKey, toSign).toString('hex') === signature
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
