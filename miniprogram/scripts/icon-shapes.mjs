// What the icons look like, on a grid of 24 × 24.

/** Points along a circle's arc; angles in degrees, 0 to the right, 90 down. */
function arc(cx, cy, r, from, to, steps = 24) {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
    return [cx + r * Math.cos(angle), cy + r * Math.sin(angle)];
  });
}

/** A rectangle with round corners, closed. */
function box(x, y, w, h, r) {
  const corners = [
    ...arc(x + w - r, y + r, r, -90, 0, 6),
    ...arc(x + w - r, y + h - r, r, 0, 90, 6),
    ...arc(x + r, y + h - r, r, 90, 180, 6),
    ...arc(x + r, y + r, r, 180, 270, 6),
  ];
  return [...corners, corners[0]];
}

/** A wisp of steam, rising from (x, y). */
function steam(x, y) {
  return Array.from({ length: 13 }, (_, i) => [
    x + 0.8 * Math.sin((i / 12) * 2 * Math.PI),
    y - i * 0.4,
  ]);
}

const line = (points, width = 1.7) => ({ points, width });

const ROOF = [
  [2.8, 11.4],
  [12, 3.4],
  [21.2, 11.4],
];
const WALLS = [
  [5.2, 9.6],
  [5.2, 19],
  ...arc(6.8, 19, 1.6, 180, 90, 5),
  ...arc(17.2, 19, 1.6, 90, 0, 5),
  [18.8, 9.6],
];
const DOOR = [
  [12, 16.4],
  [12, 20.4],
];

const BOWL = [[3, 12], ...arc(12, 12, 8.2, 180, 0), [21, 12]].filter(([, y]) => y >= 12);
const RIM = [
  [2.8, 12],
  [21.2, 12],
];
const FOOT = [
  [9, 20.8],
  [15, 20.8],
];
const STEAM = [8, 12, 16].map((x) => line(steam(x, 8.6), 1.5));

const SHEET = box(4.6, 3.2, 14.8, 17.6, 2.4);
const ROWS = [
  [
    [8.4, 8.4],
    [15.6, 8.4],
  ],
  [
    [8.4, 12],
    [15.6, 12],
  ],
  [
    [8.4, 15.6],
    [12.4, 15.6],
  ],
];

const HEAD = arc(12, 8, 4.3, 0, 360);
const SHOULDERS = [[3.6, 20.6], ...arc(12, 20.6, 8.4, 180, 360), [20.4, 20.6], [3.6, 20.6]];

export const TAB_ICONS = {
  home: {
    off: { strokes: [line(ROOF), line(WALLS), line(DOOR)] },
    on: {
      strokes: [line(ROOF, 2.2), line(WALLS)],
      fills: [
        [...ROOF, ...[...WALLS].reverse()],
        [...WALLS, [12, 3.4]],
      ],
      cuts: [line(DOOR, 2)],
    },
  },
  menu: {
    off: { strokes: [line(BOWL), line(RIM), line(FOOT), ...STEAM] },
    on: { strokes: [line(BOWL), line(RIM, 2.2), line(FOOT, 2.2), ...STEAM], fills: [BOWL] },
  },
  orders: {
    off: { strokes: [line(SHEET), ...ROWS.map((row) => line(row))] },
    on: { strokes: [line(SHEET)], fills: [SHEET], cuts: ROWS.map((row) => line(row)) },
  },
  me: {
    off: { strokes: [line(HEAD), line(SHOULDERS)] },
    on: { strokes: [line(HEAD), line(SHOULDERS)], fills: [HEAD, SHOULDERS] },
  },
};

/** Bodies of SVG images: 2 wide strokes with round ends unless said otherwise. */
export const PAGE_ICONS = {
  scan: '<path d="M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16M4 12h16"/>',
  plus: '<path d="M12 5v14M5 12h14" stroke-width="2.6"/>',
  minus: '<path d="M5 12h14" stroke-width="2.6"/>',
  close: '<path d="M6 6l12 12M18 6L6 18"/>',
  right: '<path d="M9 5l7 7-7 7"/>',
  up: '<path d="M5 15l7-7 7 7"/>',
  check: '<path d="M5 12.5l4.5 4.5L19 7.5" stroke-width="2.4"/>',
  basket:
    '<path d="M3.5 9.5h17l-1.7 9a2 2 0 0 1-2 1.6H7.2a2 2 0 0 1-2-1.6l-1.7-9zM8 9.5l3-6M16 9.5l-3-6M9.5 13v3.5M14.5 13v3.5"/>',
  chili:
    '<path d="M15.5 7.2c2.6 1.3 3.7 3.7 3 6.6-1 4.2-5.6 6.9-12.7 6.7 3.8-1.2 5.6-3.2 6.1-5.8.5-2.7.4-6 3.6-7.5z" fill="#000" stroke="none"/><path d="M15.5 7.6c0-2.2.9-3.7 2.7-4.6" stroke-width="1.8"/>',
  people:
    '<circle cx="9" cy="8" r="3.4"/><path d="M2.8 19.5c.4-3.7 2.9-5.8 6.2-5.8s5.8 2.1 6.2 5.8M15.8 5a3.3 3.3 0 0 1 0 6.2M18 14.4c1.9.8 3 2.6 3.2 5.1"/>',
  table: '<path d="M3 9h18M5.5 9l1 11M18.5 9l-1 11M8 5h8"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
  bolt: '<path d="M13 3L5.5 13.5H11L10 21l8-11h-5.8L13 3z" fill="#000" stroke-width="1.4"/>',
  note: '<path d="M5 4h14v11l-5 5H5zM14 20v-5h5M8.5 9h7M8.5 13h4"/>',
  alert: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.8v5M12 16.2v.1" stroke-width="2.4"/>',
  store:
    '<path d="M4 10v9.5h16V10M3 9.5L5 4h14l2 5.5c0 1.6-1.2 2.7-2.8 2.7S15 11 15 9.7c0 1.4-1.3 2.5-3 2.5s-3-1.1-3-2.5c0 1.4-1.3 2.5-3 2.5S3 11.1 3 9.5zM9.5 19.5v-4h5v4"/>',
  pin: '<path d="M12 21c4.6-4.7 7-8.3 7-11.3A7 7 0 0 0 5 9.7C5 12.7 7.4 16.3 12 21z"/><circle cx="12" cy="9.8" r="2.3"/>',
  globe:
    '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.7 2.6 3.9 5.3 3.9 8.5s-1.2 5.9-3.9 8.5c-2.7-2.6-3.9-5.3-3.9-8.5s1.2-5.9 3.9-8.5z"/>',
  bowl: '<path d="M3 11h18c0 5-3.6 8.5-9 8.5S3 16 3 11zM9 19.5h6M9 7.5c-1-1.2 1-2.3 0-3.5M13.5 7.5c-1-1.2 1-2.3 0-3.5"/>',
  receipt:
    '<path d="M5 3.5h14v17l-2.3-1.6-2.4 1.6-2.3-1.6-2.3 1.6-2.4-1.6L5 20.5zM9 8.5h6M9 12.5h6"/>',
  lock: '<path d="M6 10.5h12a1.5 1.5 0 0 1 1.5 1.5v6.5A1.5 1.5 0 0 1 18 20H6a1.5 1.5 0 0 1-1.5-1.5V12A1.5 1.5 0 0 1 6 10.5zM8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2"/>',
  wallet:
    '<path d="M4 7.5A2.5 2.5 0 0 1 6.5 5H18v3M4 7.5V17a2.5 2.5 0 0 0 2.5 2.5H20V8H6.5M16 13.7v.1" stroke-width="2.1"/>',
};
