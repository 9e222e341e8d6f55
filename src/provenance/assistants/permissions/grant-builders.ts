/** Helpers shared by the auditors. */
import { listOf, objectOf, type Json } from '../hook-payloads/payload-fields';
import { commandIn, reachOf } from './judge-trusted-command-pattern';
import { SWITCHES } from '../hook-switches';
import type { Allowed, Grant } from './types';

type Key = readonly (string | number)[];

/** The value at a key; undefined where there is none. */
function valueAt(settings: Json, key: readonly string[]): unknown {
  return key.reduce<unknown>(
    (value, name) => (Object.hasOwn(objectOf(value), name) ? objectOf(value)[name] : undefined),
    settings,
  );
}

/** What a grant means where a setting has nothing of its own to say. */
const SAYS: Readonly<Record<Grant, string>> = {
  everything: 'Every tool is used without asking.',
  shell: 'Any command is run without asking.',
  commands: 'Calls that it holds for safe are made without asking.',
  edits: 'Files are changed without asking.',
  unsandboxed: 'Its commands run without a sandbox.',
  'no-hooks': 'No hooks are run, so nothing is recorded and nothing is held back.',
};

/** One finding when the value at `key` is one of `values`. */
export function when(
  settings: Json,
  key: readonly string[],
  values: readonly unknown[],
  grant: Grant,
  mend: string,
  says = SAYS[grant],
): Allowed[] {
  const value = valueAt(settings, key);
  return values.includes(value) ? [{ grant, key, value: JSON.stringify(value), says, mend }] : [];
}

/** A setting that switches hooks off. */
export const whenNoHooks = (settings: Json, key: readonly string[], off: boolean, mend = 'Take it out.'): Allowed[] =>
  when(settings, key, [off], 'no-hooks', mend);

/** What the table of switches says of an assistant's settings. */
export const whenSwitchedOff = (settings: Json, id: string): Allowed[] =>
  SWITCHES.filter((row) => row.id === id).flatMap((row) =>
    row.settings.flatMap(({ key, off }) => whenNoHooks(settings, key, off)),
  );

/** Judges a list of rules such as `Bash(terraform:*)`; `edits` are tools that write files. */
export function rules(
  settings: Json,
  key: readonly string[],
  tools: { readonly shell: readonly string[]; readonly edits: readonly string[] },
): Allowed[] {
  return listOf(valueAt(settings, key)).flatMap((rule, index): Allowed[] => {
    if (typeof rule !== 'string') return [];
    const at = [...key, index];
    if (/^\*+$/.test(rule.trim()))
      return [
        {
          grant: 'everything',
          key: at,
          value: rule,
          says: 'Every tool is used without asking.',
          mend: 'Take this rule out, and name what may go unasked.',
        },
      ];
    const command = commandIn(rule, tools.shell);
    if (command !== undefined) return command_(command, rule, at);
    const edited = commandIn(rule, tools.edits);
    return edited !== undefined && /^(?:\*+|\/?\*\*(?:\/\*+)?|\.\/\*\*|\/\/\*\*)$/.test(edited)
      ? [
          {
            grant: 'edits',
            key: at,
            value: rule,
            says: 'Any file is changed without asking.',
            mend: 'Name the folders that may be changed unasked.',
          },
        ]
      : [];
  });
}

/** Judges a list of commands, or of patterns for them. */
export function commands(
  settings: Json,
  key: readonly string[],
  meaning: (entry: string) => string = (entry) => entry,
): Allowed[] {
  return listOf(valueAt(settings, key)).flatMap((entry, index) =>
    typeof entry === 'string' ? command_(meaning(entry), entry, [...key, index]) : [],
  );
}

function command_(command: string, value: string, key: Key): Allowed[] {
  const reach = reachOf(command);
  if (reach === 'anything')
    return [
      {
        grant: 'shell',
        key,
        value,
        says: 'Any command is run without asking.',
        mend: 'Take this rule out, and name the commands that may go unasked.',
      },
    ];
  if (reach === 'harm')
    return [
      {
        grant: 'commands',
        key,
        value,
        says: 'Commands that can do harm are run without asking.',
        mend: 'Narrow it down to the words that only read, such as `plan`, `status` or `get`, or take it out.',
      },
    ];
  return [];
}

/** One command pattern at a key. */
export const commandAt = command_;
