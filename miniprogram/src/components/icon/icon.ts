/** One picture of the interface, in the colour of the text around it. */
Component({
  properties: {
    name: { type: String, value: '' },
    /** Width and height in px. */
    size: { type: Number, value: 20 },
  },
});
