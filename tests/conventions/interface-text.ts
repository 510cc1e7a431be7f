import { type ESTree, parseSync, Visitor } from 'vite'

/** Attributes and properties whose value a person reads or hears. */
const read = new Set(
  [
    'aria-label',
    'aria-description',
    'aria-roledescription',
    'aria-valuetext',
    'ariaLabel',
    'alt',
    'caption',
    'description',
  ].concat([
    'heading',
    'hint',
    'innerText',
    'label',
    'message',
    'placeholder',
    'summary',
    'textContent',
    'title',
    'tooltip',
  ]),
)

/**
 * Every piece of text with a letter in it that a `.tsx` or `.ts` file shows without the catalogue: between tags, in an attribute
 * that is read, or set on an element.
 */
export function findInterfaceText(name: string, source: string): string[] {
  const found: string[] = []
  const take = (texts: string[]) => found.push(...texts.filter((text) => /\p{L}/u.test(text)))
  const { program, errors } = parseSync(name, source)
  if (errors.length > 0) throw new Error(`${name} cannot be parsed: ${errors[0]?.message}`)
  new Visitor({
    JSXText: ({ value }) => void take([value.trim()]),
    JSXElement: ({ children }) => void take(children.flatMap(literals)),
    JSXFragment: ({ children }) => void take(children.flatMap(literals)),
    JSXAttribute: ({ name: attribute, value }) => {
      if (value && attribute.type === 'JSXIdentifier' && read.has(attribute.name)) take(literals(value))
    },
    AssignmentExpression: ({ left, right }) => {
      if (left.type === 'MemberExpression' && left.property.type === 'Identifier' && read.has(left.property.name)) {
        take(literals(right))
      }
    },
  }).visit(program)
  return found
}

/** The strings that an expression can come to by itself; what a call is given is not shown as it is. */
function literals(node: ESTree.Node): string[] {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : []
    case 'TemplateLiteral':
      return node.quasis.map(({ value }) => value.raw)
    case 'JSXExpressionContainer':
      return literals(node.expression)
    case 'ParenthesizedExpression':
      return literals(node.expression)
    case 'ConditionalExpression':
      return [...literals(node.consequent), ...literals(node.alternate)]
    case 'LogicalExpression':
      return [...literals(node.left), ...literals(node.right)]
    case 'BinaryExpression':
      // A comparison shows nothing of what it compares.
      return node.operator === '+' ? [...literals(node.left), ...literals(node.right)] : []
    default:
      return []
  }
}
