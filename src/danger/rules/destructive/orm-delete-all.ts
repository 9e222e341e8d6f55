import { plainName } from '../../rule-rows/match-setting-in-any-file';
import { anyOf } from '../../../base/patterns';
import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'code that deletes or updates all rows of a table',
  why: 'The code deletes or overwrites rows. Reverting the change does not restore them.',
  fix: 'Add a condition that names the rows, and keep a copy of them.',
  atOnce: true,
} as const satisfies Rule;

/** Ruby's way to do so one by one, in a program's text. */
export const EACH_ROW = /\.(?:find_)?each\s*\(\s*&:(?:destroy|delete)!?\s*\)/;
export const EVERY_ROW = 'destructive/orm-delete-all: deletes every row of a table';

/** A condition says which, and nobody has counted them: a migration runs by itself, and everywhere. */
export const ROWS_DELETED =
  'destructive/orm-delete-all (medium): The migration deletes rows of {what}: who reverts it does not get them back.';

/** What a program keeps of itself and fills again, by the names of tables and models. */
const MADE_AGAIN = /* @__PURE__ */ anyOf(
  String.raw`cached? content_types? features? flags? flippers? frequency jobs? migrations? permissions? queues? roles? search
  sessions? settings? te?mp tokens?`,
  { before: '(?:^|_)(?:', after: ')(?:$|_)' },
);
export const isMadeAgain = (name: string): boolean => name === '' || MADE_AGAIN.test(plainName(name));
