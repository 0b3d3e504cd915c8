import { dropWords, showWords, someWords } from '../../i18n/bind';
import { NO_CART_LINE } from '../../presenters/cart';

/** A line of the shared cart: what, how, by whom, and how many. */
Component({
  properties: {
    line: { type: Object, value: NO_CART_LINE },
    /** Most of this dish; the server has the last word. */
    max: { type: Number, value: 999 },
  },
  data: { w: someWords('cart') },
  lifetimes: {
    attached() {
      showWords(this, 'cart');
    },
    detached() {
      dropWords(this);
    },
  },
  methods: {
    onChange({ detail }: WechatMiniprogram.CustomEvent<{ delta: number }>) {
      const { key, dishId } = this.data.line;
      this.triggerEvent('change', { key, dishId, delta: detail.delta });
    },
  },
});
