const ALLOWED = new Set(
  (
    'a abbr b big blockquote br code col colgroup dd del div dl dt em fieldset h1 h2 h3 h4 h5 h6 ' +
    'hr i img ins label legend li ol p pre q s section small span strong sub sup table tbody td ' +
    'tfoot th thead tr tt u ul'
  ).split(' '),
)
const ALLOWED_ATTRIBUTES = new Set(
  'class style src alt height width colspan rowspan align href'.split(' '),
)

/**
 * Nodes for <rich-text>: WeChat takes HTML text or a tree of {name, attrs, children} and drops
 * every tag it does not trust.
 */
export function renderRichText(nodes) {
  if (typeof nodes === 'string') {
    const parsed = new DOMParser().parseFromString(nodes, 'text/html')
    return [...parsed.body.childNodes].flatMap(cleanNode)
  }
  return (nodes ?? []).flatMap(fromTree)
}

function cleanNode(node) {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)]
  if (node.nodeType !== Node.ELEMENT_NODE) return []
  const attributes = [...node.attributes].map(({ name, value }) => [name, value])
  const children = [...node.childNodes].flatMap(cleanNode)
  return element(node.localName, attributes, children)
}

function fromTree(node) {
  if (node.type === 'text') return [document.createTextNode(node.text ?? '')]
  const children = (node.children ?? []).flatMap(fromTree)
  return element(String(node.name).toLowerCase(), Object.entries(node.attrs ?? {}), children)
}

function element(name, attributes, children) {
  if (!ALLOWED.has(name)) return []
  const made = document.createElement(name)
  for (const [attribute, value] of attributes) {
    if (ALLOWED_ATTRIBUTES.has(attribute) && !/^\s*javascript:/i.test(value)) {
      made.setAttribute(attribute, value)
    }
  }
  made.append(...children)
  return [made]
}
