import { dropWords, showWords, someWords } from '../../i18n/bind';
import { fill, onLanguage, pick, words } from '../../i18n/index';
import { allergyView, clashQuestion, orderedClashes } from '../../presenters/allergies';
import {
  cartView,
  type CartView,
  dishCounts,
  EMPTY_CART,
  lineToReduce,
  ownPlainLine,
} from '../../presenters/cart';
import {
  findDish,
  menuSections,
  sectionAt,
  sectionTops,
  type SectionView,
} from '../../presenters/menu';
import { orderedText, tableView } from '../../presenters/table';
import { isRefusal } from '../../services/client/index';
import { listStores } from '../../services/store/index';
import type { CartLineIn, DishOut } from '../../services/types';
import { lastStore, rememberStore } from '../../state/memory';
import { menuState } from '../../state/menu';
import { scanTable } from '../../state/scan';
import { tableState } from '../../state/table';
import { ask, errorText, tell, toast } from '../../utils/notice';
import { show } from '../../utils/patch';
import { sceneOf } from '../../utils/scene';
import { uuid4 } from '../../utils/uuid';
import { barOf, blocksToDraw, categoryCounts, stateOf, type Trouble } from './look';

type DishEvent = WechatMiniprogram.CustomEvent<{ dishId: number; delta: number }>;
type LineEvent = WechatMiniprogram.CustomEvent<{ key: string; dishId: number; delta: number }>;

/** How far the dishes' list is laid out ahead when its height is not known yet, in px. */
const GUESSED_HEIGHT = 700;
/** While the list scrolls to a tapped category, the rail does not follow it. */
const SCROLL_MS = 500;

