import { dropWords, showWords, someWords } from '../../i18n/bind';
import { fill, words } from '../../i18n/index';
import { NO_STORED_PAY } from '../../presenters/stored-pay';
import type { StoredPayMode } from '../../state/stored-pay';

/** How much of the order is paid with stored value. Says what was chosen; the page asks and pays. */
Component({
  properties: {
    show: { type: Boolean, value: false },
    pay: { type: Object, value: NO_STORED_PAY },
  },
  data: { w: someWords('storedPay', 'common'), split: '', atMost: '' },
  observers: {
    pay() {
      const w = words().storedPay;
      const { people, atMost } = this.data.pay;
      this.setData({
        split: fill(w.shareHint, { count: people }),
        atMost: atMost && fill(w.atMost, { amount: atMost }),
      });
    },
  },
  lifetimes: {
    attached() {
      showWords(this, 'storedPay', 'common');
    },
    detached() {
      dropWords(this);
    },
  },
  methods: {
    onMode({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const { mode } = currentTarget.dataset as { mode: StoredPayMode };
      if (!this.data.pay.unknown) this.triggerEvent('mode', { mode });
    },
    onSplit({ detail }: WechatMiniprogram.CustomEvent<{ delta: number }>) {
      if (!this.data.pay.unknown) this.triggerEvent('split', detail);
    },
    onType({ detail }: WechatMiniprogram.Input) {
      if (!this.data.pay.unknown) this.triggerEvent('type', { text: detail.value });
    },
    onAtMost() {
      this.triggerEvent('type', { text: this.data.pay.atMost });
    },
    onTopUp() {
      this.triggerEvent('topup', {});
    },
    onPay() {
      if (this.data.pay.ready) this.triggerEvent('pay', {});
    },
    onPin({ detail }: WechatMiniprogram.CustomEvent<{ pin: string }>) {
      this.triggerEvent('pin', detail);
    },
    onPinBack() {
      this.triggerEvent('pinback', {});
    },
    onPinForgotten() {
      this.triggerEvent('pinforgotten', {});
    },
    onClose() {
      this.triggerEvent('close', {});
    },
  },
});
