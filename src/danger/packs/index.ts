/**
 * The packs, in the order in which they are asked: one folder and one line each.
 *
 * A pack is `{ id, concerns, notice }`, or `noticeAll` in place of `notice` where several files must be seen at once. Syntax trees
 * come from `../syntax` (`withSyntax`), what IAM policies allow from `../iam`. Its examples are its tests: a file
 * `test/danger/examples/<pack>.yml` as `test/danger/examples/README.md` says. The pages of the rules show them too.
 */
import type { Pack } from '../types';
import { code } from './code';
import { migrations } from './migrations';
import { secrets } from './secrets';
import { sql } from './sql';
import { cloudformation } from './cloudformation';
import { compose } from './compose';
import { iam } from './iam';
import { helm } from './helm';
import { kubernetes } from './kubernetes';
import { terraform } from './terraform';

export const PACKS: readonly Pack[] = [kubernetes, helm, cloudformation, iam, compose, terraform, sql, migrations, code, secrets];
