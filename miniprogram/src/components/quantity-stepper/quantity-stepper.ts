/** Fewer and more of something. Says what was tapped; who holds the number decides. */
Component({
  properties: {
    quantity: { type: Number, value: 0 },
    min: { type: Number, value: 0 },
    max: { type: Number, value: 99 },
    /** What there will be more or fewer of, for those who listen to the screen. */
    label: { type: String, value: '' },
  },
  methods: {
    onMinus() {
      if (this.data.quantity > this.data.min) this.triggerEvent('change', { delta: -1 });
    },
    onPlus() {
      if (this.data.quantity < this.data.max) this.triggerEvent('change', { delta: 1 });
      else this.triggerEvent('full', {});
    },
  },
});
