// Writes the API's types from its contract: `npm run types`. With a path, writes there instead.
import fs from 'node:fs';
import path from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const HERE = import.meta.dirname;
const CONTRACT = path.resolve(HERE, '../../addons/dining_api/openapi.json');
const target = process.argv[2] ?? path.resolve(HERE, '../src/services/api.d.ts');

const HEAD = '/** Written by scripts/types.mjs from addons/dining_api/openapi.json. */\n\n';
const ast = await openapiTS(JSON.parse(fs.readFileSync(CONTRACT, 'utf8')));
fs.writeFileSync(target, HEAD + astToString(ast));
