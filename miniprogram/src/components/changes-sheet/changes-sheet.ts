import { dropWords, showWords, someWords } from '../../i18n/bind';

/** What has changed on the menu since the diner looked. */
Component({
  properties: {
    show: { type: Boolean, value: false },
    /** One text for each change. */
    changes: { type: Array, value: [] as string[] },
  },
  data: { w: someWords('changes', 'common') },
  lifetimes: {
    attached() {
      showWords(this, 'changes', 'common');
    },
    detached() {
      dropWords(this);
    },
  },
  methods: {
    onClose() {
      this.triggerEvent('close', {});
    },
  },
});
