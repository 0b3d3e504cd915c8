/** Loads modules afresh, so that no test meets what another has left in them. */
import { createRequire } from 'node:module';
import path from 'node:path';

const modules = createRequire(__filename);

const SRC = path.resolve(__dirname, '../../src');

/** `load('services/client/index')` as if the mini-program had just started. */
export function load<T>(module: string): T {
  return modules(path.join(SRC, module)) as T;
}

/** Forgets every module of the mini-program, as when it is closed. */
export function restart(): void {
  for (const file of Object.keys(modules.cache)) {
    if (file.startsWith(SRC)) delete modules.cache[file];
  }
}
