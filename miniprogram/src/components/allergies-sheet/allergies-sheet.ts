import { dropWords, showWords, someWords } from '../../i18n/bind';
import type { AllergenView } from '../../presenters/allergies';

/** Where a guest says what they must not eat. */
Component({
  properties: {
    show: { type: Boolean, value: false },
    /** What the store knows, with what was said before. */
    allergens: { type: Array, value: [] as AllergenView[] },
    busy: { type: Boolean, value: false },
  },
  data: { w: someWords('allergy', 'common'), chosen: [] as AllergenView[] },
  observers: {
    show(open: boolean) {
      if (open) this.setData({ chosen: this.data.allergens });
    },
  },
  lifetimes: {
    attached() {
      showWords(this, 'allergy', 'common');
    },
    detached() {
      dropWords(this);
    },
  },
  methods: {
    onToggle({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const { index } = currentTarget.dataset as { index: number };
      this.setData({ [`chosen[${index}].on`]: !this.data.chosen[index].on });
    },
    onSave() {
      if (this.data.busy) return;
      const codes = this.data.chosen.filter(({ on }) => on).map(({ code }) => code);
      this.triggerEvent('save', { codes });
    },
    onClose() {
      this.triggerEvent('close', {});
    },
  },
});
