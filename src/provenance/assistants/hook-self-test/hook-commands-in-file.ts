/** Our commands in a hook file, verbatim: what an assistant would run, not what we would write today. */
import path from 'node:path';
import { getNodeValue, parseTree } from 'jsonc-parser';
import { attempt, isWindows } from '../../../base/platform';
import { isOurCommand } from '../setup/hook-commands';

/** A command of ours. */
export interface FoundHook {
  readonly event: string;
  /** For the shell that the assistant uses here. */
  readonly command: string;
}

/** In the file's order. A file that cannot be parsed has none. */
export function hooksIn(file: string, text: string, assistant: string): FoundHook[] {
  if (text.startsWith('#!'))
    return !isWindows() && isOurCommand(text, assistant)
      ? [{ event: path.basename(file), command: `exec '${file.replaceAll("'", `'\\''`)}'` }]
      : [];
  // one for each system: Cline passes over the other's
  if (file.endsWith('.ps1'))
    return isWindows() && isOurCommand(text, assistant)
      ? [
          {
            event: path.basename(file, '.ps1'),
            command: `powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "${file}"`,
          },
        ]
      : [];
  if (file.endsWith('.js')) return inScript(text, assistant);
  const root = parseTree(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true });
  return root === undefined ? [] : inValue(JSON.parse(JSON.stringify(getNodeValue(root) ?? null)), '', assistant);
}

/** Constants of our plugin: each holds a command for each shell. */
function inScript(text: string, assistant: string): FoundHook[] {
  return [...text.matchAll(/^const (\w+) = (\{$[^]*?^\});$/gm)].flatMap(([, event = '', json = '']) => {
    return attempt(() => inValue(JSON.parse(json), event, assistant), []);
  });
}

type Table = Readonly<Record<string, unknown>>;

/** The event is the nearest key above a list, unless the entry itself names its event. */
function inValue(value: unknown, event: string, assistant: string): FoundHook[] {
  if (Array.isArray(value)) return value.flatMap((item) => inValue(item, event, assistant));
  if (typeof value !== 'object' || value === null) return [];
  const table = value as Table; // it is not a list
  const when = table['when'];
  const named = [
    table['trigger'],
    typeof when === 'object' && when !== null ? (when as Table)['type'] : undefined,
  ].find((name) => typeof name === 'string');
  const here = isWindows() ? [table['commandWindows'], table['powershell']] : [];
  const ownCommand = [...here, table['command'], table['bash'], table['sh']].find(
    (command) => typeof command === 'string' && isOurCommand(command, assistant),
  );
  if (typeof ownCommand === 'string')
    return [{ event: typeof named === 'string' ? named : event, command: ownCommand }];
  return Object.entries(table).flatMap(([key, inner]) =>
    inValue(
      inner,
      typeof named === 'string' ? named : Array.isArray(inner) && key !== 'hooks' ? key : event,
      assistant,
    ),
  );
}
