import { dropWords, showWords, someWords } from '../../i18n/bind';
import { onLanguage, words } from '../../i18n/index';
import { walletView, type WalletView } from '../../presenters/wallet';
import type { WalletOut } from '../../services/types';
import { fetchWallet } from '../../services/wallet/index';
import { errorText } from '../../utils/notice';
import { show } from '../../utils/patch';

/** As many entries as the server tells with the wallet. */
const LATEST = 50;

/** The member's stored value: what there is, and every change of it. */
Page({
  data: {
    w: someWords('wallet', 'pin', 'common'),
    wallet: null as WalletView | null,
    more: false,
    error: '',
  },

  known: null as WalletOut | null,
  ends: [] as (() => void)[],

  onLoad() {
    showWords(this, 'wallet', 'pin', 'common');
    this.ends = [onLanguage(() => this.draw())];
  },

  onShow() {
    void wx.setNavigationBarTitle({ title: words().wallet.title });
    void this.load();
  },

  onUnload() {
    this.ends.forEach((end) => end());
    dropWords(this);
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },

  async load() {
    try {
      this.known = await fetchWallet();
      show(this, { error: '' });
    } catch (error) {
      show(this, { error: errorText(error) });
    }
    this.draw();
  },

  draw() {
    if (!this.known) return;
    show(this, { wallet: walletView(this.known), more: this.known.entries.length >= LATEST });
  },

  onTopUp() {
    void wx.navigateTo({ url: '/pages/topup/topup' });
  },

  onPin() {
    void wx.navigateTo({ url: '/pages/pin/pin' });
  },

  onRetry() {
    this.setData({ error: '' });
    void this.load();
  },
});
