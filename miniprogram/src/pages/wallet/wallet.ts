import { someWords } from '../../i18n/bind';
import { words } from '../../i18n/index';
import { walletView, type WalletView } from '../../presenters/wallet';
import type { WalletOut } from '../../services/types';
import { fetchWallet } from '../../services/wallet/index';
import { frame } from '../../utils/frame';
import { show } from '../../utils/patch';

/** As many entries as the server tells with the wallet. */
const LATEST = 50;

/** The member's stored value: what there is, and every change of it. */
Page({
  ...frame(() => words().wallet.title, 'wallet', 'statement', 'pin', 'common'),

  data: {
    w: someWords('wallet', 'statement', 'pin', 'common'),
    wallet: null as WalletView | null,
    more: false,
    loading: true,
    error: '',
  },

  known: null as WalletOut | null,

  async read() {
    this.known = await fetchWallet();
  },

  draw() {
    if (!this.known) return;
    show(this, { wallet: walletView(this.known), more: this.known.entries.length >= LATEST });
  },

  onTopUp() {
    void wx.navigateTo({ url: '/pages/topup/topup' });
  },

  onStatement() {
    void wx.navigateTo({ url: '/pages/statement/statement' });
  },

  onPin() {
    void wx.navigateTo({ url: '/pages/pin/pin' });
  },
});
