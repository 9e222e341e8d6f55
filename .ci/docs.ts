/** Writes the pages that are made from the code: `npm run docs`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ASSISTANTS_PAGE, assistantsPage } from './docs/assistants';

writeFileSync(path.resolve(import.meta.dirname, '..', ASSISTANTS_PAGE), assistantsPage());
