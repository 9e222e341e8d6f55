/**
 * A door of its own, since the guard of commands needs none of the analyzers. What a command would destroy, or to whom it
 * would give access: rules over the simple commands that the shell reader finds. One file for each family of programs,
 * one line in `program-family-by-name.ts`.
 */
import { oneLine } from '../one-line';
import { factOf } from '../rule-rows/facts-from-sentences';
import { goesNowhere, INTERPRETERS, mayRunFile, takesOf, type Reads, type Invocation } from '../shell';
import { fitsCommand, hasRows, noticeCommand } from '../rule-rows/match-command-rows';
import type { TeamCommandRule } from '../types';
import { classOf, RULES, type RuleId } from '../rules';
import type { FindingClass, Severity } from '../finding';
import { callOf, nameOfCall, type Call, type CallPlace, type CommandNotice, type Loses } from './program-call';
import { familyOf, hasFamily } from './program-family-by-name';
import { inCode } from './dangers-in-program-text';
import { carriesSql, sqlInOptions } from './sql-passed-by-cloud-programs';
import { lossByUnknown } from './losses-by-unknown-programs';
import { namedObject } from './object-named-by-command';
import { scriptTool } from './migration-tools';
import { FORK_BOMB, writesToTelling, written } from './system-administration-programs';
import { destroyPlan, terraform, TERRAFORM } from './terraform';

/** Runs that only show what they would do. */
const HELP = /^(?:--help|-help|-\?|\/\?|--usage)$/;
/** `--dry-run`, and its other names. */
const DRY =
  /^(?:--?dry[-_]?run|--dry[-_]run=(?!none$|false$|0$).*|-whatif|--what-if|--noop|--simulate|--pretend|--dump-sql|--just-print|--recon|--preview(?:-only)?|--dry)$/i;
const SHOWS = /^--?(?:preview|what-?if|no-?op|simulate|explain)(?:=(?!false$|0$|no$|none$).*)?$/i;
/** Programs for which `-h` does not mean help. */
const H_IS_HOST =
  /^(?:psql|mysql|mariadb|mongo|mongosh|pg_restore|dropdb|dropuser|clickhouse(?:-client)?|rm|chmod|chown|du|ls|df|sudo|shutdown|docker|snowsql|influx|cqlsh|ipmi-?power)$/;
/** What stands behind `-h` where it takes a host, in programs that nobody listed. */
const HOST = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/;
const isHelp = (name: string, given: readonly string[]): boolean =>
  given.includes('-h') &&
  !H_IS_HOST.test(name) &&
  !takesOf(name).includes('-h') &&
  !HOST.test(given[given.indexOf('-h') + 1] ?? '');
/** A single letter that means a dry run. */
const LETTER: Readonly<Record<string, RegExp>> = {
  rsync: /^-[a-zA-Z]*n/,
  make: /^-[a-zA-Z]*n[a-zA-Z]*$/,
  gmake: /^-[a-zA-Z]*n[a-zA-Z]*$/,
  rclone: /^-n$/,
  s3cmd: /^-n$/,
  apt: /^(?:-s|--just-print|--no-act)$/,
  'apt-get': /^(?:-s|--just-print|--no-act)$/,
  'ansible-playbook': /^(?:-C|--check|--syntax-check|--list-tasks|--list-hosts)$/,
  ansible: /^(?:-C|--check)$/,
  restic: /^-n$/,
  borg: /^-n$/,
  bq: /^--dry_run/,
  helm: /^--dry-run/,
  salt: /^test=true$/i,
};

/** Programs whose service may be an emulator's on this machine, and what says that it is. */
const EMULATED = /^(?:gcloud|firebase|bq|gsutil|cbt|az|wrangler)$/;
const ON_EMULATOR =
  /^\w*EMULATOR_HOST=(?:localhost|127\.|\[::1\]|0\.0\.0\.0)|UseDevelopmentStorage=true|^--local$|^https?:\/\/(?:localhost|127\.0\.0\.1):10000\//;

