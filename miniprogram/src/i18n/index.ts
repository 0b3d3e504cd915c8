/** The interface's language: the phone's own until the diner chooses another. */
import type { Text } from '../services/types';
import { en } from './en';
import { type Words, zh } from './zh';

export type Lang = 'zh' | 'en';
export { fill } from '../utils/words';

const STORAGE_KEY = 'lang';
const listeners = new Set<() => void>();
let chosen: Lang | undefined;

function phoneLanguage(): Lang {
  return wx.getAppBaseInfo().language.startsWith('zh') ? 'zh' : 'en';
}

/** The language in use. */
export function lang(): Lang {
  chosen ??= (wx.getStorageSync(STORAGE_KEY) as Lang | '') || phoneLanguage();
  return chosen;
}

/** Changes the language, remembers it and tells everybody who shows words. */
export function setLang(next: Lang): void {
  chosen = next;
  wx.setStorageSync(STORAGE_KEY, next);
  for (const listener of [...listeners]) listener();
}

/** The words of the interface in the language in use. */
export function words(): Words {
  return lang() === 'zh' ? zh : en;
}

/** A text of the server's in the language in use. */
export function pick(text: Text): string {
  return text[lang()];
}

/** Calls `listener` now and whenever the language changes; returns how to end that. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  listener();
  return () => listeners.delete(listener);
}

/** The tab bar is not part of any page, so it is told its words. */
export function translateTabs(): void {
  const { home, menu, orders, me } = words().tabs;
  [home, menu, orders, me].forEach((text, index) => wx.setTabBarItem({ index, text, fail() {} }));
}
