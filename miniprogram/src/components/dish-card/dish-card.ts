import { NO_DISH } from '../../presenters/menu';
import type { Words } from '../../i18n/zh';

/** A dish of the menu: 124 px high, whatever it holds, so that the list never jumps. */
Component({
  properties: {
    dish: { type: Object, value: NO_DISH },
    /** The `dish` section of the words. */
    w: { type: Object, value: {} as Words['dish'] },
    /** Portions in the table's cart. */
    count: { type: Number, value: 0 },
    /** Portions left; -1 when not limited. */
    left: { type: Number, value: -1 },
    /** `含花生`, where somebody at the table is allergic to it. */
    clash: { type: String, value: '' },
  },
  data: { brokenPhoto: '' },
  methods: {
    onPhotoError() {
      this.setData({ brokenPhoto: this.data.dish.image });
    },
    onOpen() {
      this.triggerEvent('open', { dishId: this.data.dish.id });
    },
    onChange({ detail }: WechatMiniprogram.CustomEvent<{ delta: number }>) {
      this.triggerEvent('change', { dishId: this.data.dish.id, delta: detail.delta });
    },
    onFull() {
      this.triggerEvent('full', { left: this.data.left });
    },
  },
});
