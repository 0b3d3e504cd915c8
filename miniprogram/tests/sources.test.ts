import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { files, json, PROJECT, source, SRC } from './support/sources';

type Tree = { [key: string]: string | Tree };

/** `home.title` → the text. */
function flat(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  ) as [string, string][];
}

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

describe('the words', () => {
  const chinese = new Map(flat(zh));
  const english = new Map(flat(en));

  it('have the same keys in both languages, and none is empty', () => {
    assert.deepEqual([...english.keys()], [...chinese.keys()]);
    const empty = [...chinese, ...english].filter(([, text]) => text.trim() === '');
    assert.deepEqual(empty, []);
  });

  it('have the same places to fill in both languages', () => {
    for (const [key, text] of chinese) {
      assert.deepEqual(places(english.get(key) as string), places(text), key);
    }
  });

  it('list the same number of weekdays and wishes', () => {
    for (const key of ['dish.weekdays', 'option.wishes']) {
      const count = (words: Map<string, string>) => words.get(key)?.split(',').length;
      assert.equal(count(english), count(chinese), key);
    }
  });

  it('are all used', () => {
    const all = files('.ts', '.wxml').filter((file) => !file.startsWith('i18n/'));
    const text = all.map(source).join('\n');
    const unused = [...chinese.keys()].filter((key) => {
      const name = key.split('.')[1];
      return !new RegExp(`\\b${name}\\b`).test(text);
    });
    assert.deepEqual(unused, []);
  });
});

/** A file's size in the package, which holds TypeScript as the JavaScript that it compiles to. */
function packedBytes(file: string): number {
  if (!file.endsWith('.ts')) return fs.statSync(path.join(SRC, file)).size;
  const compilerOptions = { target: ts.ScriptTarget.ES2020, removeComments: true };
  return Buffer.byteLength(ts.transpileModule(source(file), { compilerOptions }).outputText);
}

