const HOST_PARAMETERS = ['path', 'wxscene', 'user', 'lang', 'bare', 'frame', 'width', 'privacy']
const SCENE_DEFAULT = 1001
const SCENE_CODE = 1047

/**
 * Reads how this phone is started from the page's address. Whatever is not a parameter of the host
 * becomes the launch query, raw as WeChat hands it over (`scene` arrives encoded).
 */
export function readParams(search, program) {
  const given = new URLSearchParams(search)
  const query = {}
  for (const [name, value] of given) {
    if (!HOST_PARAMETERS.includes(name)) query[name] = encodeURIComponent(value)
  }
  const read = (name, otherwise) => given.get(name) || otherwise
  const entry = program.app.entryPagePath ?? program.pages[0]
  const codePage = program.codePage ?? entry
  const byCode = given.has('scene')
  return {
    path: read('path', byCode ? codePage : entry).replace(/^\//, ''),
    query,
    scene: Number(read('wxscene', byCode ? SCENE_CODE : SCENE_DEFAULT)),
    user: read('user', 'diner-a'),
    lang: read('lang', 'zh_CN'),
    framed: given.get('frame') === '1',
    privacy: given.get('privacy') === '1',
    codePage,
  }
}