function isHarmless({ name, args, invocation }: Call): boolean {
  const end = args.indexOf('--');
  const given = end < 0 ? args : args.slice(0, end);
  if (args.length === 1 && /^--?version$/.test(args[0] ?? '')) return true;
  if (given.some((text) => HELP.test(text) || DRY.test(text) || SHOWS.test(text))) return true;
  if (isHelp(name, given)) return true;
  const [first] = given.filter((text) => !text.startsWith('-'));
  if (first === 'help' || (name === 'aws' && given.at(-1) === 'help')) return true;
  if (EMULATED.test(name) && [...invocation.assignments, ...args].some((text) => ON_EMULATOR.test(text))) return true;
  const letter = Object.hasOwn(LETTER, name) ? LETTER[name] : undefined;
  return letter !== undefined && given.some((text) => letter.test(text));
}

export { insteadOf } from './advice-for-agents';
export { toolDangers, type ToolCall } from '../tools';
export { callOf, type Call, type Loses } from './program-call';
export { knowsProgram } from './is-known-program';
export { isEveryday } from './losses-by-unknown-programs';
export { requestOf, requestsInCode, type SentRequest } from './read-http-requests';
export { fitsCommand } from '../rule-rows/match-command-rows';
export { ByName, GroupsByName, namesOfGroup, type NamesOfGroup } from '../rule-rows/rows-by-name';
export { once } from '../lazy-value';
export { entriesOf } from '../tools/code-in-tool-input';
export { wordsOf } from '../identifier-words';
export { statementsOf } from '../sql';
export { privateKeysIn } from '../known-secrets/private-keys';
export { tokensIn } from '../known-secrets/vendor-tokens';

/** What a rule noticed in one program of a command. */
export interface CommandDanger<Rule extends string = string> {
  readonly rule: Rule;
  readonly class: FindingClass;
  readonly severity: Severity;
  /** One sentence; names from the command are short and on one line. */
  readonly message: string;
  /** What it does, as the end of a sentence: `destroys everything that Terraform manages here`. */
  readonly does?: string;
  /** Files or folders, absolute, wildcards included: it is dangerous only where a reviewed tier covers one of them. */
  readonly places?: readonly string[];
  /** Only those that exist count. */
  readonly existing?: true;
  /** What git may not be able to bring back, at `places` or in the whole work tree. */
  readonly loses?: Loses;
  /** The row that found it, or the name of the fact. */
  readonly row?: object | string;
  /** What to do instead, where a team's own rule says it. */
  readonly instead?: string;
}

/** What a team's own rules say of one program of a command. */
export function findByTeam(
  invocation: Invocation,
  place: CallPlace,
  rules: readonly TeamCommandRule[],
): readonly CommandDanger[] {
  if (rules.length === 0) return [];
  const call = callOf(invocation, place);
  if (call.name === '' || isHarmless(call)) return [];
  return rules
    .filter(({ rows }) => rows.some((row) => fitsCommand(row, call)))
    .map(({ rule, class: kind, severity, message, fix }) => ({
      rule,
      class: kind,
      severity,
      message: `"${shown(call)}": ${oneLine(message)}`,
      ...(fix === null ? {} : { instead: oneLine(fix) }),
    }));
}

/** Judges the programs of one command, one after the other. */
export class CommandRules {
  private readonly destroyPlans = new Set<string>();

  /** `unknown`: whether programs that no rule knows are judged by their words. */
  constructor(private readonly unknown: 'judged' | 'left' = 'left') {}

  /** `byTeam`: whether a rule of the policy's own finds something in it, which says more than its words. */
  of(invocation: Invocation, place: CallPlace, reads: Reads, byTeam = false): readonly CommandDanger<RuleId>[] {
    const isAsked = mayBeDangerous(invocation);
    if (!isAsked && this.unknown === 'left') return [];
    const call = callOf(invocation, place);
    const notices = isAsked ? this.noticed(call, reads) : [];
    const found =
      notices.length === 0 && !byTeam && this.unknown === 'judged' && isOpen(call) && !isHarmless(call)
        ? listOf(lossByUnknown(call))
        : notices;
    return found.map((notice) => dangerOf(call, this.unknown === 'judged' ? withObject(call, notice) : notice));
  }