describe('the pages', () => {
  const HANDLER = /\b(?:bind|catch|mut-bind|capture-bind|capture-catch):?[\w]+="(\w+)"/g;
  const WORD = /\bw\.(\w+)\.(\w+)/g;

  it('name only handlers that exist', () => {
    for (const file of files('.wxml')) {
      const own = source(file.replace(/\.wxml$/, '.ts'));
      const code = own.includes('...frame(') ? own + source('utils/frame.ts') : own;
      for (const [, handler] of source(file).matchAll(HANDLER)) {
        assert.match(
          code,
          new RegExp(`\\n {2}(?: {2})?(?:async )?${handler}\\(`),
          `${file} ${handler}`,
        );
      }
    }
  });

  it('name only words that exist and that they were given', () => {
    for (const file of files('.wxml').filter((name) => !name.includes('dish-card'))) {
      const shown = /someWords\(([^)]*)\)/.exec(source(file.replace(/\.wxml$/, '.ts')))?.[1] ?? '';
      for (const [, section, key] of source(file).matchAll(WORD)) {
        assert.ok(
          (zh as Tree)[section] && key in (zh as Record<string, Tree>)[section],
          `${file} ${key}`,
        );
        assert.ok(shown.includes(`'${section}'`), `${file} has no words of ${section}`);
      }
    }
  });

  it('are all registered, with the tab bar’s icons as WeChat wants them', () => {
    const app = json<{
      pages: string[];
      tabBar: { list: { pagePath: string; iconPath: string; selectedIconPath: string }[] };
    }>('app.json');
    for (const page of app.pages) {
      for (const ending of ['.ts', '.json', '.wxml', '.wxss']) {
        assert.ok(fs.existsSync(path.join(SRC, page + ending)), page + ending);
      }
    }
    for (const tab of app.tabBar.list) {
      assert.ok(app.pages.includes(tab.pagePath));
      for (const icon of [tab.iconPath, tab.selectedIconPath]) {
        const bytes = fs.readFileSync(path.join(SRC, icon));
        assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [81, 81], icon);
        assert.ok(bytes.length < 40 * 1024, icon);
      }
    }
  });

  it('use every component they name, and name every component they use', () => {
    for (const file of files('.wxml')) {
      const config = json<{ usingComponents?: Record<string, string> }>(
        file.replace(/\.wxml$/, '.json'),
      );
      const used = new Set([...source(file).matchAll(/<(ui-[\w-]+)/g)].map(([, tag]) => tag));
      assert.deepEqual([...used].sort(), Object.keys(config.usingComponents ?? {}).sort(), file);
    }
  });

  it('never speak to the network themselves', () => {
    const code = files('.ts').filter((file) => !file.endsWith('.d.ts'));
    const outside = code.filter((file) => /\bwx\.(request|login)\b/.test(source(file)));
    assert.deepEqual(outside.sort(), ['services/auth/token.ts', 'services/client/transport.ts']);
  });

  it('stay in the subset of templates that both compilers accept', () => {
    for (const file of files('.wxml')) {
      assert.doesNotMatch(source(file), /\{\{[^}]*(?:\|\||\?|:)\s*\{/, `${file}: object in braces`);
      assert.doesNotMatch(source(file), /<wxs[^>]*src="\//, `${file}: absolute wxs`);
      assert.doesNotMatch(source(file), /<wxs[^>]*[^/]>/, `${file}: wxs belongs in a file`);
    }
  });

  it('fit into WeChat’s 2 MB, by far', () => {
    // The contract's types are for the compiler: nothing of them is packed, however the API grows.
    const packed = files().filter((file) => !file.endsWith('.d.ts'));
    const bytes = packed.reduce((sum, file) => sum + packedBytes(file), 0);
    assert.ok(bytes < 350 * 1024, `${bytes} bytes`);
  });
});

describe('money on the phone', () => {
  const MONEY = /(?:_fen|Fen)$/;
  const ARITHMETIC = new Set([
    ts.SyntaxKind.PlusToken,
    ts.SyntaxKind.MinusToken,
    ts.SyntaxKind.AsteriskToken,
    ts.SyntaxKind.SlashToken,
    ts.SyntaxKind.PercentToken,
    ts.SyntaxKind.AsteriskAsteriskToken,
    ts.SyntaxKind.PlusEqualsToken,
    ts.SyntaxKind.MinusEqualsToken,
    ts.SyntaxKind.AsteriskEqualsToken,
    ts.SyntaxKind.SlashEqualsToken,
    ts.SyntaxKind.PercentEqualsToken,
  ]);

  /** The name a value ends with: `line.amount_fen!` → `amount_fen`. */
  function nameOf(node: ts.Node): string {
    if (ts.isIdentifier(node)) return node.text;
    if (ts.isPropertyAccessExpression(node)) return node.name.text;
    if (ts.isElementAccessExpression(node)) return nameOf(node.argumentExpression);
    if (ts.isStringLiteral(node)) return node.text;
    const inner = (node as Partial<ts.ParenthesizedExpression>).expression;
    return inner && !ts.isCallExpression(node) ? nameOf(inner) : '';
  }

  function sums(code: string): string[] {
    const tree = ts.createSourceFile('x.ts', code, ts.ScriptTarget.ES2020, true);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isBinaryExpression(node) && ARITHMETIC.has(node.operatorToken.kind)) {
        if ([node.left, node.right].some((side) => MONEY.test(nameOf(side)))) {
          found.push(node.getText());
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
    return found;
  }

  it('is found by this check wherever it is computed', () => {
    for (const code of [
      'a.amount_fen + b.amount_fen',
      'total += line.amount_fen',
      'price_fen * quantity',
      '(dish.price_fen) - 1',
      "line['amount_fen'] / 100",
      'totalFen % 100',
      'lines.reduce((sum, line) => sum + line.amount_fen, 0)',
    ]) {
      assert.equal(sums(code).length, 1, code);
    }
    assert.deepEqual(sums('yuan(line.amount_fen) + "元"; price_fen > 0; n + 1'), []);
  });

  it('is never computed', () => {
    for (const file of files('.ts', '.wxs')) assert.deepEqual(sums(source(file)), [], file);
    for (const file of files('.wxml')) {
      assert.doesNotMatch(source(file), /_fen/, `${file}: templates show texts, not fen`);
    }
  });
});

describe('the API’s types', () => {
  it('are those of the contract', () => {
    const written = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'types-')), 'api.d.ts');
    execFileSync(process.execPath, [path.join(PROJECT, 'scripts/types.mjs'), written]);
    const message = 'openapi.json has changed: run `npm run types` and commit the result';
    assert.equal(fs.readFileSync(written, 'utf8') === source('services/api.d.ts'), true, message);
  });
});
