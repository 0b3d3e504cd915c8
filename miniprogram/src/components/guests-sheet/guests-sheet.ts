import { fill, words } from '../../i18n/index';
import { dropWords, showWords, someWords } from '../../i18n/bind';

const USUAL = 12;
const MOST = 40;

function numbers(most: number): { count: number; text: string }[] {
  const { custom } = words().guests;
  return Array.from({ length: most }, (_, index) => index + 1).map((count) => ({
    count,
    text: fill(custom, { count }),
  }));
}

/** Asks how many sit down. */
Component({
  properties: { show: { type: Boolean, value: false } },
  data: {
    w: someWords('guests', 'common'),
    numbers: [] as { count: number; text: string }[],
    all: false,
  },
  observers: {
    show(open: boolean) {
      if (open) this.setData({ numbers: numbers(USUAL), all: false });
    },
  },
  lifetimes: {
    attached() {
      showWords(this, 'guests', 'common');
    },
    detached() {
      dropWords(this);
    },
  },
  methods: {
    onMore() {
      this.setData({ numbers: numbers(MOST), all: true });
    },
    onChoose({ currentTarget }: WechatMiniprogram.TouchEvent) {
      this.triggerEvent('choose', { count: currentTarget.dataset.count as number });
    },
    onClose() {
      this.triggerEvent('close', {});
    },
  },
});
