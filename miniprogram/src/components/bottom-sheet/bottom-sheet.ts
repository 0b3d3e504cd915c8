/** A panel that rises from below, over a shaded page. */
const SLIDE_MS = 240;

Component({
  options: { multipleSlots: true },
  properties: {
    show: { type: Boolean, value: false },
    title: { type: String, value: '' },
    closeLabel: { type: String, value: '' },
  },
  data: { mounted: false, raised: false },
  observers: {
    show(show: boolean) {
      if (show === this.data.mounted && show === this.data.raised) return;
      if (show) this.raise();
      else this.lower();
    },
  },
  methods: {
    raise() {
      this.setData({ mounted: true });
      // The panel must be laid out below the edge before it can slide.
      setTimeout(() => this.setData({ raised: this.data.show }), 30);
    },
    lower() {
      this.setData({ raised: false });
      setTimeout(() => this.setData({ mounted: this.data.show }), SLIDE_MS);
    },
    onClose() {
      this.triggerEvent('close', {});
    },
    keep() {},
  },
});
