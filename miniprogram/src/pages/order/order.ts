import { timing } from '../../config';
import { dropWords, showWords, someWords } from '../../i18n/bind';
import { fill, onLanguage, words } from '../../i18n/index';
import { guestView, type GuestView } from '../../presenters/cart';
import { orderView, type OrderView } from '../../presenters/order';
import { confirmation, NO_STORED_PAY, storedPayView, storedRow } from '../../presenters/stored-pay';
import { ApiError, NetworkError } from '../../services/client/index';
import { fetchOrder, rushLine } from '../../services/order/index';
import { pay, type PayOutcome } from '../../services/payment/index';
import { Poller } from '../../services/poller';
import type { OrderOut } from '../../services/types';
import { wechatProof } from '../../services/wallet/index';
import { type Prove, StoredPay, type StoredPayMode, UNPROVEN } from '../../state/stored-pay';
import { tableState } from '../../state/table';
import { ask, errorText, tell, toast } from '../../utils/notice';
import { yuan } from '../../utils/money';
import { show } from '../../utils/patch';
import { uuid4 } from '../../utils/uuid';

/** The picture of a seat: of this table's guests while one sits here, later its number. */
function guestOn(orderId: string): (seat: number) => GuestView {
  const { view } = tableState;
  return (seat) => {
    const here = [view?.order?.id, tableState.placedOrder].includes(orderId) ? view : null;
    const guest = here?.guests.find((one) => one.seat === seat);
    if (here && guest) return guestView(guest, here.me.seat);
    return { seat, emoji: String(seat), name: '', me: false };
  };
}

function outcomeText(outcome: PayOutcome): string {
  const w = words().order;
  return {
    done: w.payDone,
    cancelled: w.payCancelled,
    failed: w.payFailed,
    unconfirmed: w.payUnconfirmed,
  }[outcome];
}

