/** The rows about settings of any file (`data`), whose programs spell one name in many ways. */
import type { Subject } from '../rules/types';
import type { Pair } from '../yaml-and-json';
import type { Noticed } from '../types';
import { noticeSetting } from './match-setting-rows';

/** `APP__AUTH_DISABLED`, `authDisabled`, `app::auth-disabled` as words with `_` between them, in lower case. */
export const plainName = (key: string): string =>
  key
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

/** What the rows say of a value that changes in a file that was there before. */
export const noticeInAnyFile = (pair: Pair, subject: Subject): readonly Noticed[] =>
  noticeSetting('data', { ...pair, key: pair.key === '[]' ? '[]' : plainName(pair.key) }, subject);