Page({
  data: {
    w: someWords('menu', 'dish', 'allergy', 'common'),
    table: tableView({ phase: 'none', scan: null, view: null }, ''),
    sections: [] as SectionView[],
    active: 0,
    into: '',
    counts: {} as Record<string, number>,
    categories: {} as Record<string, number>,
    remaining: {} as Record<string, number>,
    cart: EMPTY_CART as CartView,
    cartOpen: false,
    dish: null as DishOut | null,
    dishOpen: false,
    guestsOpen: false,
    allergy: allergyView(null, null),
    allergiesOpen: false,
    allergiesBusy: false,
    ordered: '',
    bar: { message: '', action: '' },
    trouble: null as Trouble | null,
    loading: true,
  },

  tops: [] as number[],
  height: GUESSED_HEIGHT,
  scrollTop: 0,
  followAfter: 0,
  /** The menu and language whose sections are on show. */
  drawn: '',
  askedGuests: '',
  /** How many rounds the table had, and which table that was. */
  rounds: 0,
  roundsOf: '',
  ends: [] as (() => void)[],
  visible: false,

  onLoad(query: Record<string, string | undefined>) {
    showWords(this, 'menu', 'dish', 'allergy', 'common');
    this.ends = [
      tableState.subscribe(() => this.refresh()),
      menuState.subscribe(() => this.refresh()),
      onLanguage(() => this.refresh()),
    ];
    tableState.onWriteError = tell;
    const scene = sceneOf(query);
    if (scene) void tableState.enter(scene);
    else void this.arrive();
  },

  onShow() {
    this.visible = true;
    wx.setNavigationBarTitle({ title: words().menu.title });
    tableState.watch();
    if (tableState.phase === 'none' && menuState.storeId) {
      void menuState.refresh();
      void menuState.refreshRemaining();
    }
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

  onReady() {
    this.createSelectorQuery()
      .select('.dishes')
      .boundingClientRect((box) => {
        if (box) this.height = box.height;
      })
      .exec();
  },

  /** Without a code: back to the table of before, or else look at a menu. */
  async arrive() {
    if (tableState.phase !== 'none' || menuState.storeId) return;
    await tableState.resume();
    if (tableState.phase !== 'none' || menuState.storeId) return;
    await this.browse();
  },

  async browse() {
    try {
      const stores = await listStores();
      const store = stores.find(({ id }) => id === lastStore()) ?? stores[0];
      if (!store) {
        this.setData({ loading: false, trouble: stateOf('empty') });
        return;
      }
      rememberStore(store.id);
      await menuState.open(store.id);
      void menuState.refreshRemaining();
    } catch (error) {
      this.setData({ loading: false, trouble: stateOf('error', errorText(error)) });
    }
  },

  /** Shows what is; a page behind another waits until it comes to the front. */
  refresh() {
    this.noticeRound();
    if (!this.visible) return;
    this.drawMenu();
    const cart = cartView(tableState.view, tableState.queue, menuState.menu);
    const counts = dishCounts(cart.lines, this.data.counts);
    const { menu } = menuState;
    show(this, {
      table: tableView(tableState, menu ? pick(menu.store.name) : ''),
      cart,
      counts,
      categories: categoryCounts(this.data.sections, counts),
      remaining: { ...menuState.remaining },
      allergy: allergyView(tableState.phase === 'open' ? tableState.view : null, menu),
      ordered: orderedText(tableState),
      bar: barOf(tableState),
      // Somebody else at the table may have told meanwhile.
      guestsOpen: this.data.guestsOpen && tableState.view?.guest_count === 0,
      trouble: this.troubleNow(),
      loading: !menu && !menuState.error && tableState.phase !== 'failed',
    });
    if (cart.quantity === 0 && this.data.cartOpen) this.setData({ cartOpen: false });
    this.askGuests();
  },

  /** Says so when somebody else at the table has just ordered. */
  noticeRound() {
    const rounds = tableState.view?.order?.rounds.length ?? 0;
    const token = tableState.view?.token ?? '';
    const known = Math.max(this.rounds, tableState.placedRound);
    const grown = token === this.roundsOf && rounds > known;
    if (grown && this.visible) toast(words().menu.tablemateOrdered);
    this.roundsOf = token;
    this.rounds = rounds;
  },

  /** Sends the menu to the view once for each version and language. */
  drawMenu() {
    const { menu } = menuState;
    const key = menu ? `${menuState.storeId}/${menu.version}/${words().menu.title}` : '';
    if (!menu || key === this.drawn) return;
    const updated = this.drawn.startsWith(`${menuState.storeId}/`);
    const sections = menuSections(menu);
    this.drawn = key;
    this.tops = sectionTops(sections);
    this.setData({ sections });
    this.setData(blocksToDraw(sections, this.tops, this.scrollTop, this.height));
    if (updated) toast(words().menu.updated);
  },

  troubleNow(): Trouble | null {
    const { menu, error } = menuState;
    if (menu) return menu.dishes.length === 0 ? stateOf('empty') : null;
    const why = tableState.phase === 'failed' ? tableState.error : error;
    if (!why) return null;
    return stateOf(isRefusal(why, 'table_code_unknown') ? 'code' : 'error', errorText(why));
  },

  /** Asks once at each table how many sit down, if nobody has told. */
  askGuests() {
    const { view, phase } = tableState;
    if (phase !== 'open' || !view || view.guest_count > 0 || this.askedGuests === view.token)
      return;
    if (!this.visible || this.data.dishOpen || !menuState.menu) return;
    this.askedGuests = view.token;
    this.setData({ guestsOpen: true });
  },

  onScroll({ detail }: WechatMiniprogram.ScrollViewScroll) {
    this.scrollTop = detail.scrollTop;
    const { sections } = this.data;
    const data: Record<string, unknown> = blocksToDraw(
      sections,
      this.tops,
      detail.scrollTop,
      this.height,
    );
    const active = sectionAt(this.tops, detail.scrollTop);
    if (active !== this.data.active && Date.now() > this.followAfter) data.active = active;
    if (Object.keys(data).length > 0) this.setData(data);
  },

  onCategory({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { index } = currentTarget.dataset as { index: number };
    this.followAfter = Date.now() + SCROLL_MS;
    const { sections } = this.data;
    const draw = blocksToDraw(sections, this.tops, this.tops[index], this.height);
    this.setData({ ...draw, active: index, into: '' });
    this.setData({ into: `section-${sections[index].id}` });
  },

  /** Whether the diner can put something into the cart; says what to do when not. */
  mayOrder(): boolean {
    if (tableState.phase === 'open') return true;
    if (tableState.phase === 'joining') toast(words().menu.joining);
    else if (tableState.phase === 'failed') tell(tableState.error);
    else toast(tableState.phase === 'closed' ? words().menu.closedHint : words().menu.scanFirst);
    return false;
  },

  onOpenDish({ detail }: DishEvent) {
    const dish = findDish(menuState.menu, detail.dishId);
    if (!dish || menuState.remaining[dish.id] === 0) return;
    this.setData({ dish, dishOpen: true });
  },

  onCloseDish() {
    this.setData({ dishOpen: false });
  },

  onChangeDish({ detail: { dishId, delta } }: DishEvent) {
    if (!this.mayOrder()) return;
    const { lines } = this.data.cart;
    const line = delta > 0 ? ownPlainLine(lines, dishId) : lineToReduce(lines, dishId);
    if (line) tableState.change(line.key, dishId, delta);
    else if (delta > 0) void this.add({ key: uuid4(), dish_id: dishId, quantity: delta });
  },

  async onAddDish({ detail }: WechatMiniprogram.CustomEvent<{ line: CartLineIn }>) {
    if (!this.mayOrder()) return;
    if (await this.add(detail.line)) this.setData({ dishOpen: false });
  },

  /** Puts a dish into the cart, after a word where somebody at the table is allergic to it. */
  async add(
    line: Pick<CartLineIn, 'key' | 'dish_id' | 'quantity'> & Partial<CartLineIn>,
  ): Promise<boolean> {
    const whole = { option_ids: [], components: [], note: '', rush: false, ...line };
    const question = clashQuestion(tableState.view, menuState.menu, whole);
    const w = words().allergy;
    if (question && !(await ask(w.alert, question, w.anyway, w.leave))) return false;
    if (!this.mayOrder()) return false;
    tableState.add(whole);
    wx.vibrateShort({ type: 'light', fail() {} });
    return true;
  },

  onAllergies() {
    this.setData({ allergiesOpen: true });
  },

  onCloseAllergies() {
    this.setData({ allergiesOpen: false });
  },

  async onSayAllergies({ detail }: WechatMiniprogram.CustomEvent<{ codes: string[] }>) {
    this.setData({ allergiesBusy: true });
    try {
      await tableState.sayAllergies(detail.codes);
      this.setData({ allergiesBusy: false, allergiesOpen: false });
    } catch (error) {
      this.setData({ allergiesBusy: false });
      tell(error);
      return;
    }
    const dishes = orderedClashes(tableState.view, detail.codes);
    const w = words().allergy;
    if (dishes) await ask(w.alert, fill(w.ordered, { dishes }), w.understood);
  },

  onChangeLine({ detail: { key, dishId, delta } }: LineEvent) {
    if (this.mayOrder()) tableState.change(key, dishId, delta);
  },

  onFull() {
    toast(words().cart.notEnough);
  },

  onOpenCart() {
    this.setData({ cartOpen: true });
  },

  onCloseCart() {
    this.setData({ cartOpen: false });
  },

  onReview() {
    this.setData({ cartOpen: false });
    void wx.navigateTo({ url: '/pages/cart/cart' });
  },

  onOrder() {
    const order = tableState.view?.order;
    if (order) void wx.navigateTo({ url: `/pages/order/order?id=${order.id}` });
  },

  async onScan() {
    const scene = await scanTable();
    if (scene) await tableState.enter(scene);
  },

  onPeople() {
    const { phase, view } = tableState;
    if (phase === 'open' && view?.guest_count === 0) this.setData({ guestsOpen: true });
  },

  async onGuests({ detail }: WechatMiniprogram.CustomEvent<{ count: number }>) {
    this.setData({ guestsOpen: false });
    try {
      await tableState.setGuests(detail.count);
    } catch (error) {
      tell(error);
    }
  },

  onCloseGuests() {
    this.setData({ guestsOpen: false });
  },

  /** The bar's button when it does not order: try the table again, or scan. */
  onBarAction() {
    const again = tableState.phase === 'failed' && tableState.scene !== '';
    if (again && !isRefusal(tableState.error, 'table_code_unknown')) {
      void tableState.retry();
    } else void this.onScan();
  },

  onRetry() {
    if (isRefusal(tableState.error, 'table_code_unknown')) {
      void this.onScan();
      return;
    }
    this.setData({ trouble: null, loading: true });
    if (tableState.scene) void tableState.retry();
    else if (menuState.storeId) void menuState.refresh();
    else void this.browse();
  },
});
