import { dropWords, showWords, someWords } from '../../i18n/bind';
import { words } from '../../i18n/index';
import { setPin } from '../../services/wallet/index';
import { errorText, toast } from '../../utils/notice';

/** Where a member sets the payment PIN, or another one: typed twice, confirmed by WeChat without a question. */
Page({
  data: {
    w: someWords('pin', 'common'),
    again: false,
    problem: '',
    round: 0,
    busy: false,
  },

  first: '',

  onLoad() {
    showWords(this, 'pin', 'common');
  },

  onShow() {
    void wx.setNavigationBarTitle({ title: words().pin.title });
  },

  onUnload() {
    dropWords(this);
  },

  onDone({ detail: { pin } }: WechatMiniprogram.CustomEvent<{ pin: string }>) {
    if (this.data.busy) return;
    if (!this.data.again) {
      this.first = pin;
      this.turn(true, '');
    } else if (pin !== this.first) {
      this.turn(false, words().pin.differ);
    } else {
      void this.save(pin);
    }
  },

  /** Empties the places, for the first or the second time of typing. */
  turn(again: boolean, problem: string) {
    this.setData({ again, problem, round: this.data.round + 1, busy: false });
  },

  async save(pin: string) {
    this.setData({ busy: true, problem: '' });
    try {
      await setPin(pin);
    } catch (error) {
      this.turn(false, errorText(error));
      return;
    }
    toast(words().pin.saved, 'success');
    void wx.navigateBack({ fail: () => wx.switchTab({ url: '/pages/me/me' }) });
  },
});
