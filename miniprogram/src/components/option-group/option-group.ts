import { NO_GROUP } from '../../presenters/selection';

/** Options of one kind (规格, 做法, 加料), of which one or several are chosen. */
Component({
  properties: {
    group: { type: Object, value: NO_GROUP },
    requiredLabel: { type: String, value: '' },
    /** Inside a part of a set meal. */
    inner: { type: Boolean, value: false },
  },
  methods: {
    onTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const { optionId } = currentTarget.dataset as { optionId: number };
      this.triggerEvent('pick', { groupId: this.data.group.id, optionId });
    },
  },
});
