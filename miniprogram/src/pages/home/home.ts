import { dropWords, showWords, someWords } from '../../i18n/bind';
import { fill, lang, onLanguage, pick, setLang, words } from '../../i18n/index';
import { isLoggedIn, logout } from '../../services/auth/index';
import { listStores } from '../../services/store/index';
import type { StoreOut } from '../../services/types';
import { rememberedTable, rememberStore } from '../../state/memory';
import { menuState } from '../../state/menu';
import { scanTable } from '../../state/scan';
import { tableState } from '../../state/table';
import { errorText, tell, toast } from '../../utils/notice';
import { show } from '../../utils/patch';

/** From here on, in px, words slide under the phone's status bar. */
const VEIL_AFTER = 30;

interface StoreView {
  id: number;
  name: string;
  address: string;
  open: boolean;
}

function storeView({ id, name, address, open }: StoreOut): StoreView {
  return { id, name: pick(name), address, open };
}

/** A greeting for the hour on the phone's clock. */
function greeting(hour: number): string {
  const w = words().home;
  if (hour < 10) return w.greetingMorning;
  if (hour < 14) return w.greetingNoon;
  return hour < 18 ? w.greetingAfternoon : w.greetingEvening;
}

/** The table to go back to, in words; empty when there is none. */
function continueText(): string {
  const { phase, scan } = tableState;
  if (phase === 'closed') return '';
  const seated = phase === 'open' ? scan : rememberedTable()?.scan;
  if (!seated) return '';
  return fill(words().home.continueHint, {
    store: pick(seated.store_name),
    table: seated.table_name,
  });
}

Page({
  data: {
    w: someWords('home', 'common'),
    top: 44,
    scrolled: false,
    greeting: '',
    continueHint: '',
    stores: [] as StoreView[],
    loading: true,
    error: '',
    loggedIn: false,
  },

  stores: [] as StoreOut[],
  ends: [] as (() => void)[],

  onLoad() {
    showWords(this, 'home', 'common');
    // The page's own head begins below the capsule, whose place differs by phone.
    this.setData({ top: wx.getMenuButtonBoundingClientRect().bottom });
    this.ends = [onLanguage(() => this.draw()), tableState.subscribe(() => this.draw())];
    void this.load();
  },

  onShow() {
    this.draw();
    if (!this.data.loading) void this.load();
  },

  onUnload() {
    this.ends.forEach((end) => end());
    dropWords(this);
  },

  onPageScroll({ scrollTop }: WechatMiniprogram.Page.IPageScrollOption) {
    const scrolled = scrollTop > VEIL_AFTER;
    if (scrolled !== this.data.scrolled) this.setData({ scrolled });
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },

  async load() {
    try {
      this.stores = await listStores();
      this.setData({ error: '' });
    } catch (error) {
      if (this.stores.length === 0) this.setData({ error: errorText(error) });
    }
    this.setData({ loading: false });
    this.draw();
  },

  draw() {
    show(this, {
      greeting: greeting(new Date().getHours()),
      continueHint: continueText(),
      stores: this.stores.map(storeView),
      loggedIn: isLoggedIn(),
    });
  },

  async onScan() {
    const scene = await scanTable();
    if (!scene) return;
    void tableState.enter(scene);
    void wx.switchTab({ url: '/pages/menu/menu' });
  },

  onContinue() {
    void tableState.resume();
    void wx.switchTab({ url: '/pages/menu/menu' });
  },

  onStore({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { storeId } = currentTarget.dataset as { storeId: number };
    if (tableState.scan?.store_id !== storeId) {
      tableState.leave();
      rememberStore(storeId);
      void menuState.open(storeId);
      void menuState.refreshRemaining();
    }
    void wx.switchTab({ url: '/pages/menu/menu' });
  },

  onLanguage() {
    setLang(lang() === 'zh' ? 'en' : 'zh');
  },

  onPrivacy() {
    wx.openPrivacyContract({ fail: ({ errMsg }) => toast(errMsg) });
  },

  onLogout() {
    const { logout: title, logoutConfirm: content, loggedOut } = words().home;
    const { cancel: cancelText, confirm: confirmText } = words().common;
    wx.showModal({
      title,
      content,
      cancelText,
      confirmText,
      success: async ({ confirm }) => {
        if (!confirm) return;
        try {
          await logout();
        } catch (error) {
          tell(error);
        }
        tableState.forget();
        this.draw();
        toast(loggedOut);
      },
    });
  },

  onRetry() {
    this.setData({ loading: true, error: '' });
    void this.load();
  },
});
