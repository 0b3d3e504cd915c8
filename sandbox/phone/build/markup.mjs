/**
 * A small reader of WXML that keeps line numbers: the template compiler does not hand out its tree.
 * Yields one entry per opening tag: {tag, line, attributes: [{name, value, line}], content}.
 * `content` is the raw text of an inline <wxs>.
 */
export function* readTags(source) {
  const reader = { source, index: 0, line: 1 }
  while (reader.index < source.length) {
    if (skipPast(reader, '<!--', '-->') || skipPast(reader, '{{', '}}')) continue
    if (source[reader.index] === '<' && /[a-zA-Z]/.test(source[reader.index + 1] ?? '')) {
      yield readTag(reader)
    } else {
      advance(reader, 1)
    }
  }
}

function advance(reader, count) {
  const end = Math.min(reader.index + count, reader.source.length)
  for (; reader.index < end; reader.index += 1) {
    if (reader.source[reader.index] === '\n') reader.line += 1
  }
}

function skipPast(reader, opening, closing) {
  if (!reader.source.startsWith(opening, reader.index)) return false
  const end = reader.source.indexOf(closing, reader.index)
  advance(reader, end < 0 ? reader.source.length : end + closing.length - reader.index)
  return true
}

function match(reader, pattern) {
  pattern.lastIndex = reader.index
  const found = pattern.exec(reader.source)
  if (found) advance(reader, found[0].length)
  return found
}

function readTag(reader) {
  const { line } = reader
  const tag = match(reader, /<([a-zA-Z][\w.-]*)/y)[1]
  const attributes = []
  let end
  while (!(end = match(reader, /\s*(\/?>)/y)) && reader.index < reader.source.length) {
    const attribute = readAttribute(reader)
    if (attribute) attributes.push(attribute)
    else advance(reader, 1)
  }
  let content = ''
  if (tag === 'wxs' && end?.[1] === '>') content = readRaw(reader, '</wxs')
  return { tag, line, attributes, content }
}

function readAttribute(reader) {
  const name = match(reader, /\s*([^\s=<>/"'{}][^\s=<>/"']*)/y)
  if (!name) return undefined
  const { line } = reader
  if (!match(reader, /\s*=\s*/y)) return { name: name[1], value: '', line, bare: true }
  const value = match(reader, /"([^"]*)"|'([^']*)'|(\{\{.*?\}\}|[^\s"'<>]+)/y)
  return { name: name[1], value: value?.[1] ?? value?.[2] ?? value?.[3] ?? '', line }
}

function readRaw(reader, closing) {
  const start = reader.index
  const end = reader.source.indexOf(closing, start)
  advance(reader, (end < 0 ? reader.source.length : end) - start)
  return reader.source.slice(start, reader.index)
}

const EVENT = /^(?:capture-)?(?:bind|catch|mut-bind):?(.+)$/

/** The event a `bind…`/`catch…` attribute listens to, or undefined for another attribute. */
export function eventOf(attributeName) {
  if (attributeName.includes('-') && !/^(capture|mut)-|^(bind|catch):/.test(attributeName)) {
    return undefined
  }
  return EVENT.exec(attributeName)?.[1]
}

export const isDynamic = (value) => value.includes('{{')
