/** What is shown instead of content: nothing there, something failed, or a table that is closed. */
Component({
  properties: {
    icon: { type: String, value: 'bowl' },
    title: { type: String, value: '' },
    hint: { type: String, value: '' },
    action: { type: String, value: '' },
    tone: { type: String, value: 'plain' },
  },
  methods: {
    onAction() {
      this.triggerEvent('action', {});
    },
  },
});
