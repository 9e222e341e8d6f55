/** Reads the rows about commands: program, verb, with, without. */
import { plain, type Call, type CommandNotice } from '../commands/program-call';
import { fits } from '../commands/match-family-rows';
import { doesInCloud, objectOfCmdlet, operandOf } from '../commands/describe-losses';
import { takesOf } from '../shell';
import { COMMANDS } from '../rules/order-of-rows';
import type { RuleId } from '../rules';
import type { CommandRow } from '../rules/types';
import { programsOfRows } from './programs-of-rows';
import { GroupsByName, isNamed } from './rows-by-name';
import { once } from '../lazy-value';
import { filled } from './fill-sentence';

interface Entry {
  readonly rule: RuleId;
  readonly row: CommandRow;
}

const rows = once(
  () =>
    new GroupsByName<Entry>(
      COMMANDS.map(
        ([rule, commands]) =>
          () =>
            commands().map((row) => ({ rule, row })),
      ),
      programsOfRows(),
      ({ row }) => row.program,
    ),
);

/** Whether a row is about programs by this name. */
export const hasRows = (name: string): boolean =>
  rows().of(name).length > 0 || rows().of(name.replace(/\..*$/, '')).length > 0;

/** What the first row that fits says of a command. */
export function noticeCommand(call: Call): CommandNotice | undefined {
  const known = rows().of(call.name);
  const name = known.length > 0 ? call.name : call.name.replace(/\..*$/, '');
  const entries = known.length > 0 ? known : rows().of(name);
  if (entries.length === 0) return undefined;
  const words = plain(call, takesOf(name));
  const line = call.args.join(' ');
  const entry = entries.find(({ row }) => fits(row, call, words, line));
  if (entry === undefined) return undefined;
  const { rule, row } = entry;
  return {
    rule,
    row,
    does: inWords(row.does, call),
    ...(row.severity === undefined ? {} : { severity: row.severity }),
  };
}

/** `{does}`: what a program of a cloud does, to what; `{what}`: what a cmdlet is about; `{name}`: a blank and its last operand. */
const inWords = (does: string, call: Call): string =>
  does.includes('{')
    ? filled(does, {}, (gap) =>
        gap === 'does'
          ? doesInCloud(call)
          : gap === 'what'
            ? objectOfCmdlet(call)
            : gap === 'name'
              ? operandOf(call)
              : undefined,
      )
    : does;

/** Whether a command is what a row of a team's own rule is about. */
export const fitsCommand = (row: Omit<CommandRow, 'does'>, call: Call): boolean =>
  isNamed(row.program, call.name) && fits(row, call, plain(call, takesOf(call.name)), call.args.join(' '));
