import { expect, test } from 'vitest'
import { addressKey, clientAddress } from '../../signalling/address.ts'
import { readConfig } from '../../signalling/config.ts'

const nobody = readConfig({}).trustedProxies
const proxies = readConfig({ TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8' }).trustedProxies

test.each([
  ['without a header it is the peer', '198.51.100.1', undefined, proxies, '198.51.100.1'],
  ['a header of a stranger is worth nothing', '198.51.100.1', '203.0.113.1', proxies, '198.51.100.1'],
  ['without trust no header is worth anything', '10.0.0.1', '203.0.113.1', nobody, '10.0.0.1'],
  ['behind a proxy it is what the proxy saw', '10.0.0.1', '203.0.113.1', proxies, '203.0.113.1'],
  ['what the client wrote before it is not believed', '10.0.0.1', '192.0.2.9, 203.0.113.1', proxies, '203.0.113.1'],
  ['behind two proxies it is what the outer one saw', '10.0.0.1', '203.0.113.1, 10.0.0.2', proxies, '203.0.113.1'],
  ['IPv6 proxies too', 'fd00::1', '2001:db8::1', proxies, '2001:db8::1'],
  ['a dual-stack listener shows IPv4 in IPv6', '::ffff:10.0.0.1', '203.0.113.1', proxies, '203.0.113.1'],
  ['garbage in the header leaves the proxy', '10.0.0.1', 'unknown', proxies, '10.0.0.1'],
  ['only proxies in the header', '10.0.0.1', '10.0.0.2', proxies, '10.0.0.2'],
  ['no peer at all', undefined, '203.0.113.1', proxies, ''],
])('%s', (_, peer, header, trusted, address) => {
  expect(clientAddress(peer, header, trusted)).toBe(address)
})

test.each([
  ['198.51.100.1', '198.51.100.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s counts as %s', (address, key) => {
  expect(addressKey(address)).toBe(key)
})
