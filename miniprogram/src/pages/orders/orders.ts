import { dropWords, showWords, someWords } from '../../i18n/bind';
import { onLanguage, words } from '../../i18n/index';
import { summaryView, type SummaryView } from '../../presenters/order';
import { listOrders } from '../../services/order/index';
import type { OrderSummary } from '../../services/types';
import { errorText } from '../../utils/notice';
import { show } from '../../utils/patch';

/** Also the order centre's page: WeChat opens it without anything before it. */
Page({
  data: {
    w: someWords('orders', 'order', 'common'),
    orders: [] as SummaryView[],
    loading: true,
    error: '',
  },

  known: [] as OrderSummary[],
  ends: [] as (() => void)[],

  onLoad() {
    showWords(this, 'orders', 'order', 'common');
    this.ends = [onLanguage(() => this.draw())];
  },

  onShow() {
    void wx.setNavigationBarTitle({ title: words().orders.title });
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
      this.known = await listOrders();
      show(this, { error: '' });
    } catch (error) {
      show(this, { error: errorText(error) });
    }
    show(this, { loading: false });
    this.draw();
  },

  draw() {
    show(this, { orders: this.known.map(summaryView) });
  },

  onOpen({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { id } = currentTarget.dataset as { id: string };
    void wx.navigateTo({ url: `/pages/order/order?id=${id}` });
  },

  onStart() {
    void wx.switchTab({ url: '/pages/menu/menu' });
  },

  onRetry() {
    this.setData({ loading: true, error: '' });
    void this.load();
  },
});
