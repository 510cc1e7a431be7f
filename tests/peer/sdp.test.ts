import { describe, expect, test } from 'vitest'
import { orderCodecs, withStartBitrate } from '../../peer/sdp.ts'

/** Answers of Chromium 156 and Firefox 153, each shortened to one payload type of a kind. */
const CHROMIUM = sdp(`v=0
o=- 7414854612471731538 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1
a=msid-semantic: WMS
m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 45 46 98 118 119 120
c=IN IP4 0.0.0.0
a=ice-ufrag:UcFr
a=fingerprint:sha-256 0E:94:44:69:33:2B:27:A1:DC:3E:A6:E6:03:1E:72:DA:4E:C3:1C:FE:A7:DA:84:93:F6:FB:14:B5:72:10:F3:73
a=mid:0
a=recvonly
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 nack pli
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:102 H264/90000
a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f
a=rtpmap:103 rtx/90000
a=fmtp:103 apt=102
a=rtpmap:45 AV1/90000
a=fmtp:45 level-idx=5;profile=0;tier=0
a=rtpmap:46 rtx/90000
a=fmtp:46 apt=45
a=rtpmap:98 VP9/90000
a=fmtp:98 profile-id=0
a=rtpmap:118 red/90000
a=rtpmap:119 rtx/90000
a=fmtp:119 apt=118
a=rtpmap:120 ulpfec/90000
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=mid:1
a=sctp-port:5000
`)

/** Firefox writes the parameters before the codecs that they belong to. */
const FIREFOX = sdp(`v=0
o=mozilla...THIS_IS_SDPARTA-99.0 2077884982938170350 0 IN IP4 0.0.0.0
s=-
t=0 0
m=video 9 UDP/TLS/RTP/SAVPF 120 124 99 100 123 122 119
c=IN IP4 0.0.0.0
a=recvonly
a=fmtp:120 max-fs=12288;max-fr=60
a=fmtp:124 apt=120
a=fmtp:100 apt=99
a=fmtp:119 apt=122
a=mid:0
a=rtpmap:120 VP8/90000
a=rtpmap:124 rtx/90000
a=rtpmap:99 AV1/90000
a=rtpmap:100 rtx/90000
a=rtpmap:123 ulpfec/90000
a=rtpmap:122 red/90000
a=rtpmap:119 rtx/90000
a=setup:active
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
a=mid:1
`)

function sdp(text: string) {
  return text.replaceAll('\n', '\r\n')
}

const fmtp = (text: string) => text.split('\r\n').filter((line) => line.startsWith('a=fmtp'))

describe('the start bitrate', () => {
  test('stands with each picture codec of Chromium, and with no other', () => {
    expect(fmtp(withStartBitrate(CHROMIUM))).toEqual([
      'a=fmtp:96 x-google-start-bitrate=4000',
      'a=fmtp:97 apt=96',
      'a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f;x-google-start-bitrate=4000',
      'a=fmtp:103 apt=102',
      'a=fmtp:45 level-idx=5;profile=0;tier=0;x-google-start-bitrate=4000',
      'a=fmtp:46 apt=45',
      'a=fmtp:98 profile-id=0;x-google-start-bitrate=4000',
      'a=fmtp:119 apt=118',
    ])
  })

  test('and of Firefox', () => {
    expect(fmtp(withStartBitrate(FIREFOX))).toEqual([
      'a=fmtp:120 max-fs=12288;max-fr=60;x-google-start-bitrate=4000',
      'a=fmtp:124 apt=120',
      'a=fmtp:100 apt=99',
      'a=fmtp:119 apt=122',
      'a=fmtp:99 x-google-start-bitrate=4000',
    ])
  })

  test.each([CHROMIUM, FIREFOX])('changes no other line', (answer) => {
    const others = (text: string) => text.split('\r\n').filter((line) => !line.startsWith('a=fmtp'))
    expect(others(withStartBitrate(answer))).toEqual(others(answer))
  })

  test.each([CHROMIUM, FIREFOX])('is not put twice', (answer) => {
    const once = withStartBitrate(answer)
    expect(withStartBitrate(once)).toBe(once)
  })

  test('touches no audio', () => {
    const audio = sdp('v=0\nm=audio 9 UDP/TLS/RTP/SAVPF 111\na=rtpmap:111 opus/48000/2\na=fmtp:111 minptime=10\n')
    expect(withStartBitrate(audio)).toBe(audio)
  })
})

test('VP8, AV1, VP9, H264, and then what repairs them, as the browser had it', () => {
  const names = ['VP8', 'rtx', 'H264', 'VP9', 'H265', 'AV1', 'red', 'ulpfec']
  const ordered = orderCodecs(names.map((name) => ({ mimeType: `video/${name}` })))
  expect(ordered.map(({ mimeType }) => mimeType.slice(6))).toEqual([
    'VP8',
    'AV1',
    'VP9',
    'H264',
    'rtx',
    'H265',
    'red',
    'ulpfec',
  ])
})
