// Draws the pictures that belong to the interface: the tab bar's PNGs and the
// icon component's masks. Run `npm run icons` after a change and commit what it writes.
import fs from 'node:fs';
import path from 'node:path';
import { PAGE_ICONS, TAB_ICONS } from './icon-shapes.mjs';
import { png } from './png.mjs';

const SRC = path.resolve(import.meta.dirname, '../src');
const SIZE = 81; // WeChat's size for tab icons, at most 40 KB each
const SAMPLES = 4;
const COLOURS = { '': [0x7a, 0x82, 0x7b], '-on': [0x1f, 0x5c, 0x46] };

function distance([px, py], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

const onStroke = (point, { points, width }) =>
  points.slice(1).some((end, i) => distance(point, points[i], end) <= width / 2);

function inside([px, py], points) {
  let odd = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i, i += 1) {
    const [[ax, ay], [bx, by]] = [points[i], points[j]];
    if (ay > py !== by > py && px < ((bx - ax) * (py - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

function isInked(point, { strokes = [], fills = [], cuts = [] }) {
  if (cuts.some((cut) => onStroke(point, cut))) return false;
  return strokes.some((s) => onStroke(point, s)) || fills.some((f) => inside(point, f));
}

/** Share of a pixel that is inked, from SAMPLES² points. */
function coverage(shape, x, y) {
  let hits = 0;
  for (let i = 0; i < SAMPLES * SAMPLES; i += 1) {
    const sx = x + ((i % SAMPLES) + 0.5) / SAMPLES;
    const sy = y + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES;
    if (isInked([(sx * 24) / SIZE, (sy * 24) / SIZE], shape)) hits += 1;
  }
  return hits / (SAMPLES * SAMPLES);
}

function draw(shape, [r, g, b]) {
  const pixels = Buffer.alloc(SIZE * SIZE * 4);
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const alpha = Math.round(255 * coverage(shape, x, y));
      pixels.set([r, g, b, alpha], (y * SIZE + x) * 4);
    }
  }
  return png(SIZE, SIZE, pixels);
}

for (const [name, shapes] of Object.entries(TAB_ICONS)) {
  for (const [suffix, colour] of Object.entries(COLOURS)) {
    const file = path.join(SRC, `images/tab-${name}${suffix}.png`);
    fs.writeFileSync(file, draw(suffix ? shapes.on : shapes.off, colour));
  }
}

const HEAD = `/* Written by scripts/icons.mjs. */
:host {
  display: inline-flex;
  flex: none;
}
.icon {
  display: inline-block;
  width: 1em;
  height: 1em;
  flex: none;
  background-color: currentColor;
  -webkit-mask-image: var(--icon);
  mask-image: var(--icon);
  -webkit-mask-position: center;
  mask-position: center;
  -webkit-mask-repeat: no-repeat;
  mask-repeat: no-repeat;
  -webkit-mask-size: contain;
  mask-size: contain;
}
`;

function maskRule([name, body]) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${body}</svg>`;
  const url = `url(data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')})`;
  return `.icon-${name} {\n  --icon: ${url};\n}\n`;
}

fs.writeFileSync(
  path.join(SRC, 'components/icon/icon.wxss'),
  HEAD + Object.entries(PAGE_ICONS).map(maskRule).join(''),
);
