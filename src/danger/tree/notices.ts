/** Places a notice in a file. */
import type { Severity } from '../../policy/types';
import type { RuleId } from '../rules';
import type { Noticed } from '../types';
import type { Tree } from './tree';

/** At a line of the new file. */
export const on = (rule: RuleId, { line }: Pick<Tree, 'line'>, message: string, severity?: Severity): Noticed => ({
  rule,
  line,
  side: 'new',
  message,
  ...(severity === undefined ? {} : { severity }),
});
