import { dropWords, showWords, someWords } from '../../i18n/bind';
import { NO_ORDER_LINE } from '../../presenters/order';

/** A dish that was ordered, and how far the kitchen is with it. */
Component({
  properties: { line: { type: Object, value: NO_ORDER_LINE } },
  data: { w: someWords('cart', 'order') },
  lifetimes: {
    attached() {
      showWords(this, 'cart', 'order');
    },
    detached() {
      dropWords(this);
    },
  },
  methods: {
    onRush() {
      this.triggerEvent('rush', { id: this.data.line.id });
    },
  },
});
