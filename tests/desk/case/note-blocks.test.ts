import { describe, expect, test } from 'vitest'
import { nextMark, readBlocks, readParts } from '../../../desk/case/note-blocks.ts'

const text = (words: string) => [{ kind: 'text', text: words }]

describe('notes as they are read', () => {
  test('paragraphs, lists, and paragraphs again', () => {
    expect(readBlocks('Tried:\n- cable\n* driver\n\n1. first\n2) second\nThen\nit worked')).toEqual([
      { kind: 'paragraph', lines: [text('Tried:')] },
      { kind: 'list', ordered: false, items: [text('cable'), text('driver')] },
      { kind: 'list', ordered: true, items: [text('first'), text('second')] },
      { kind: 'paragraph', lines: [text('Then'), text('it worked')] },
    ])
    expect(readBlocks('\n \n')).toEqual([])
    expect(readBlocks('-5 °C and 3.14')).toEqual([{ kind: 'paragraph', lines: [text('-5 °C and 3.14')] }])
  })

  test('addresses of pages and of mail are links, without the punctuation of the sentence', () => {
    expect(readParts('See (https://acme.example/a_(b)?c=1), or ask help@acme.example.')).toEqual([
      { kind: 'text', text: 'See (' },
      { kind: 'link', text: 'https://acme.example/a_(b)?c=1', href: 'https://acme.example/a_(b)?c=1' },
      { kind: 'text', text: '), or ask ' },
      { kind: 'link', text: 'help@acme.example', href: 'mailto:help@acme.example' },
      { kind: 'text', text: '.' },
    ])
    expect(readParts('(https://acme.example/a)')[1]).toMatchObject({ href: 'https://acme.example/a' })
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '<a href="x">y</a>', 'https://'])(
    'nothing else is: %s',
    (words) => expect(readParts(words)).toEqual(text(words)),
  )
})

test('Enter goes on with a list, counts up, and ends it at an empty item', () => {
  expect(nextMark('- cable')).toEqual({ kind: 'mark', text: '- ' })
  expect(nextMark('  9. ninth')).toEqual({ kind: 'mark', text: '  10. ' })
  expect(nextMark('- ')).toEqual({ kind: 'end' })
  expect(nextMark('plain')).toBeUndefined()
})
