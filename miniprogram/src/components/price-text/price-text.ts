/** An amount the server has said, with the yuan larger than the rest. */
Component({
  properties: {
    /** Such as `38` or `38.50`. */
    text: { type: String, value: '' },
    size: { type: String, value: 'm' },
    suffix: { type: String, value: '' },
  },
});
