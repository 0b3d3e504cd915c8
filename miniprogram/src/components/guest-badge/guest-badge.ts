/** A guest of the table: the picture of the seat and, where there is room, the name. */
Component({
  properties: {
    emoji: { type: String, value: '' },
    name: { type: String, value: '' },
    me: { type: Boolean, value: false },
    /** Diameter in px. */
    size: { type: Number, value: 24 },
  },
});
