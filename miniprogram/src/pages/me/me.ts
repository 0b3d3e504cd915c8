import { agreementOf } from '../../i18n/agreements';
import { someWords } from '../../i18n/bind';
import { words } from '../../i18n/index';
import { memberView, NO_MEMBER } from '../../presenters/member';
import { walletView } from '../../presenters/wallet';
import { isRefusal } from '../../services/client/index';
import { fetchMember, join } from '../../services/member/index';
import type { MemberOut, WalletOut } from '../../services/types';
import { fetchWallet } from '../../services/wallet/index';
import { tell, toast } from '../../utils/notice';
import { frame } from '../../utils/frame';
import { show } from '../../utils/patch';

/** Who has this phone: join as a member, or the member's code and stored value. */
Page({
  ...frame(() => words().member.title, 'member', 'wallet', 'common'),

  data: {
    w: someWords('member', 'wallet', 'common'),
    member: NO_MEMBER,
    /** Whether this version of the mini-program has the text to agree to. */
    canJoin: true,
    available: '',
    loading: true,
    joining: false,
    error: '',
  },

  known: null as MemberOut | null,
  wallet: null as WalletOut | null,

  async read() {
    this.known = await fetchMember();
    this.wallet = this.known.is_member ? await fetchWallet() : null;
  },

  draw() {
    if (!this.known) return;
    show(this, {
      member: memberView(this.known),
      canJoin: agreementOf(this.known.consent_version) !== null,
      available: this.wallet ? walletView(this.wallet).available : '',
    });
  },

  onAgreement() {
    const version = this.known?.consent_version ?? '';
    void wx.navigateTo({ url: `/pages/agreement/agreement?version=${version}` });
  },

  async onJoin() {
    if (this.data.joining || !this.known || !this.data.canJoin) return;
    this.setData({ joining: true });
    try {
      this.known = await join(this.known.consent_version);
      toast(words().member.joined, 'success');
      await this.load();
    } catch (error) {
      // The text has changed since this page was opened: show the one that is in force.
      if (isRefusal(error, 'consent_outdated')) await this.load();
      tell(error);
    }
    this.setData({ joining: false });
  },

  onWallet() {
    void wx.navigateTo({ url: '/pages/wallet/wallet' });
  },

  onTopUp() {
    void wx.navigateTo({ url: '/pages/topup/topup' });
  },
});
