import { once } from '../../lazy-value';
import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'critical',
  meaning:
    'a command or program that deletes a whole folder (`rm -r`, `find -delete`, `shutil.rmtree`), outside of build output and temporary folders',
  why: 'The command deletes a whole folder without a question, and you cannot undo it. One wrong variable or space is enough.',
  fix: 'Delete build output by its exact path, or move the folder away and delete it once nobody misses it.',
  instead: 'Remove only the files that you made, by their names; else let the person do it.',
  ofTheMachine: true,
  inScripts: 'named places',
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'delete', under: 'synchronize', after: 'yes', severity: 'medium', says: 'Task "{it}" deletes on the machine what its source does not have.' },
    { key: 'exclusive', under: 'authorized_key', after: 'yes', severity: 'medium', says: 'Task "{it}" removes every key that it does not name.' },
    { key: 'state', under: 'file', of: 'kept', after: /^absent$/, says: 'Task "{it}" deletes {path} with everything in it.' },
  ],
}));
