import { fill, words } from '../../i18n/index';
import { dropWords, showWords, someWords } from '../../i18n/bind';

/** The bar at the menu's foot: what is in the table's cart, and on to ordering it. */
Component({
  properties: {
    quantity: { type: Number, value: 0 },
    /** The server's total. */
    total: { type: String, value: '' },
    /** The total is older than the quantity. */
    updating: { type: Boolean, value: false },
    /** Instead of the cart: why nothing can be ordered now. */
    message: { type: String, value: '' },
    action: { type: String, value: '' },
  },
  data: { w: someWords('cart'), bump: false, portions: '' },
  observers: {
    quantity(quantity: number) {
      this.setData({ portions: fill(words().cart.portions, { count: quantity }), bump: true });
      setTimeout(() => this.setData({ bump: false }), 260);
    },
  },
  lifetimes: {
    attached() {
      showWords(this, 'cart');
    },
    detached() {
      dropWords(this);
    },
  },
  methods: {
    onOpen() {
      if (this.data.quantity > 0 && !this.data.message) this.triggerEvent('open', {});
    },
    onAction() {
      if (this.data.action) this.triggerEvent('action', {});
      else if (this.data.quantity > 0) this.triggerEvent('submit', {});
    },
  },
});