  private noticed(call: Call, reads: Reads): readonly CommandNotice[] {
    const { name } = call;
    const into = listOf(call.invocation.outputs.length > 0 || name === 'tee' ? written(call) : undefined);
    if (name === '' || isHarmless(call)) return into;
    if (TERRAFORM.test(name)) {
      const plan = destroyPlan(call);
      if (plan !== undefined) this.destroyPlans.add(plan);
      return [...into, ...listOf(terraform(call, this.destroyPlans))];
    }
    const family = familyOf(name) ?? familyOf(name.replace(/\..*$/, ''));
    const byRow = noticeCommand(call);
    const byFamily = listOf(byRow ?? family?.(call));
    const judged = byFamily.length > 0 ? byFamily : sqlInOptions(call);
    if (!takesCode(name)) return [...into, ...judged];
    return [...into, ...judged, ...listOf(scriptTool(call)), ...inCode(call, reads)];
  }
}

/** Whether no family has judged it in its own way; that of the clouds knows verbs alone. */
const isOpen = ({ name }: Call): boolean =>
  name !== '' && !TERRAFORM.test(name) && !takesCode(name) && !hasFamily(name);

const takesCode = (name: string): boolean =>
  INTERPRETERS.test(name) || mayRunFile(name) || /^(?:groovy|emacs|tsx|ts-node|jshell|rscript)$/.test(name);

/** The same, by a program's word. */
const askedAbout = new Map<string, boolean>();
const KNOWN_AT_MOST = 2000;

/** Whether any rule asks about a program. Most programs of a script are no rule's business. */
export const mayBeDangerous = (invocation: Invocation): boolean =>
  !invocation.outputs.every(goesNowhere) || isAskedAbout(invocation);

/** The same in a script, which may overwrite its own files. */
export const mayBeDangerousInScript = (invocation: Invocation): boolean =>
  writesToTelling(invocation) || isAskedAbout(invocation);

function isAskedAbout(invocation: Invocation): boolean {
  const word = invocation.words[0]?.text ?? '';
  let asked = askedAbout.get(word);
  if (asked === undefined) {
    const name = nameOfCall(invocation);
    asked =
      name !== '' &&
      (name === 'tee' ||
        TERRAFORM.test(name) ||
        familyOf(name) !== undefined ||
        familyOf(name.replace(/\..*$/, '')) !== undefined ||
        hasRows(name) ||
        carriesSql(name) ||
        takesCode(name));
    if (askedAbout.size >= KNOWN_AT_MOST) askedAbout.clear();
    askedAbout.set(word, asked);
  }
  return asked;
}

const listOf = (found: readonly CommandNotice[] | CommandNotice | undefined): readonly CommandNotice[] =>
  found === undefined ? [] : 'rule' in found ? [found] : found;

/** Rules whose sentences name a place, a branch or a statement's object. */
const NAMES_IT = /^destructive\/(?:fs|git|remote|tf|linekeeper|sql)-/;

/** Says of a deletion that names nothing what the command names. */
const withObject = (call: Call, notice: CommandNotice): CommandNotice =>
  notice.places !== undefined || (NAMES_IT.test(notice.rule) && call.name !== 'pg_restore') || takesCode(call.name)
    ? notice
    : { ...notice, does: `${notice.does}${namedObject(call, notice.does)}` };

function dangerOf(
  call: Call,
  { rule, does, severity, places, existing, loses, row }: CommandNotice,
): CommandDanger<RuleId> {
  return {
    rule,
    class: classOf(rule),
    severity: severity ?? RULES[rule].severity,
    message: `"${shown(call)}" ${oneLine(does)}`,
    does: oneLine(does),
    ...(places ? { places } : {}),
    ...(existing ? { existing } : {}),
    ...(loses ? { loses } : {}),
    ...(row === undefined ? {} : { row }),
  };
}

/** The command, shortened. */
function shown({ invocation }: Call): string {
  const words = invocation.words.map((word) => (word.open && word.text === '' ? '…' : word.text));
  return oneLine(words.join(' '), 80) || '>';
}

/** The danger of a command that takes away what git can't bring back. `message`: one sentence that says what. */
export function dangerOfLoss(message: string): CommandDanger {
  const rule = 'destructive/git-discard';
  return { rule, message, class: classOf(rule), severity: 'medium' };
}

/** What only the text as a whole shows. */
export function inWholeText(command: string): readonly CommandDanger<RuleId>[] {
  if (!FORK_BOMB.test(command.slice(0, 10_000))) return [];
  const {
    rule,
    message,
    row = '',
  } = factOf('destructive/system-down (high): This starts itself again and again until the machine stands still');
  return [{ rule, message, row, class: classOf(rule), severity: RULES[rule].severity }];
}
