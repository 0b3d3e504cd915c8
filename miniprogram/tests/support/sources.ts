/** The mini-program's source files, for checks that read them. */
import fs from 'node:fs';
import path from 'node:path';

export const PROJECT = path.resolve(__dirname, '../../..');
export const SRC = path.join(PROJECT, 'src');

/** Every file below `src/`, with a path from there. */
export function files(...endings: string[]): string[] {
  return fs
    .readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => endings.length === 0 || endings.some((ending) => file.endsWith(ending)))
    .filter((file) => fs.statSync(path.join(SRC, file)).isFile());
}

export function source(file: string): string {
  return fs.readFileSync(path.join(SRC, file), 'utf8');
}

export function json<T>(file: string): T {
  return JSON.parse(source(file)) as T;
}
