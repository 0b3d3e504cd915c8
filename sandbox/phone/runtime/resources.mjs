const avatarSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" ' +
  'fill="#c9d6df"/><circle cx="48" cy="38" r="18" fill="#fff"/><path d="M14 96a34 30 0 0 1 68 0" ' +
  'fill="#fff"/></svg>'

/** Turns what a mini-program calls a file into a url this browser can load. */
export class Resources {
  constructor(journal) {
    this.journal = journal
    this.temporary = new Map()
  }

  /** @param {string} from the page or component whose template names the file */
  url(source, from) {
    if (/^(data|blob):/.test(source)) return source
    if (source.startsWith('wxfile://')) return this.temporary.get(source) ?? ''
    if (source.startsWith('https://')) return `/__image?url=${encodeURIComponent(source)}`
    if (/^[a-z]+:/.test(source)) {
      this.journal.fault(`${source}: the phone loads https only`)
      return ''
    }
    return new URL(source, `http://x/${from}`).pathname
  }

  /** Keeps a blob under the name the program may hand on, like a file the user chose. */
  keep(blob) {
    const name = `wxfile://tmp_${this.temporary.size + 1}`
    this.temporary.set(name, URL.createObjectURL(blob))
    return name
  }

  avatar() {
    return this.keep(new Blob([avatarSvg], { type: 'image/svg+xml' }))
  }

  /** https inside inline styles, such as background-image. */
  convertStyle(style) {
    return style.replace(/url\(\s*(['"]?)(https:[^)'"]+)\1\s*\)/g, (_, quote, url) => {
      return `url(${quote}/__image?url=${encodeURIComponent(url)}${quote})`
    })
  }
}
