/**
 * Codex's permission profile, rules and filter of variables: https://developers.openai.com/codex/permissions,
 * https://developers.openai.com/codex/rules
 */
import path from 'node:path';
import { absolute, below } from '../../join-paths';
import {
  everywhere,
  exceptionGaps,
  machineFile,
  placed,
  textLiteral,
  toolGaps,
} from '../../native-rules/shared-rule-forms';
import type { CommandPrefix, Dialect, NativeForm, NativeRules, RulesPlace, TomlBlock } from '../../native-rules/types';
import { codex as assistant } from '.';

const NAME = 'linekeeper';

/** Rules are calls in a small language. */
function rulesText({ refusedCommands, askedCommands }: NativeRules): string {
  const row = (prefix: CommandPrefix, decision: 'forbidden' | 'prompt'): string =>
    `prefix_rule(pattern = [${prefix.map(textLiteral).join(', ')}], decision = "${decision}")`;
  return [
    '# Rules of Linekeeper\'s policy. "linekeeper uninstall --enforce" takes this file away.',
    ...refusedCommands.map((prefix) => row(prefix, 'forbidden')),
    ...askedCommands.map((prefix) => row(prefix, 'prompt')),
    '',
  ].join('\n');
}

/** A folder or file that its profile can name; undefined for a pattern that it has no word for. */
function plainPath(pattern: string, rules: NativeRules): string | undefined {
  const { root, inside } = placed(pattern, rules);
  const bare = inside.replace(/\/\*\*$/, '').replace(/^\*\*\//, '');
  if (/[*?[\]]/.test(bare)) return undefined;
  return root === undefined ? bare : below(root, ...bare.split('/'));
}

/** Folders that hold much else than settings of assistants. */
const COMMON_FOLDERS = /^\.(?:github|gitlab|vscode|idea|devcontainer|config)$/;
/** Folders of a repository that its own profile closes. */
const OWN_FOLDERS: readonly string[] = ['.git', '.codex', '.agents'];

/** The folders above a path, from the top of its repository, and the path from there. All are written as it is. */
function insideRepository(
  name: string,
  { roots }: NativeRules,
): { readonly inside: string; readonly above: readonly string[] } | undefined {
  const root = path.isAbsolute(name) ? roots.find((top) => name.startsWith(`${top}/`)) : '';
  if (root === undefined || name.startsWith('~')) return undefined;
  const start = root === '' ? 0 : root.length + 1;
  const ends = [...name.matchAll(/\//g)].map(({ index }) => index).filter((index) => index > start);
  return { inside: name.slice(start), above: ends.map((end) => name.slice(0, end)) };
}

/**
 * Its sandbox on Linux closes an absent path by closing the highest folder that is not there. No command starts where two
 * paths have the same one, or one is in a closed folder: such a folder is named once, if it holds little else.
 */
function nameable(
  wanted: ReadonlyMap<string, string>,
  rules: NativeRules,
  { platform, repositoryRoot, isThere = () => true }: RulesPlace,
): { readonly access: ReadonlyMap<string, string>; readonly unclosed: ReadonlySet<string> } {
  if (platform !== 'linux') return { access: wanted, unclosed: new Set() };
  const [access, unclosed] = [new Map<string, string>(), new Set<string>()];
  const isAbsent = (name: string): boolean => !isThere(path.resolve(repositoryRoot, name));
  for (const [name, right] of wanted) {
    const place = isAbsent(name) ? insideRepository(name, rules) : undefined;
    const folder = place?.above.find(isAbsent);
    if (place === undefined) access.set(name, right);
    else if (
      OWN_FOLDERS.some((closed) => place.inside.startsWith(`${closed}/`)) ||
      place.above.some((above) => wanted.has(above))
    )
      continue;
    else if (folder === undefined) access.set(name, right);
    else if (COMMON_FOLDERS.test(path.basename(folder))) unclosed.add(folder);
    else access.set(folder, 'read');
  }
  return { access, unclosed };
}

/** The rows of a profile, and what of the patterns it can't say, as sentences. */
function filesystem(
  rules: NativeRules,
  place: RulesPlace,
): { readonly lines: readonly string[]; readonly gaps: readonly string[] } {
  const wanted = new Map<string, string>();
  const unnamed: string[] = [];
  for (const [patterns, right] of [
    [rules.closedPaths, 'read'],
    [rules.closedReads, 'deny'],
  ] as const)
    for (const pattern of patterns) {
      const name = plainPath(pattern, rules);
      if (name !== undefined) wanted.set(name, right);
      if (name === undefined || placed(pattern, rules).inside.startsWith('**/'))
        unnamed.push(`${placed(pattern, rules).inside}${name === undefined ? '' : " below the repository's top"}`);
    }
  const { access, unclosed } = nameable(wanted, rules, place);
  const isOutside = (name: string): boolean => name.startsWith('~') || path.isAbsolute(name);
  const rows = (keep: (name: string) => boolean): string[] =>
    [...access].filter(([name]) => keep(name)).map(([name, right]) => `${textLiteral(name)} = "${right}"`);
  return {
    lines: [
      `[permissions.${NAME}]`,
      'extends = ":workspace"',
      `[permissions.${NAME}.filesystem]`,
      ...rows(isOutside),
      `[permissions.${NAME}.filesystem.":workspace_roots"]`,
      ...rows((name) => !isOutside(name)),
    ],
    gaps: [
      ...(unnamed.length === 0 ? [] : [`Its profile has no patterns, so it does not close ${unnamed.join(', ')}.`]),
      ...[...unclosed].map(
        (folder) => `What is closed in ${folder} is not yet, because that folder is not there: doctor adds it later.`,
      ),
    ],
  };
}

function userBlocks(rules: NativeRules, lines: readonly string[]): TomlBlock[] {
  const profile = {
    unless: ['default_permissions', 'sandbox_mode', 'sandbox_workspace_write', `permissions.${NAME}`],
    lost: 'Its config.toml chooses a sandbox already, so closed paths and files are not in it: take out sandbox_mode, sandbox_workspace_write or default_permissions.',
  };
  return [
    { place: 'top', text: `default_permissions = "${NAME}"`, ...profile },
    { place: 'end', text: lines.join('\n'), ...profile },
    ...(rules.hiddenVariables.length === 0
      ? []
      : [
          {
            place: 'end' as const,
            text: `[shell_environment_policy]\nexclude = [${rules.hiddenVariables.map(textLiteral).join(', ')}]`,
            unless: ['shell_environment_policy'],
            lost: `Its config.toml has a shell_environment_policy already: add ${rules.hiddenVariables.join(', ')} to its exclude.`,
          },
        ]),
  ];
}

function managedBlocks(rules: NativeRules, lines: readonly string[], place: RulesPlace): TomlBlock[] {
  const tokens = (prefix: CommandPrefix): string => prefix.map((word) => `{ token = ${textLiteral(word)} }`).join(', ');
  const rows = [
    ...rules.refusedCommands.map((prefix) => [prefix, 'forbidden'] as const),
    ...rules.askedCommands.map((prefix) => [prefix, 'prompt'] as const),
  ].map(
    ([prefix, decision]) =>
      `  { pattern = [${tokens(prefix)}], decision = "${decision}", justification = "The policy of this repository keeps agents from it." },`,
  );
  return [
    {
      place: 'top',
      text: `default_permissions = "${NAME}"`,
      unless: ['default_permissions'],
      lost: 'requirements.toml has default_permissions already, so closed paths are not in the profile that is used.',
    },
    {
      place: 'end',
      text: [...lines, '[allowed_permission_profiles]', `${NAME} = true`, '":read-only" = true'].join('\n'),
      unless: ['allowed_permission_profiles', `permissions.${NAME}`],
      lost: 'requirements.toml has allowed_permission_profiles already, so closed paths are not in a profile.',
    },
    {
      place: 'end',
      text: ['[rules]', 'prefix_rules = [', ...rows, ']'].join('\n'),
      unless: ['rules'],
      lost: 'requirements.toml has rules already, so refused commands are not among them.',
    },
    ...hookBlocks(place),
  ];
}

/** Our hooks, as tables: they need no trust there. */
function hookBlocks(place: RulesPlace): TomlBlock[] {
  const [listed] = assistant.hooks('user', { home: place.home, env: {} });
  if (place.commands === undefined || listed?.kind !== 'listed') return [];
  const tables = listed.entries(place.commands).map(({ at, value }) => {
    const { hooks, ...group } = value as { readonly hooks: readonly Record<string, unknown>[] };
    const pairs = (table: object): string[] =>
      Object.entries(table).map(
        ([key, value]) => `${key} = ${typeof value === 'number' ? String(value) : textLiteral(String(value))}`,
      );
    const name = at.join('.');
    return [`[[${name}]]`, ...pairs(group), ...hooks.flatMap((hook) => [`[[${name}.hooks]]`, ...pairs(hook)])].join(
      '\n',
    );
  });
  return [
    {
      place: 'end',
      text: ['[features]', 'hooks = true', ...tables].join('\n'),
      unless: ['features', 'hooks'],
      lost: 'requirements.toml has features or hooks already, so our hooks are not in it.',
    },
  ];
}

function formOf(rules: NativeRules, place: RulesPlace): NativeForm {
  const { lines, gaps: unclosed } = filesystem(rules, place);
  const gaps = [
    ...exceptionGaps(rules),
    ...unclosed,
    ...(rules.askedPaths.length === 0
      ? []
      : [
          `It can't ask before it changes a file. The policy wants a person asked about ${everywhere(rules.askedPaths, rules).join(', ')}; only Linekeeper's hooks ask.`,
        ]),
    ...toolGaps(rules),
  ];
  if (place.scope === 'managed') {
    const folder = machineFile(place, { linux: 'etc/codex', darwin: 'etc/codex', win32: 'ProgramData/OpenAI/Codex' });
    return {
      files: [{ kind: 'toml', file: below(folder, 'requirements.toml'), blocks: managedBlocks(rules, lines, place) }],
      gaps: [
        ...gaps,
        ...(rules.hiddenVariables.length === 0 ? [] : ["What the administrator writes doesn't filter variables."]),
      ],
    };
  }
  const folder =
    place.scope === 'user'
      ? absolute(place.env['CODEX_HOME'], below(place.home, '.codex'))
      : below(place.repositoryRoot, '.codex');
  return {
    files: [
      { kind: 'file', file: below(folder, 'rules', 'linekeeper.rules'), text: rulesText(rules) },
      { kind: 'toml', file: below(folder, 'config.toml'), blocks: userBlocks(rules, lines) },
    ],
    gaps,
  };
}

export const codex: Dialect = {
  id: assistant.id,
  scopes: ['user', 'project', 'managed'],
  holds:
    'Closed folders and files for its edits, its reads and all programs that its commands start, by its sandbox. Also commands by their beginning, and variables.',
  misses:
    "`git show` reads a closed file from git. On Linux it closes nothing in a `.github` that is not there yet. `env`, `timeout`, `sh -c`, quotes and `$( )` pass the rules about commands. Options (`-s`, `--ignore-rules`, `-c`) and `CODEX_HOME` drop a person's rules; those of `--managed` stay. Its profile has no patterns and asks nothing.",
  verified: 'run',
  formOf,
};
