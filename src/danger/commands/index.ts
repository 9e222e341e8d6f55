/**
 * A door of its own, since the guard of commands needs none of the packs. What a command would destroy, or to whom it
 * would give access: rules over the simple commands that the shell reader finds. One file for each family of programs,
 * one line in `families.ts`.
 */
import { factOf } from '../rows/facts';
import { INTERPRETERS, type Reads } from '../../shell';
import { noticeCommand } from '../rows/commands';
import { classOf, RULES, type RuleId } from '../rules';
import type { FindingClass, Severity } from '../../policy/types';
import { callOf, type Call, type CallPlace, type CommandNotice, type Loses } from './call';
import { FAMILIES } from './families';
import { inCode } from './code';
import { isHarmless } from './harmless';
import { sqlInOptions } from './sql-in-options';
import { scriptTool } from './migrations';
import { FORK_BOMB, written } from './system';
import { destroyPlan, terraform, TERRAFORM } from './terraform';
import type { Invocation } from '../../shell';

export { insteadOf } from './advice';
export { toolDangers, type ToolCall } from '../tools';
export type { Loses } from './call';

/** What a rule noticed in one program of a command. */
export interface CommandDanger {
  readonly rule: RuleId;
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
}

/** Judges the programs of one command, one after the other. */
export class CommandRules {
  private readonly destroyPlans = new Set<string>();

  of(invocation: Invocation, place: CallPlace, reads: Reads): readonly CommandDanger[] {
    const call = callOf(invocation, place);
    return this.noticed(call, reads).map((notice) => dangerOf(call, notice));
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
    const family = Object.hasOwn(FAMILIES, name)
      ? FAMILIES[name]
      : Object.hasOwn(FAMILIES, name.replace(/\..*$/, ''))
        ? FAMILIES[name.replace(/\..*$/, '')]
        : undefined;
    const byRow = noticeCommand(call);
    const byFamily = listOf(byRow ?? family?.(call));
    const own = byFamily.length > 0 ? byFamily : sqlInOptions(call);
    if (!INTERPRETERS.test(name) && !/^(?:groovy|emacs|tsx|ts-node|jshell|rscript)$/.test(name))
      return [...into, ...own];
    return [...into, ...own, ...listOf(scriptTool(call)), ...inCode(call, reads)];
  }
}

const listOf = (found: readonly CommandNotice[] | CommandNotice | undefined): readonly CommandNotice[] =>
  found === undefined ? [] : 'rule' in found ? [found] : found;

function dangerOf(call: Call, { rule, does, severity, places, existing, loses, row }: CommandNotice): CommandDanger {
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
  const text = oneLine(invocation.words.map((word) => (word.open && word.text === '' ? '…' : word.text)).join(' '));
  return text.length > 80 ? `${text.slice(0, 79)}…` : text === '' ? '>' : text;
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** What only the text as a whole shows. */
export function inWholeText(command: string): readonly CommandDanger[] {
  if (!FORK_BOMB.test(command.slice(0, 10_000))) return [];
  const { rule, message, row = '' } = factOf('this starts itself again and again');
  return [{ rule, message, row, class: classOf(rule), severity: RULES[rule].severity }];
}
