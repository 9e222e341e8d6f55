/**
 * The packs, in the order in which they are asked: one folder and one line each.
 *
 * A pack is `{ id, concerns, notice }`, or `noticeAll` in place of `notice` where several files must be seen at once.
 * Syntax trees come from `../syntax` (`withSyntax`), what IAM policies allow from `../iam`. Its examples are its tests:
 * a file `test/danger/examples/<pack>.yml` as `test/danger/examples/README.md` says. The pages of the rules show them
 * too.
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
import { frameworks } from './frameworks';
import { helm } from './helm';
import { iam } from './iam';
import { kubernetes } from './kubernetes';
import { linekeeper } from './linekeeper';
import { migrations } from './migrations';
import { npmWith } from './npm';
import { pulumi } from './pulumi';
import type { NoticeScript } from './scripts';
import { noticeShell, shell } from './shell';
import { secrets } from './secrets';
import { sql } from './sql';
import { terraform } from './terraform';

/** Judges the shell text in files of other kinds. */
const script: NoticeScript = ({ text, line }) => noticeShell(text, line);
/** The same where it runs on a machine that goes with it: a runner, or an image that is built. */
const throwaway: NoticeScript = ({ text, line }) => noticeShell(text, line, { throwaway: true });

export const PACKS: readonly Pack[] = [
  access,
  ansibleWith(script),
  azure,
  ciWith(throwaway),
  cloudformation,
  code,
  compose,
  dockerWith(throwaway),
  frameworks,
  helm,
  iam,
  kubernetes,
  linekeeper,
  migrations,
  npmWith(script),
  pulumi,
  secrets,
  shell,
  sql,
  terraform,
];
