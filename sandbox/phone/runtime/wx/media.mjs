export function media({ host, define }) {
  define('previewImage', { urls: 'array' }, ({ urls, current }) => {
    const shown = typeof current === 'number' ? urls[current] : (current ?? urls[0])
    host.showPicture(shown)
  })
  define('previewMedia', { sources: 'array' }, ({ sources, current = 0 }) =>
    host.showPicture(sources[current].url),
  )
  define('openDocument', { filePath: 'string', fileType: 'string?' }, ({ filePath }) => {
    const url = host.resources.url(filePath, '')
    if (!url) throw { errMsg: `openDocument:fail file doesn't exist: ${filePath}` }
    host.showDocument(url)
  })
  define('getImageInfo', { src: 'string' }, ({ src }) => loadImage(host, src))
  define('chooseMedia', {}, async ({ count = 9, mediaType = ['image', 'video'] }) => {
    await host.privacy.require('chooseMedia')
    const files = await chooseFiles(mediaType.map((type) => `${type}/*`).join(','), count > 1)
    const tempFiles = files.slice(0, count).map((file) => ({
      tempFilePath: host.resources.keep(file),
      size: file.size,
      fileType: file.type.split('/')[0],
    }))
    return { type: tempFiles[0]?.fileType ?? 'image', tempFiles }
  })
  define('saveImageToPhotosAlbum', { filePath: 'string' }, () => ({}))
  define('scanCode', {}, () => host.scanner.open())
}

function loadImage(host, src) {
  return new Promise((resolve, reject) => {
    const image = new Image()
    image.onload = () =>
      resolve({
        width: image.naturalWidth,
        height: image.naturalHeight,
        path: src,
        type: 'unknown',
      })
    image.onerror = () => reject({ errMsg: `getImageInfo:fail ${src}` })
    image.src = host.resources.url(src, '')
  })
}

function chooseFiles(accept, multiple) {
  return new Promise((resolve, reject) => {
    const input = Object.assign(document.createElement('input'), { type: 'file', accept, multiple })
    input.onchange = () => resolve([...input.files])
    input.oncancel = () => reject({ errMsg: 'chooseMedia:fail cancel' })
    input.click()
  })
}
