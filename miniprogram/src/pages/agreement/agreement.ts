import { type Agreement, agreementOf } from '../../i18n/agreements';
import { dropWords, showWords, someWords } from '../../i18n/bind';
import { fill, onLanguage, words } from '../../i18n/index';
import { show } from '../../utils/patch';

/** The members' agreement, in the version that the server asks for. */
Page({
  data: {
    w: someWords('member'),
    agreement: null as Agreement | null,
    version: '',
  },

  id: '',
  ends: [] as (() => void)[],

  onLoad(query: Record<string, string | undefined>) {
    showWords(this, 'member');
    this.id = query.version ?? '';
    this.ends = [onLanguage(() => this.draw())];
  },

  onShow() {
    void wx.setNavigationBarTitle({ title: words().member.agreementTitle });
  },

  onUnload() {
    this.ends.forEach((end) => end());
    dropWords(this);
  },

  draw() {
    show(this, {
      agreement: agreementOf(this.id),
      version: fill(words().member.version, { version: this.id }),
    });
  },
});
