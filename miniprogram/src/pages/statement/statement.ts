import { someWords } from '../../i18n/bind';
import { words } from '../../i18n/index';
import { statementView, type StatementView } from '../../presenters/statement';
import { isRefusal } from '../../services/client/index';
import type { StatementViewOut } from '../../services/types';
import { fetchStatement, openStatement } from '../../services/wallet/index';
import { frame } from '../../utils/frame';
import { toast } from '../../utils/notice';
import { show } from '../../utils/patch';

/** The member's statement: every entry of a period with its mark, and how to check it. */
Page({
  ...frame(() => words().statement.title, 'statement', 'wallet', 'common'),

  data: {
    w: someWords('statement', 'wallet', 'common'),
    statement: null as StatementView | null,
    /** Nothing was ever topped up. */
    none: false,
    opening: false,
    loading: true,
    error: '',
  },

  known: null as StatementViewOut | null,
  month: '',

  async read() {
    const { month } = this;
    try {
      const told = await fetchStatement(month);
      // Another period was chosen meanwhile: this is not what is wanted any longer.
      if (month === this.month) this.known = told;
      show(this, { none: false });
    } catch (error) {
      if (!isRefusal(error, 'wallet_unknown')) throw error;
      show(this, { none: true });
    }
  },

  draw() {
    if (this.known) show(this, { statement: statementView(this.known) });
  },

  onPeriod({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { month } = currentTarget.dataset as { month: string };
    if (month === this.month) return;
    this.month = month;
    this.onRetry();
  },

  async onOpen() {
    if (this.data.opening) return;
    this.setData({ opening: true });
    try {
      await openStatement(this.month);
    } catch {
      // Neither the network's failures nor WeChat's viewer's have words for a person.
      toast(words().statement.notOpened);
    }
    this.setData({ opening: false });
  },
});
