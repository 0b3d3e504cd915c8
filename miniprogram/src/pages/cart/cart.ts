import { dropWords, showWords, someWords } from '../../i18n/bind';
import { fill, onLanguage, pick, words } from '../../i18n/index';
import {
  cartView,
  type CartView,
  chargesText,
  clashesSeen,
  clashLines,
  EMPTY_CART,
} from '../../presenters/cart';
import { changeText, type MenuChange } from '../../presenters/changes';
import { tableView } from '../../presenters/table';
import { ApiError, isRefusal } from '../../services/client/index';
import { menuState } from '../../state/menu';
import { tableState } from '../../state/table';
import { ask, tell, toast } from '../../utils/notice';
import { show } from '../../utils/patch';
import { uuid4 } from '../../utils/uuid';

type LineEvent = WechatMiniprogram.CustomEvent<{ key: string; dishId: number; delta: number }>;

Page({
  data: {
    w: someWords('cart', 'menu', 'common'),
    cart: EMPTY_CART as CartView,
    table: tableView({ phase: 'none', scan: null, view: null }, ''),
    where: '',
    round: '',
    charges: '',
    portions: '',
    addsToOrder: false,
    submitting: false,
    /** 叫起: the kitchen waits until the guests say so. */
    onCall: false,
    changes: [] as string[],
    changesOpen: false,
  },

  /** Names this submission until the server has answered it, so that a repeat is the same one. */
  intent: '',
  hadLines: false,
  leaving: false,
  visible: false,
  ends: [] as (() => void)[],

  onLoad() {
    showWords(this, 'cart', 'menu', 'common');
    this.ends = [
      tableState.subscribe(() => this.refresh()),
      menuState.subscribe(() => this.refresh()),
      onLanguage(() => this.refresh()),
    ];
  },

  onShow() {
    this.visible = true;
    void wx.setNavigationBarTitle({ title: words().cart.title });
    tableState.watch();
    this.refresh();
  },

  onHide() {
    this.visible = false;
    tableState.unwatch();
  },

  onUnload() {
    if (this.visible) tableState.unwatch();
    this.ends.forEach((end) => end());
    dropWords(this);
  },

  refresh() {
    if (!this.visible) return;
    const { view, scan, phase, queue } = tableState;
    const cart = cartView(view, queue, menuState.menu);
    const rounds = view?.order?.rounds.length ?? 0;
    const w = words().cart;
    show(this, {
      cart,
      table: tableView(tableState, ''),
      where: scan ? pick(scan.store_name) : '',
      round: rounds > 0 ? fill(w.round, { number: rounds + 1 }) : w.firstRound,
      charges: chargesText(menuState.menu, rounds === 0),
      portions: fill(w.portions, { count: cart.quantity }),
      addsToOrder: rounds > 0,
    });
    if (this.hadLines && cart.quantity === 0 && phase === 'open') this.onEmptied();
    this.hadLines = cart.quantity > 0;
  },

  /** The cart has just become empty: taken out here, or ordered by somebody else at the table. */
  onEmptied() {
    if (this.data.submitting || !tableState.queue.isEmpty()) return;
    const order = tableState.view?.order;
    const orderedNow = order && order.rounds.length !== this.roundsBefore;
    if (orderedNow) this.goToOrder(order.id, words().cart.alreadyPlaced);
  },

  roundsBefore: 0,

  onReady() {
    this.roundsBefore = tableState.view?.order?.rounds.length ?? 0;
  },

  goToOrder(orderId: string, message: string) {
    if (this.leaving) return;
    this.leaving = true;
    wx.redirectTo({
      url: `/pages/order/order?id=${orderId}`,
      success: () => toast(message),
    });
  },

  onChangeLine({ detail: { key, dishId, delta } }: LineEvent) {
    if (!this.data.submitting) tableState.change(key, dishId, delta);
  },

  onToggleCall() {
    if (this.data.submitting) return;
    // Another body is another submission; were the first one there after all, the cart would be empty.
    this.intent = '';
    this.setData({ onCall: !this.data.onCall });
  },

  async onSubmit() {
    const { menu } = menuState;
    if (this.data.submitting || this.data.cart.quantity === 0 || !menu) return;
    if (this.data.cart.hasProblem) {
      toast(words().cart.problems);
      return;
    }
    const { cart } = this.data;
    const clashes = clashLines(cart);
    if (clashes.length > 0 && !(await this.wantsClashes(clashes))) return;
    this.setData({ submitting: true });
    this.intent = this.intent || uuid4();
    try {
      // As shown above: what is said while the question stands there is asked for by the server.
      const seen = clashesSeen(cart);
      const round = { menuVersion: menu.version, onCall: this.data.onCall, clashesSeen: seen };
      const placed = await tableState.place(round, this.intent);
      this.goToOrder(placed.order_id, words().cart.placed);
    } catch (error) {
      // A refusal settles this submission; with anything else it is not known whether it arrived.
      if (error instanceof ApiError) this.intent = '';
      this.setData({ submitting: false });
      this.onRefused(error);
    }
  },

  /** Whether the table wants what somebody at it is allergic to. */
  wantsClashes(clashes: string[]): Promise<boolean> {
    const w = words().allergy;
    const text = [...clashes, w.confirmPlace].join('\n');
    return ask(w.alert, text, w.placeAnyway, w.lookAgain);
  },

  onRefused(error: unknown) {
    const order = tableState.view?.order;
    if (isRefusal(error, 'cart_empty') && order) {
      this.goToOrder(order.id, words().cart.alreadyPlaced);
    } else if (isRefusal(error, 'menu_changed')) {
      const changes = [...new Set((error.data.changes as MenuChange[]).map(changeText))];
      this.setData({ changes, changesOpen: true });
      void menuState.refresh();
    } else {
      if (isRefusal(error, 'menu_version_unknown')) void menuState.refresh();
      tell(error);
    }
  },

  onCloseChanges() {
    this.setData({ changesOpen: false });
  },

  onMore() {
    void wx.switchTab({ url: '/pages/menu/menu' });
  },
});
