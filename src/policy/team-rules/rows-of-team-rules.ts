/** The rows of a team's own rules, as the readers of the built-in rules' rows take them. */
import type { CommandRow, Is, Pattern, SettingRow, StatementRow, TeamCommandRule } from '../../danger/types';
import type { TeamCommand, TeamRule, TeamSetting, TeamStatement, TeamValue } from '../types';
import { matchesWhole } from '../match-wildcards';

/** Longer texts fit no name. UTF-16 code units. */
const TEXT_AT_MOST = 1_000;

/** `*` stands for any characters. */
function wildcard(name: string): (text: string) => boolean {
  return (text) =>
    text.length <= TEXT_AT_MOST &&
    matchesWhole(
      name.length,
      text.length,
      (at) => name.charCodeAt(at) === STAR,
      (at, index) => name.charCodeAt(at) === text.charCodeAt(index),
    );
}
const STAR = 42;

function named(names: readonly string[]): Pattern {
  const all = names.map(wildcard);
  return { test: (text) => all.some((isIt) => isIt(text)) };
}

const valueOf = (value: TeamValue): Is => (typeof value === 'string' ? (value as Is) : named(value.is)); // the schema's words

const settingRow = ({ key, under, before, after, change }: TeamSetting): SettingRow => ({
  key: named(key),
  ...(under === undefined ? {} : { under: named(under) }),
  ...(before === undefined ? {} : { before: valueOf(before) }),
  ...(after === undefined ? {} : { after: valueOf(after) }),
  ...(change === undefined ? {} : { change }),
  says: '',
});

/** `--force` also stands for `--force=yes`. */
const option = (names: readonly string[]): Pattern => named(names.flatMap((name) => [name, `${name}=*`]));

const commandRow = ({ program, verb, ...row }: TeamCommand): Omit<CommandRow, 'does'> => ({
  program: named(program.map((name) => name.toLowerCase())),
  ...(verb === undefined ? {} : { verb: verb.join(', ') }),
  ...(row.with === undefined ? {} : { with: option(row.with) }),
  ...(row.without === undefined ? {} : { without: option(row.without) }),
});

const upper = (words: readonly string[]): readonly string[] => words.map((word) => word.toUpperCase());

const statementRow = ({ verb, of, ...row }: TeamStatement): StatementRow => ({
  verb: upper(verb).join(', '),
  ...(of === undefined ? {} : { of: named(of.map((name) => name.toLowerCase())) }),
  ...(row.with === undefined ? {} : { with: named(upper(row.with)) }),
  ...(row.without === undefined ? {} : { without: named(upper(row.without)) }),
});

interface FileRows {
  readonly settings: readonly SettingRow[];
  readonly statements: readonly StatementRow[];
}

/** The rows of a rule that are about files; null where it has none. */
export function fileRowsOf(rule: TeamRule): FileRows | null {
  const { settings = [], statements = [] } = rule;
  return settings.length + statements.length === 0
    ? null
    : { settings: settings.map(settingRow), statements: statements.map(statementRow) };
}

/** The rules that are about commands. */
export const commandRulesOf = (rules: readonly TeamRule[]): readonly TeamCommandRule[] =>
  rules.flatMap(({ commands = [], rule, class: kind, severity, message, fix }) =>
    commands.length === 0 ? [] : [{ rule, class: kind, severity, message, fix, rows: commands.map(commandRow) }],
  );