Page({
  data: {
    w: someWords('order', 'menu', 'common', 'storedPay'),
    order: null as OrderView | null,
    error: '',
    paying: false,
    /** What the row for stored value says. */
    stored: storedRow(null),
    storedOpen: false,
    storedPay: NO_STORED_PAY,
  },

  id: '',
  latest: null as OrderOut | null,
  poller: null as Poller<OrderOut> | null,
  wallet: null as StoredPay | null,
  /** Names this attempt to pay until the server has answered it. */
  intent: '',
  /** Names each dish's request to hurry while it is on its way. */
  rushes: {} as Record<string, string>,
  ends: [] as (() => void)[],

  onLoad(query: Record<string, string | undefined>) {
    showWords(this, 'order', 'menu', 'common', 'storedPay');
    this.id = query.id ?? '';
    const known = tableState.view?.order;
    if (known?.id === this.id) this.latest = known;
    this.poller = new Poller<OrderOut>({
      intervalMs: timing.orderPollMs,
      ask: () => fetchOrder(this.id, this.latest?.rev ?? ''),
      onAnswer: (order) => this.hear(order),
      onError: (error) => this.onPollError(error),
    });
    this.wallet = new StoredPay(
      () => this.id,
      () => this.drawStored(),
    );
    this.ends = [onLanguage(() => this.draw())];
  },

  onShow() {
    void wx.setNavigationBarTitle({ title: words().order.title });
    this.poller?.start();
    // What was topped up meanwhile can be spent.
    if (this.latest?.payable) void this.wallet?.refresh();
  },

  onHide() {
    this.poller?.stop();
  },

  onUnload() {
    this.poller?.stop();
    this.ends.forEach((end) => end());
    dropWords(this);
  },

  hear(order: OrderOut | null) {
    if (order) {
      this.latest = order;
      // Staff have put two tables together: the order is another one now.
      this.id = order.id;
      if (order.payable) void this.wallet?.refresh();
      else this.setData({ storedOpen: false });
    }
    this.draw();
    // What is settled is asked for again when the page is next looked at.
    if (this.latest && this.latest.state !== 'open') this.poller?.stop();
  },

  draw() {
    if (!this.latest) return;
    show(this, { order: orderView(this.latest, guestOn(this.id)), error: '' });
    this.drawStored();
  },

  drawStored() {
    if (!this.wallet) return;
    show(this, {
      stored: storedRow(this.latest?.payable ? this.wallet.quote : null),
      storedPay: storedPayView(this.wallet),
    });
  },

  /** A failing network is waited out once something is on show; a refusal ends the asking. */
  onPollError(error: unknown): boolean {
    if (!this.latest) this.setData({ error: errorText(error) });
    return error instanceof NetworkError;
  },

  onRetry() {
    this.setData({ error: '' });
    this.poller?.stop();
    this.poller?.start();
  },

  onMore() {
    void wx.switchTab({ url: '/pages/menu/menu' });
  },

  async onRush(event: WechatMiniprogram.CustomEvent<{ id: string }>) {
    const { id } = event.detail;
    if (this.rushes[id]) return;
    this.rushes[id] = uuid4();
    try {
      await rushLine(this.id, id, this.rushes[id]);
      toast(words().order.rushDone, 'success');
    } catch (error) {
      tell(error);
    }
    delete this.rushes[id];
    this.poller?.nudge();
  },

  async onPay() {
    if (this.data.paying || !this.data.order?.payable) return;
    this.setData({ paying: true });
    this.intent = this.intent || uuid4();
    try {
      const outcome = await pay(this.id, this.intent);
      this.intent = '';
      toast(outcomeText(outcome), outcome === 'done' ? 'success' : 'none');
      if (outcome === 'done') void wx.pageScrollTo({ scrollTop: 0 });
    } catch (error) {
      if (error instanceof ApiError) this.intent = '';
      tell(error);
    }
    this.setData({ paying: false });
    this.poller?.nudge();
  },

  // -- stored value -------------------------------------------------------------
  onStored() {
    if (this.data.stored.join) {
      void wx.switchTab({ url: '/pages/me/me' });
      return;
    }
    this.wallet?.open();
    this.setData({ storedOpen: true });
  },

  onStoredClose() {
    this.setData({ storedOpen: false });
  },

  onStoredMode({ detail }: WechatMiniprogram.CustomEvent<{ mode: StoredPayMode }>) {
    this.wallet?.choose(detail.mode);
  },

  onStoredSplit({ detail }: WechatMiniprogram.CustomEvent<{ delta: number }>) {
    this.wallet?.split(detail.delta);
  },

  onStoredType({ detail }: WechatMiniprogram.CustomEvent<{ text: string }>) {
    this.wallet?.type(detail.text);
  },

  onTopUp() {
    void wx.navigateTo({ url: '/pages/topup/topup' });
  },

  async onStoredPay() {
    const { wallet } = this;
    if (!wallet?.ready || !wallet.quote) return;
    // Whoever repeats a payment has confirmed it before.
    if (wallet.unknown) {
      await this.payStored(UNPROVEN);
    } else if (wallet.quote.confirmation === 'pin') {
      wallet.askPin();
    } else {
      const w = words().storedPay;
      const { title, content } = confirmation(wallet.quote);
      const prove = wallet.quote.confirmation === 'wechat' ? wechatProof : UNPROVEN;
      if ((await ask(title, content, w.confirm, w.again)) && wallet.ready)
        await this.payStored(prove);
    }
  },

  onPin({ detail: { pin } }: WechatMiniprogram.CustomEvent<{ pin: string }>) {
    if (this.wallet?.ready) void this.payStored(() => Promise.resolve({ pin }));
  },

  onPinBack() {
    this.wallet?.askPin(false);
  },

  onPinForgotten() {
    this.wallet?.askPin(false);
    void wx.navigateTo({ url: '/pages/pin/pin' });
  },

  async payStored(prove: Prove) {
    const { wallet } = this;
    if (!wallet) return;
    try {
      const { amount_fen } = await wallet.pay(prove);
      this.setData({ storedOpen: false });
      toast(fill(words().storedPay.paid, { amount: yuan(amount_fen) }));
      void wx.pageScrollTo({ scrollTop: 0 });
    } catch (error) {
      // What is wrong with a PIN is said where it is typed.
      if (!wallet.pinning) {
        tell(error);
        void wallet.refresh();
      }
    }
    this.poller?.nudge();
  },
});
