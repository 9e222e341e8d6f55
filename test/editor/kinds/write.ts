/** Writes the tables of docs/dev/edits.md: `npx tsx test/editor/kinds/write.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withTables } from './render';

const page = path.resolve(import.meta.dirname, '../../../docs/dev/edits.md');
writeFileSync(page, withTables(readFileSync(page, 'utf8')));
