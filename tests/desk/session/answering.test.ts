import { expect, test } from 'vitest'
import { openAnswering } from '../../../desk/session/answering.ts'
import type { Presence } from '../../../protocol/ticket.ts'
import { inSession, offline, waiting } from '../queue/samples.ts'

function answering() {
  let told = 0
  const made = openAnswering(() => {
    told += 1
  })
  return { ...made, follow: (presence: Presence, live = false) => made.follow(presence, live), told: () => told }
}

test('a link alone is no answer; the first thing that is done is told, once', () => {
  const { follow, act, told } = answering()
  follow(waiting(10))
  follow(inSession(20, false))
  expect(told()).toBe(0)
  act()
  expect(told()).toBe(1)
  follow(inSession(20, true))
  act()
  expect(told()).toBe(1)
})

test('what is done before the link is up is told with it', () => {
  const { follow, act, told } = answering()
  follow(waiting(10))
  act()
  expect(told()).toBe(0)
  follow(inSession(20, false))
  expect(told()).toBe(1)
})

test('after a cut it is told anew, to another arrival it does not count', () => {
  const { follow, act, told } = answering()
  follow(inSession(20, false))
  act()
  follow(waiting(30))
  follow(inSession(40, false))
  expect(told()).toBe(2)
  follow(offline)
  follow(inSession(60, false))
  expect(told()).toBe(2)
})

test('what is written for somebody who is not there answers nobody', () => {
  const { follow, act, told } = answering()
  follow(offline)
  act()
  follow(inSession(20, false))
  expect(told()).toBe(0)
})

test('a server that was begun anew is told again of a link that outlived it', () => {
  const { follow, act, told } = answering()
  follow(inSession(20, false), true)
  act()
  follow(offline, true)
  follow(waiting(30), true)
  follow(inSession(40, false), true)
  expect(told()).toBe(2)
})
