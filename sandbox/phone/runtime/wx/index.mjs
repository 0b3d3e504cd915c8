import { account } from './account.mjs'
import { createDefiner } from './define.mjs'
import { media } from './media.mjs'
import { navigation } from './navigation.mjs'
import { network } from './network.mjs'
import { payment } from './payment.mjs'
import { socket } from './socket.mjs'
import { storage } from './storage.mjs'
import { system } from './system.mjs'
import { ui } from './ui.mjs'

const FAMILIES = [network, socket, storage, ui, navigation, account, payment, media, system]

/** All of wx that this phone has. Building it touches neither the DOM nor the network. */
export function createWx(host) {
  const wx = {}
  const define = createDefiner(host, wx)
  for (const family of FAMILIES) family({ host, wx, define })
  return wx
}

/** What the build checks scripts against. */
export function apiNames() {
  const names = Object.keys(createWx({ journal: {}, mocks: {}, storagePrefix: '' }))
  return new Set(names)
}

/** wx as the program sees it: reading anything that is missing is recorded as an error. */
export function strict(wx, journal) {
  return new Proxy(wx, {
    get(target, name) {
      if (name in target || typeof name === 'symbol' || name === 'then') return target[name]
      journal.fault(`wx.${name} is not provided by the phone host`)
      return undefined
    },
    set(target, name) {
      journal.fault(`wx.${String(name)} must not be assigned`)
      return true
    },
  })
}
