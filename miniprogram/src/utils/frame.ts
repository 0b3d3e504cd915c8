import { dropWords, showWords } from '../i18n/bind';
import { type Lang, onLanguage } from '../i18n/index';
import type { Words } from '../i18n/zh';
import { errorText } from './notice';
import { show } from './patch';

interface Framed {
  data: { w: { lang: Lang }; loading: boolean; error: string };
  setData(data: object): void;
  ends: (() => void)[];
  /** Asks the server for what is to be shown. */
  read(): Promise<void>;
  /** Shows what is known. */
  draw(): void;
  load(): Promise<void>;
}

/**
 * What pages that show one thing of the server's have in common: read whenever they come to the front, pulled down
 * to be read again, in the language in use; a failure leaves what was there and says why in `error`.
 *
 * @param title of the page, in the language in use.
 * @param sections of the words that the page shows.
 */
export function frame(title: () => string, ...sections: (keyof Words)[]) {
  return {
    ends: [] as (() => void)[],

    onLoad(this: Framed) {
      showWords(this, ...sections);
      this.ends = [onLanguage(() => this.draw())];
    },

    onShow(this: Framed) {
      void wx.setNavigationBarTitle({ title: title() });
      void this.load();
    },

    onUnload(this: Framed) {
      this.ends.forEach((end) => end());
      dropWords(this);
    },

    async onPullDownRefresh(this: Framed) {
      await this.load();
      wx.stopPullDownRefresh();
    },

    async load(this: Framed) {
      try {
        await this.read();
        show(this, { error: '' });
      } catch (error) {
        show(this, { error: errorText(error) });
      }
      show(this, { loading: false });
      this.draw();
    },

    onRetry(this: Framed) {
      this.setData({ loading: true, error: '' });
      void this.load();
    },
  };
}
