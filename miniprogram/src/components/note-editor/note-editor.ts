import { lang, words } from '../../i18n/index';
import { dropWords, showWords, someWords } from '../../i18n/bind';
import { zh } from '../../i18n/zh';

/** The contract takes this much. */
const MAX_LENGTH = 200;

/** 忌口 by chips and in own words. The kitchen reads Chinese, so a chip always says it in Chinese too. */
Component({
  properties: {
    /** A new number begins a new note. */
    opening: { type: Number, value: 0 },
  },
  data: {
    w: someWords('option'),
    wishes: [] as { name: string; on: boolean }[],
    text: '',
    room: MAX_LENGTH,
  },
  observers: {
    opening() {
      const wishes = words().option.wishes.split(',');
      this.setData({
        wishes: wishes.map((name) => ({ name, on: false })),
        text: '',
        room: MAX_LENGTH,
      });
    },
  },
  lifetimes: {
    attached() {
      showWords(this, 'option');
    },
    detached() {
      dropWords(this);
    },
  },
  methods: {
    onWish({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const { index } = currentTarget.dataset as { index: number };
      const on = !this.data.wishes[index].on;
      this.setData({ [`wishes[${index}].on`]: on });
      if (this.note().length > MAX_LENGTH) this.setData({ [`wishes[${index}].on`]: false });
      this.tell();
    },
    onInput({ detail }: WechatMiniprogram.Input) {
      this.setData({ text: detail.value });
      this.tell();
    },
    chosenWishes(): string[] {
      const chinese = zh.option.wishes.split(',');
      return this.data.wishes.flatMap(({ name, on }, index) => {
        if (!on) return [];
        return [lang() === 'zh' ? name : `${chinese[index]} ${name}`];
      });
    },
    note(): string {
      return [...this.chosenWishes(), this.data.text.trim()].filter(Boolean).join('，');
    },
    tell() {
      const used = this.chosenWishes().join('，').length;
      this.setData({ room: Math.max(0, MAX_LENGTH - used - 1) });
      this.triggerEvent('change', { note: this.note().slice(0, MAX_LENGTH) });
    },
  },
});
