import { type Lang, lang, onLanguage, words } from './index';
import type { Words } from './zh';

type Section = keyof Words;

/** Some sections of the words, and the language they are in. */
export type SomeWords<S extends Section> = Pick<Words, S> & { lang: Lang };

interface View {
  data: { w: { lang: Lang } };
  setData(data: object): void;
}

const bound = new WeakMap<object, () => void>();

/** Sections of the words for a view's data, so that its first picture already has them. */
export function someWords<S extends Section>(...sections: S[]): SomeWords<S> {
  const all = words();
  const entries = sections.map((section) => [section, all[section]]);
  return { ...Object.fromEntries(entries), lang: lang() };
}

/** Keeps the `w` of a view's data, begun with `someWords`, in the language in use. */
export function showWords(view: View, ...sections: Section[]): void {
  dropWords(view);
  const refresh = () => {
    if (view.data.w.lang !== lang()) view.setData({ w: someWords(...sections) });
  };
  bound.set(view, onLanguage(refresh));
}

/** Ends `showWords`, when a view goes away. */
export function dropWords(view: View): void {
  bound.get(view)?.();
  bound.delete(view);
}
