import { dropWords, showWords, someWords } from '../../i18n/bind';

const DIGITS = 6;

/** Six places and the keys that fill them; says when all are filled. What was typed is shown to nobody. */
Component({
  properties: {
    /** Another number empties the places. */
    round: { type: Number, value: 0 },
    problem: { type: String, value: '' },
    busy: { type: Boolean, value: false },
  },
  data: {
    w: someWords('pin'),
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', 'back'],
    places: [0, 1, 2, 3, 4, 5],
    typed: '',
  },
  observers: {
    round() {
      this.setData({ typed: '' });
    },
  },
  lifetimes: {
    attached() {
      showWords(this, 'pin');
    },
    detached() {
      dropWords(this);
    },
  },
  methods: {
    onKey({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const { key } = currentTarget.dataset as { key: string };
      const { typed, busy } = this.data;
      if (busy || !key || (key !== 'back' && typed.length === DIGITS)) return;
      const now = key === 'back' ? typed.slice(0, -1) : typed + key;
      this.setData({ typed: now });
      if (now.length === DIGITS) this.triggerEvent('done', { pin: now });
    },
  },
});
