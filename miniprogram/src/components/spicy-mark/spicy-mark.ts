/** How hot a dish is: one to three chilies. */
Component({
  properties: {
    level: { type: Number, value: 0 },
    label: { type: String, value: '' },
  },
});
