import { someWords } from '../../i18n/bind';
import { words } from '../../i18n/index';
import { summaryView, type SummaryView } from '../../presenters/order';
import { listOrders } from '../../services/order/index';
import type { OrderSummary } from '../../services/types';
import { frame } from '../../utils/frame';
import { show } from '../../utils/patch';

/** Also the order centre's page: WeChat opens it without anything before it. */
Page({
  ...frame(() => words().orders.title, 'orders', 'order', 'common'),

  data: {
    w: someWords('orders', 'order', 'common'),
    orders: [] as SummaryView[],
    loading: true,
    error: '',
  },

  known: [] as OrderSummary[],

  async read() {
    this.known = await listOrders();
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
});
