import { NO_SET_GROUP } from '../../presenters/selection';

/** One part of a set meal: what it may be, and what was taken. */
Component({
  properties: {
    group: { type: Object, value: NO_SET_GROUP },
    requiredLabel: { type: String, value: '' },
    soldOutLabel: { type: String, value: '' },
  },
  methods: {
    onChoose({ currentTarget }: WechatMiniprogram.TouchEvent) {
      this.say('choose', currentTarget.dataset as { choiceId: number });
    },
    onUnchoose({ currentTarget }: WechatMiniprogram.TouchEvent) {
      this.say('unchoose', currentTarget.dataset as { choiceId: number });
    },
    onPick(event: WechatMiniprogram.CustomEvent<{ groupId: number; optionId: number }>) {
      const { choiceId } = event.currentTarget.dataset as { choiceId: number };
      this.triggerEvent('pick', { choiceId, ...event.detail });
    },
    say(name: string, { choiceId }: { choiceId: number }) {
      const choice = this.data.group.choices.find(({ id }) => id === choiceId);
      if (this.data.group.fixed || choice?.soldOut) return;
      this.triggerEvent(name, { groupId: this.data.group.id, choiceId });
    },
  },
});
