/** What `make TARGET` and a package's scripts run, according to their files in the repository. */
import type { ReadScript } from './readers-of-scripts-and-aliases';

const MOST_DEEP = 5;
const MOST_INCLUDED = 20;
const LONGEST = 200_000;
const ASSIGNS = /^([A-Za-z_]\w*)\s*[:?+]?=\s*(.*)$/;

/** The recipe lines that a call of `make` runs. */
export function targetTexts(args: readonly string[], read: ReadScript): string[] {
  const value = (option: RegExp): string | undefined => args.find((_, index) => option.test(args[index - 1] ?? ''));
  const folder = value(/^(?:-C|--directory)$/);
  const at = (name: string): string => (folder === undefined ? name : `${folder}/${name}`);
  const file = value(/^(?:-f|--file|--makefile)$/);
  const text = (file === undefined ? ['GNUmakefile', 'Makefile', 'makefile'] : [file])
    .map((name) => read(at(name)))
    .find((one) => one !== undefined)
    ?.slice(0, LONGEST);
  if (text === undefined) return [];
  const included = [...text.matchAll(/^-?include[ \t]+([^\n#]+)/gm)]
    .flatMap(([, names = '']) => names.trim().split(/\s+/))
    .slice(0, MOST_INCLUDED)
    .map((name) => read(at(name)) ?? '');
  const rules = rulesOf([text, ...included].join('\n').slice(0, LONGEST));
  const wanted = args.filter(
    (arg, index) =>
      !arg.startsWith('-') &&
      !arg.includes('=') &&
      !/^(?:-C|--directory|-f|--file|--makefile|-j|-l|-I|-o|-W)$/.test(args[index - 1] ?? ''),
  );
  const variables = new Map([
    ...rules.variables,
    ...args.flatMap((arg) =>
      ASSIGNS.test(arg) ? [[arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)] as const] : [],
    ),
  ]);
  const seen = new Set<string>();
  const lines = (name: string, depth: number): string[] => {
    const rule = rules.byName.get(name);
    if (rule === undefined || seen.has(name) || depth > MOST_DEEP) return [];
    seen.add(name);
    return [
      ...rule.needs.flatMap((need) => lines(need, depth + 1)),
      ...rule.lines.map((line) => valued(line, variables)),
    ];
  };
  return (wanted.length > 0 ? wanted : [rules.first]).flatMap((name) => lines(name, 0));
}

interface Rules {
  readonly first: string;
  readonly byName: ReadonlyMap<string, { readonly needs: readonly string[]; readonly lines: string[] }>;
  readonly variables: ReadonlyMap<string, string>;
}

function rulesOf(text: string): Rules {
  const byName = new Map<string, { readonly needs: readonly string[]; readonly lines: string[] }>();
  const variables = new Map<string, string>();
  let current: string[] | undefined;
  let first = '';
  for (const line of text.replace(/\\\n\s*/g, ' ').split('\n')) {
    if (line.startsWith('\t')) {
      current?.push(line.replace(/^\s*[@+-]*\s*/, ''));
      continue;
    }
    const [, variable, value] = ASSIGNS.exec(line) ?? [];
    if (variable !== undefined) {
      variables.set(variable, value ?? '');
      continue;
    }
    const [, names, needs = '', command] = /^([^\s#:=][^:=#]*?)\s*::?(?!=)([^;#]*)(?:;(.*))?/.exec(line) ?? [];
    if (names === undefined) {
      if (line.trim() !== '' && !line.startsWith('#')) current = undefined;
      continue;
    }
    current = command === undefined ? [] : [command];
    for (const name of names.split(/\s+/)) {
      if (first === '' && !name.startsWith('.')) first = name;
      byName.set(name, { needs: needs.trim().split(/\s+/), lines: current });
    }
  }
  return { first, byName, variables };
}

/** A line with the variables of `make` substituted; `$$` is the shell's own. */
const valued = (line: string, variables: ReadonlyMap<string, string>): string =>
  line.replace(/\$(?:\$|\((\w+)\)|\{(\w+)\})/g, (all, inParentheses?: string, inBraces?: string) =>
    all === '$$' ? '$' : (variables.get(inParentheses ?? inBraces ?? '') ?? ''),
  );

/** Package manager commands that are followed by the name of a script. */
const RUNS = /^(?:run|run-script|rum|urn)$/;
const OWN = /^(?:start|stop|test|t|tst|restart|publish|version|install|ci|pack)$/;

/** Whether a program starts a package's scripts. */
export const isPackageManager = (name: string): boolean => /^(?:npm|pnpm|yarn|bun)$/.test(name);

/** What installs the packages of a project, and the project's own scripts that run with it, in order. */
const INSTALLS = /^(?:install|i|ci|add)$/;
const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];
/** Verbs that run scripts of other names than their own. */
const RUNS_ALSO: Readonly<Record<string, readonly string[]>> = {
  pack: ['prepack', 'prepare', 'postpack'],
  publish: ['prepublishOnly', 'prepack', 'prepare', 'postpack', 'publish', 'postpublish'],
  version: ['preversion', 'version', 'postversion'],
};

/** The text of a script in `package.json`, with those that run before and after it, and the arguments passed to it. */
export function scriptTexts(manager: string, args: readonly string[], read: ReadScript): string[] {
  if (!isPackageManager(manager)) return [];
  const folder = args.find((_, index) => /^(?:--prefix|-C|--dir|--cwd)$/.test(args[index - 1] ?? ''));
  const plain = args.filter(
    (arg, index) =>
      !arg.startsWith('-') && !/^(?:--prefix|-C|--dir|--cwd|-w|--workspace|--filter|-F)$/.test(args[index - 1] ?? ''),
  );
  const [verb = '', next = ''] = plain;
  const name = RUNS.test(verb)
    ? next
    : manager === 'npm'
      ? OWN.test(verb)
        ? verb.replace(/^(?:t|tst)$/, 'test').replace(/^ci$/, 'install')
        : ''
      : verb;
  const installs = INSTALLS.test(verb);
  if (name === '' && !installs) return [];
  const scripts = scriptsOf(read(folder === undefined ? 'package.json' : `${folder}/package.json`));
  // these run whether or not there is a script by the name of the verb
  if (installs) return LIFECYCLE.flatMap((one) => scripts[one] ?? []).filter((text) => typeof text === 'string');
  const also = RUNS.test(verb) || !Object.hasOwn(RUNS_ALSO, verb) ? undefined : RUNS_ALSO[verb];
  if (also !== undefined) return also.flatMap((one) => scripts[one] ?? []).filter((text) => typeof text === 'string');
  const scriptText = scripts[name];
  if (typeof scriptText !== 'string') return [];
  const handed = args.slice(args.indexOf(RUNS.test(verb) ? next : verb) + 1).filter((arg) => arg !== '--');
  return [`pre${name}`, name, `post${name}`].flatMap((scriptName) => {
    const text = scripts[scriptName];
    if (typeof text !== 'string') return [];
    return [
      scriptName === name && handed.length > 0
        ? `${text} ${handed.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')}`
        : text,
    ];
  });
}

function scriptsOf(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(text ?? '{}');
    const scripts: unknown =
      typeof read === 'object' && read !== null && Object.hasOwn(read, 'scripts')
        ? (read as { scripts: unknown }).scripts
        : undefined;
    return typeof scripts === 'object' && scripts !== null ? Object.fromEntries(Object.entries(scripts)) : {};
  } catch {
    return {};
  }
}
