import { once } from '../../lazy-value';
import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'low',
  meaning: 'a removed check before a dangerous step, such as a kill switch or an environment test',
  why: 'Somebody put the check before a dangerous step. Without it, the step runs when it should not.',
  fix: 'Keep the check, or say what protects the step instead.',
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  data: [
    { key: /(?:^|_)dry_?run(?:_enabled|_mode)?$/, before: 'yes', after: 'not yes', stays: true, says: 'It is done for real from now on: {where} {off}.' },
  ],
}));
