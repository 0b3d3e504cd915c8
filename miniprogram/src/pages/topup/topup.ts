import { dropWords, showWords, someWords } from '../../i18n/bind';
import { fill, onLanguage, words } from '../../i18n/index';
import { type EndView, type OfferView, offerView, payText, topupEnd } from '../../presenters/topup';
import { isRefusal, ApiError } from '../../services/client/index';
import {
  beginTopup,
  cancelTopup,
  fetchTopup,
  listOffers,
  payTopup,
  type TopupOutcome,
} from '../../services/topup/index';
import type { TopupOfferOut, TopupOut } from '../../services/types';
import { fetchWallet } from '../../services/wallet/index';
import { forgetTopup, openTopup, rememberTopup } from '../../state/topup';
import { errorText, tell, toast } from '../../utils/notice';
import { show } from '../../utils/patch';
import { yuan } from '../../utils/money';
import { uuid4 } from '../../utils/uuid';

/** Where a member chooses what to top up, and pays it by WeChat. */
Page({
  data: {
    w: someWords('topup', 'common'),
    offers: [] as OfferView[],
    chosen: 0,
    payText: '',
    loading: true,
    error: '',
    /** Whether a top-up was begun here and not ended. */
    open: false,
    busy: false,
    end: null as EndView | null,
    balance: '',
  },

  known: [] as TopupOfferOut[],
  ended: null as { topup: TopupOut; outcome: TopupOutcome } | null,
  ends: [] as (() => void)[],

  onLoad() {
    showWords(this, 'topup', 'common');
    this.ends = [onLanguage(() => this.draw())];
    void this.load();
  },

  onShow() {
    void wx.setNavigationBarTitle({ title: words().topup.title });
  },

  onUnload() {
    this.ends.forEach((end) => end());
    dropWords(this);
  },

  async load() {
    try {
      this.known = await listOffers();
      await this.lookAtOpen();
      show(this, { error: '' });
    } catch (error) {
      show(this, { error: errorText(error) });
    }
    show(this, { loading: false });
    this.draw();
  },

  /** What this phone had begun may have ended while nobody looked. */
  async lookAtOpen() {
    const open = openTopup();
    if (!open?.id) return;
    try {
      const topup = await fetchTopup(open.id);
      if (topup.state !== 'pending') this.finish(topup, topup.state);
    } catch (error) {
      // It was somebody else's, who logged in on this phone.
      if (!isRefusal(error, 'payment_unknown')) throw error;
      forgetTopup();
    }
  },

  draw() {
    const offers = this.known.map(offerView);
    const takable = offers.filter(({ refusal }) => !refusal);
    const { id } = takable.find((offer) => offer.id === this.data.chosen) ?? { id: 0 };
    const chosen = id || (takable[0]?.id ?? 0);
    const end = this.ended && topupEnd(this.ended.topup, this.ended.outcome);
    show(this, { offers, chosen, payText: payText(offers, chosen), open: !!openTopup(), end });
  },

  onChoose({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { id } = currentTarget.dataset as { id: number };
    if (this.data.busy || this.data.open) return;
    const offer = this.data.offers.find((one) => one.id === id);
    if (offer?.refusal) toast(offer.refusal);
    else this.setData({ chosen: id, payText: payText(this.data.offers, id) });
  },

  /** One at a time: a second tap waits for nothing and does nothing. */
  async run(work: () => Promise<void>) {
    if (this.data.busy) return;
    this.setData({ busy: true });
    try {
      await work();
    } catch (error) {
      tell(error);
    }
    this.setData({ busy: false });
    this.draw();
  },

  /** Begins what was chosen, or what was begun before: the same intent gets the same top-up. */
  async begin(): Promise<TopupOut> {
    const open = openTopup() ?? { offerId: this.data.chosen, intent: uuid4(), id: '' };
    rememberTopup(open);
    try {
      const topup = await beginTopup(open.offerId, open.intent);
      rememberTopup({ ...open, id: topup.id });
      return topup;
    } catch (error) {
      // A refusal has begun nothing; silence, or a server that broke, may have.
      if (error instanceof ApiError && error.status < 500) forgetTopup();
      throw error;
    }
  },

  onPay() {
    if (!this.data.chosen && !this.data.open) return;
    void this.run(async () => {
      const topup = await this.begin();
      this.finish(topup, await payTopup(topup));
    });
  },

  onGiveUp() {
    void this.run(async () => {
      const id = openTopup()?.id || (await this.begin()).id;
      const topup = await cancelTopup(id);
      const { state } = topup;
      this.finish(topup, state === 'pending' ? 'unconfirmed' : state);
    });
  },

  /** Shows how it ended; what WeChat has not decided is kept, to be looked at again. */
  finish(topup: TopupOut, outcome: TopupOutcome) {
    if (outcome !== 'unconfirmed') forgetTopup();
    this.ended = outcome === 'cancelled' ? null : { topup, outcome };
    if (outcome === 'cancelled') toast(words().topup.cancelled);
    if (outcome === 'credited') void this.showBalance();
  },

  async showBalance() {
    try {
      const { available_fen } = await fetchWallet();
      this.setData({ balance: fill(words().topup.balance, { amount: yuan(available_fen) }) });
    } catch {
      // It is credited all the same; the wallet's page says how much there is.
    }
  },

  onCheck() {
    void this.run(async () => {
      this.ended = null;
      await this.lookAtOpen();
    });
  },

  /** After money that came back: what can be topped up instead. */
  onAgain() {
    this.ended = null;
    void this.load();
  },

  onFinish() {
    void wx.navigateBack({ fail: () => wx.switchTab({ url: '/pages/me/me' }) });
  },

  onRetry() {
    this.setData({ loading: true, error: '' });
    void this.load();
  },
});
