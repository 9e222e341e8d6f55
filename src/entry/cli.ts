/**
 * What `linekeeper` starts: it picks the program. What runs inside commits and agents' hooks, and frequent commands,
 * are in separate programs that contain nothing that only the others need.
 */
import { verbFirst } from '../cli/arguments/move-verb-first';
import { part } from './code-cache';

/** Their bundles, by the verb. */
const PROGRAMS: Readonly<Record<string, string>> = {
  record: 'record',
  hook: 'hook',
  blame: 'read',
  show: 'read',
  status: 'read',
};

const [word = ''] = verbFirst(process.argv.slice(2));
part(__dirname, `./${Object.hasOwn(PROGRAMS, word) ? String(PROGRAMS[word]) : 'main'}.js`, require);
