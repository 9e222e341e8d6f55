/** Forms that several dialects share. */
import { machineFolder } from '../permissions/editor-and-machine-settings-folders';
import { isWindowsPath, withSlashes } from '../../../base/platform';
import type { CommandPrefix, JsonValue, NativeRules, RulesPlace } from './types';

/** `C:\work` as `/c/work`, and any other folder with `/`. */
export const posixPath = (absolute: string): string =>
  isWindowsPath(absolute)
    ? withSlashes(absolute).replace(/^([A-Za-z]):/, (_, drive: string) => `/${drive.toLowerCase()}`)
    : absolute;

/** Characters of a folder's own name that a pattern would read as its own. */
export const literalGlob = (folder: string): string => folder.replace(/[*?[\]{}()!\\]/g, '\\$&');

/** The beginning of patterns in a repository, where they begin at the top of the machine. */
const prefixOf = (root: string): string => `${literalGlob(posixPath(root))}/`;

/** Rules of several repositories as one: their patterns begin at the top of the machine. */
export function machineWide(all: readonly NativeRules[]): NativeRules {
  const sorted = [...all].sort((a, b) => ((a.roots[0] ?? '') < (b.roots[0] ?? '') ? -1 : 1));
  const merged = <T>(of: (rules: NativeRules) => readonly T[]): T[] => [
    ...new Map(sorted.flatMap(of).map((value) => [JSON.stringify(value), value])).values(),
  ];
  const paths = (of: (rules: NativeRules) => readonly string[]): string[] =>
    merged((rules) =>
      of(rules).map((pattern) => (/^[~/]/.test(pattern) ? pattern : `${prefixOf(rules.roots[0] ?? '')}${pattern}`)),
    );
  return {
    roots: merged(({ roots }) => roots),
    closedPaths: paths((rules) => rules.closedPaths),
    askedPaths: paths((rules) => rules.askedPaths),
    openInside: paths((rules) => rules.openInside),
    closedReads: paths((rules) => rules.closedReads),
    askedReads: paths((rules) => rules.askedReads),
    refusedCommands: merged((rules) => rules.refusedCommands),
    askedCommands: merged((rules) => rules.askedCommands),
    refusedTools: merged((rules) => rules.refusedTools),
    askedTools: merged((rules) => rules.askedTools),
    hiddenVariables: merged((rules) => rules.hiddenVariables),
  };
}

/** The repository that a pattern is about, and the pattern from its top; no root for one of the home folder. */
export function placed(pattern: string, { roots }: NativeRules): { readonly root?: string; readonly inside: string } {
  const root = roots.find((one) => pattern.startsWith(prefixOf(one)));
  return root === undefined ? { inside: pattern } : { root, inside: pattern.slice(prefixOf(root).length) };
}

/** Patterns for an assistant whose patterns begin at the top of whatever repository it works in. */
export const everywhere = (patterns: readonly string[], rules: NativeRules): string[] => [
  ...new Set(patterns.map((pattern) => placed(pattern, rules).inside)),
];

/** Programs whose own options may stand before the verb: `terraform -chdir=prod destroy`. */
const OPTIONS_FIRST = /^(?:terraform|tofu|terragrunt|kubectl|oc|helm|git|gcloud|aws|az|docker|podman)$/;

/** A beginning of commands as patterns with `*`: alone, with what follows, and after options of the program. */
export function commandPatterns(prefix: CommandPrefix): string[] {
  const text = prefix.join(' ');
  const [program = '', ...rest] = prefix;
  const after = OPTIONS_FIRST.test(program) && rest.length > 0 ? [`${program} -* ${rest.join(' ')}`] : [];
  return [text, `${text} *`, ...after.flatMap((one) => [one, `${one} *`])];
}

/** The file in a program's machine-wide folder. `names`: its folders on Linux, macOS and Windows. */
export const machineFile = (
  { platform, top }: RulesPlace,
  names: { readonly linux: string; readonly darwin: string; readonly win32: string },
): string => machineFolder({ platform, top }, names) ?? top;

/** What an assistant without exceptions in its rules closes more than the policy does. */
export const exceptionGaps = (rules: NativeRules): string[] =>
  rules.openInside.length === 0
    ? []
    : [
        `It knows no exceptions: where ${everywhere(rules.openInside, rules).join(', ')} lies inside of a closed path, its rules close it, though the policy leaves it open.`,
      ];

/** What an assistant does whose patterns name no repository. */
export const EVERY_REPOSITORY = 'Its paths name no repository, so they are closed in every repository.';

/** What an assistant does not hold that has no rules about servers' tools. */
export const toolGaps = ({ refusedTools, askedTools }: NativeRules): string[] =>
  refusedTools.length + askedTools.length === 0 ? [] : ["Its rules don't know tools of servers."];

/** A text as a string of JSON, TOML, YAML and Starlark: all of them read this. */
export const textLiteral = (text: string): string => JSON.stringify(text);

/** A new JSON file with these values. */
export function jsonOf(values: readonly JsonValue[]): string {
  const root = new Map<string, unknown>();
  for (const entry of values) {
    const above = entry.at.slice(0, -1).reduce((here, key) => {
      const inner = here.get(key);
      const table = inner instanceof Map ? (inner as Map<string, unknown>) : new Map<string, unknown>();
      here.set(key, table);
      return table;
    }, root);
    const last = entry.at.at(-1) ?? '';
    const list = above.get(last);
    above.set(last, 'item' in entry ? [...(Array.isArray(list) ? (list as unknown[]) : []), entry.item] : entry.value);
  }
  return `${JSON.stringify(root, (_, value: unknown) => (value instanceof Map ? Object.fromEntries(value as Map<string, unknown>) : value), 2)}\n`;
}
