import * as ge from 'glass-easel'

/** Records every handler named in a template that its page or component does not have. */
export function checkHandlers(host, path) {
  const wanted = host.program.handlers[path] ?? []
  const space = host.space.getComponentSpace()
  const definition = space.getComponentByUrlWithoutDefault(path, '')
  if (!definition || !wanted.length) return
  definition.prepare?.()
  const methods = ge.Component.getMethodsFromDef(definition)
  for (const { name, at } of wanted) {
    if (typeof methods[name] !== 'function') {
      host.journal.error(at, `handler "${name}" does not exist in ${path}`)
    }
  }
}
