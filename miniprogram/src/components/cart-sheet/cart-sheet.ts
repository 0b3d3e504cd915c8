import { fill, words } from '../../i18n/index';
import { dropWords, showWords, someWords } from '../../i18n/bind';
import { type CartView, EMPTY_CART } from '../../presenters/cart';

/** The shared cart, risen over the menu. */
Component({
  properties: {
    show: { type: Boolean, value: false },
    cart: { type: Object, value: EMPTY_CART as CartView },
  },
  data: { w: someWords('cart', 'common'), portions: '' },
  observers: {
    'cart.quantity'(quantity: number) {
      this.setData({ portions: fill(words().cart.portions, { count: quantity }) });
    },
  },
  lifetimes: {
    attached() {
      showWords(this, 'cart', 'common');
    },
    detached() {
      dropWords(this);
    },
  },
  methods: {
    onChange({ detail }: WechatMiniprogram.CustomEvent) {
      this.triggerEvent('change', detail);
    },
    onClose() {
      this.triggerEvent('close', {});
    },
    onSubmit() {
      this.triggerEvent('submit', {});
    },
  },
});
