/**
 * The packs, in the order in which they are asked: one folder and one line each.
 *
 * A pack is `{ id, concerns, notice }`, or `noticeAll` in place of `notice` where several files must be seen at once. Syntax trees
 * come from `../syntax` (`withSyntax`), what IAM policies allow from `../iam`. Its examples are its tests: a file
 * `test/danger/examples/<pack>.yml` as `test/danger/examples/README.md` says. The pages of the rules show them too.
 */
import type { Pack } from '../types';
import { access } from './access';
import { ansibleWith } from './ansible';
import { azure } from './azure';
import { ciWith } from './ci';
import { cloudformation } from './cloudformation';
import { code } from './code';
import { compose } from './compose';
import { dockerWith } from './docker';
import { helm } from './helm';
import { iam } from './iam';
import { kubernetes } from './kubernetes';
import { linekeeper } from './linekeeper';
import { migrations } from './migrations';
import { npmWith } from './npm';
import { pulumi } from './pulumi';
import type { NoticeScript } from './scripts';
import { secrets } from './secrets';
import { sql } from './sql';
import { terraform } from './terraform';

/** What judges the shell text in files of other kinds. */
const shell: NoticeScript = () => [];

export const PACKS: readonly Pack[] = [
  access,
  ansibleWith(shell),
  azure,
  ciWith(shell),
  cloudformation,
  code,
  compose,
  dockerWith(shell),
  helm,
  iam,
  kubernetes,
  linekeeper,
  migrations,
  npmWith(shell),
  pulumi,
  secrets,
  sql,
  terraform,
];
