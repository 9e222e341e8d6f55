/**
 * The analyzers, in the order in which they run: one folder and one line each. An analyzer reads the files of one technology and
 * hands what it reads to the rows of the rules (../rules).
 *
 * An analyzer is `{ id, concerns, notice }`, or has `noticeAll` instead of `notice` where it must see several files at once.
 * Syntax trees come from `../syntax` (`withSyntax`), what IAM policies allow from `../iam`.
 */
import type { FindingClass } from '../finding';
import type { Analyzer } from '../types';
import { access } from './access-files';
import { ansibleWith } from './ansible';
import { aspnet } from './code/removed-aspnet-checks';
import { capacity, locks } from './availability';
import { azure } from './azure';
import { assistants } from './assistants/loosened-permissions-and-started-programs';
import { hiddenCharacters } from './hidden-characters';
import { dataTests, scanners, suppressions, tests, thresholds, weakenings } from './checks';
import { ciWith } from './ci';
import { cloudformation } from './cloudformation';
import { code } from './code';
import { compose } from './compose';
import { dataFiles } from './any-settings';
import { dockerWith } from './docker';
import { frameworks } from './framework-settings';
import { helm } from './helm';
import { iam } from './iam';
import { kubernetes } from './kubernetes';
import { libraries } from './library-sources-and-install-scripts';
import { lines } from './lines-of-any-file';
import { linekeeper } from './linekeeper';
import { migrations } from './migrations';
import { npmWith } from './package-scripts';
import { programs } from './cdk-and-pulumi-data-stores';
import { pulumi } from './pulumi-yaml';
import type { NoticeScript } from './judge-new-embedded-scripts';
import { noticeShell, shell } from './shell';
import { secrets } from './secrets';
import { sql } from './sql-and-pg-hba';
import { terraform } from './terraform';

/** Judges shell text in files of other kinds. */
const script: NoticeScript = ({ text, line, shell: language }) =>
  noticeShell(text, line, language === undefined ? {} : { shell: language });
/** The same for text that runs on a disposable machine: a runner, or an image that is being built. */
const throwaway: NoticeScript = ({ text, line, shell: language }) =>
  noticeShell(text, line, { throwaway: true, ...(language === undefined ? {} : { shell: language }) });

/** For classes that a policy asks for with `detect`: nothing of them is looked at elsewhere. */
const ON_DEMAND: Readonly<Partial<Record<FindingClass, readonly Analyzer[]>>> = {
  checks: [tests, dataTests, suppressions, thresholds, scanners, weakenings],
  agents: [assistants, hiddenCharacters],
  availability: [capacity, locks],
};

const lists = new Map<string, readonly Analyzer[]>();

/** Those that run in any case, and those of the classes that are asked for. */
export function analyzersFor(classes: readonly FindingClass[]): readonly Analyzer[] {
  const wanted = [...new Set(classes)].filter((name) => ON_DEMAND[name] !== undefined).sort();
  if (wanted.length === 0) return ANALYZERS;
  const key = wanted.join();
  const known = lists.get(key) ?? [...ANALYZERS, ...wanted.flatMap((name) => ON_DEMAND[name] ?? [])];
  lists.set(key, known);
  return known;
}

export const ANALYZERS: readonly Analyzer[] = [
  access,
  ansibleWith(script),
  aspnet,
  azure,
  ciWith(throwaway),
  cloudformation,
  code,
  compose,
  dataFiles,
  dockerWith(throwaway),
  frameworks,
  helm,
  iam,
  kubernetes,
  libraries,
  lines,
  linekeeper,
  migrations,
  npmWith(script),
  programs,
  pulumi,
  secrets,
  shell,
  sql,
  terraform,
];
