const ENTRY_LIMIT = 1024 * 1024
const TOTAL_LIMIT = 10 * 1024 * 1024

/** Storage of one simulated phone: a prefix in this browser's localStorage. */
export function storage({ host, wx, define }) {
  const prefix = host.storagePrefix
  const keys = () =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
  const size = () => keys().reduce((sum, key) => sum + localStorage[prefix + key].length, 0)

  const read = (key) => {
    const kept = localStorage.getItem(prefix + key)
    return kept === null ? undefined : JSON.parse(kept)
  }
  const write = (name, key, value) => {
    if (typeof key !== 'string' || !key) throw { errMsg: `${name}:fail key should be a String` }
    const text = JSON.stringify(value === undefined ? '' : value)
    if (text.length > ENTRY_LIMIT) throw { errMsg: `${name}:fail entry size limit reached` }
    if (size() + text.length > TOTAL_LIMIT) throw { errMsg: `${name}:fail storage limit reached` }
    localStorage.setItem(prefix + key, text)
  }
  const remove = (key) => localStorage.removeItem(prefix + key)
  const info = () => ({
    keys: keys(),
    currentSize: Math.ceil(size() / 1024),
    limitSize: TOTAL_LIMIT / 1024,
  })

  wx.setStorageSync = (key, value) => {
    host.journal.call('setStorageSync', { key })
    write('setStorageSync', key, value)
  }
  wx.getStorageSync = (key) => read(key) ?? ''
  wx.removeStorageSync = remove
  wx.clearStorageSync = () => keys().forEach(remove)
  wx.getStorageInfoSync = info

  define('setStorage', { key: 'string' }, ({ key, data }) => write('setStorage', key, data))
  define('getStorage', { key: 'string' }, ({ key }) => {
    const data = read(key)
    if (data === undefined) throw { errMsg: 'getStorage:fail data not found' }
    return { data }
  })
  define('removeStorage', { key: 'string' }, ({ key }) => remove(key))
  define('clearStorage', {}, () => keys().forEach(remove))
  define('getStorageInfo', {}, info)
}
