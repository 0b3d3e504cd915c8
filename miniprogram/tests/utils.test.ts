import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { percent, shortYuan, surcharge, typedFen, yuan } from '../src/utils/money';
import { changes } from '../src/utils/patch';
import { sceneIn, sceneOf } from '../src/utils/scene';
import { uuid4 } from '../src/utils/uuid';
import { fill, tally } from '../src/utils/words';
import { source } from './support/sources';

describe('money', () => {
  it('is fen turned into text', () => {
    assert.deepEqual([0, 5, 50, 100, 3850, 1234567, -300].map(yuan), [
      '0.00',
      '0.05',
      '0.50',
      '1.00',
      '38.50',
      '12345.67',
      '-3.00',
    ]);
    assert.deepEqual([0, 3800, 3850, 5].map(shortYuan), ['0', '38', '38.50', '0.05']);
    assert.deepEqual([0, 200, 250, -300].map(surcharge), ['', '+¥2', '+¥2.50', '-¥3']);
    assert.deepEqual([100, 85, 5, 0].map(percent), ['10%', '8.5%', '0.5%', '0%']);
  });

  it('has its sign before the ¥, also where its parts are set in different sizes', () => {
    const module = { exports: {} as Record<'sign' | 'whole' | 'cents', (text: string) => string> };
    new Function('module', source('components/price-text/price-text.wxs'))(module);
    const { sign, whole, cents } = module.exports;
    const shown = (text: string) => `${sign(text)}¥${whole(text)}${cents(text)}`;
    assert.deepEqual(['-2.08', '38.50', '38'].map(shown), ['-¥2.08', '¥38.50', '¥38']);
  });

  it('is read to the fen as people type it, and nothing else is an amount', () => {
    const typed = ['12', '12.', '12.5', '0.05', ' 8.88 ', '123456.78'];
    assert.deepEqual(typed.map(typedFen), [1200, 1200, 1250, 5, 888, 12345678]);
    for (const text of ['', '0', '-1', '1.234', '1e3', '.5', '1234567', '十']) {
      assert.equal(typedFen(text), 0, text);
    }
  });
});

describe('a patch', () => {
  it('holds only what differs, by its path', () => {
    const was = { a: 1, b: { c: 1, d: 2 }, list: [{ n: 1 }, { n: 2 }] };
    const now = { a: 1, b: { c: 1, d: 3 }, list: [{ n: 1 }, { n: 5 }] };
    assert.deepEqual(changes(was, now), { 'b.d': 3, 'list[1].n': 5 });
  });

  it('replaces a list whose length has changed, and an object with other keys', () => {
    assert.deepEqual(changes({ l: [1], o: { a: 1 } }, { l: [1, 2], o: { b: 1 } }), {
      l: [1, 2],
      o: { b: 1 },
    });
  });

  it('is empty when nothing differs', () => {
    assert.deepEqual(changes({ l: [], o: { a: [1] } }, { l: [], o: { a: [1] } }), {});
  });
});

describe('a table’s code', () => {
  const CODE = 'AbCd_12-34EFghij5678';

  it('is read from what WeChat and the camera give', () => {
    assert.equal(sceneOf({ scene: encodeURIComponent(CODE) }), CODE);
    assert.equal(sceneIn({ path: `pages/menu/menu?scene=${CODE}`, result: '' }), CODE);
    assert.equal(sceneIn({ result: `https://a.example/t?x=1&scene=${CODE}#y` }), CODE);
    assert.equal(sceneIn({ result: CODE }), CODE);
  });

  it('is nothing else', () => {
    assert.equal(sceneOf({}), '');
    assert.equal(sceneOf({ scene: 'a%20b%3Cscript%3E' }), '');
    assert.equal(sceneIn({ result: '6901234567892 barcode' }), '');
    assert.equal(sceneIn({ path: 'pages/home/home', result: '' }), '');
  });
});

describe('words and keys', () => {
  it('are filled in, and a place without a value stays', () => {
    assert.equal(fill('{a} 和 {b} {c}', { a: 1, b: '二' }), '1 和 二 {c}');
  });

  it('are said once when they come again', () => {
    assert.deepEqual(tally(['米饭', '汤', '米饭']), ['米饭 ×2', '汤']);
  });

  it('are random UUIDs of version 4', () => {
    const keys = Array.from({ length: 200 }, uuid4);
    assert.equal(new Set(keys).size, 200);
    const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    assert.ok(keys.every((key) => pattern.test(key)));
  });
});
