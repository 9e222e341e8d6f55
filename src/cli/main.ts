/** From the words of a call to a verb, and from its outcome to an exit code. */
import path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { version } from '../../package.json';
import { bareFolder, Repository, startAndWait, tooManyOpen } from '../git';
import { resolveIn } from '../base/platform';
import { verbFirst } from './arguments/move-verb-first';
import { repairHooks } from './repair-hooks';
import { CannotSay, STARTED_BY_HOOKS, type Call, type ExitCode, type Terminal, type Verb } from './verb';

/** Those that set hooks up, and those that are started by hooks, which look after them when their work is done. */
const OWN_WAY: ReadonlySet<string> = new Set(['install', 'uninstall', ...STARTED_BY_HOOKS]);

/** With these, `install` and `uninstall` are about this account and not the repository at hand. */
const FOR_ACCOUNT = ['user', 'all', 'managed', 'everywhere', 'everything'];

/** Every verb has these. */
const COMMON = { repo: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

/**
 * Runs one call. `ownVerbs`: those that are loaded already. Never throws: errors are reported on standard error and the exit
 * code is 2.
 */
export async function main(
  words: readonly string[],
  terminal: Terminal,
  ownVerbs: Readonly<Record<string, Verb>> = {},
): Promise<ExitCode> {
  const [name, ...rest] = verbFirst(words);
  const verbName = name === 'help' ? rest[0] : undefined;
  if (verbName !== undefined) return main([verbName, '--help'], terminal, ownVerbs);
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const { overview } = await import('./help');
    terminal.out(overview(await table()));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v' || name === 'version') {
    terminal.out(`${version}\n`);
    return 0;
  }
  try {
    if (Object.hasOwn(ownVerbs, name) && ownVerbs[name]) return await perform(ownVerbs[name], rest, terminal);
    if (name === '' || /^--(?:repo|json)(?:=|$)/.test(name))
      throw new CannotSay('A command is missing. "linekeeper help" lists the commands.');
    const verbs = await table();
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (verb) return await perform(verb, rest, terminal);
    terminal.err(
      `linekeeper: There is no command "${name}". ${await nearest(name, verbs)}"linekeeper help" lists the commands.`,
    );
    return 2;
  } catch (error) {
    return await explain(error, terminal);
  }
}

/** The verbs, in `dist/verbs.js`; those that must start at once are in programs of their own too (src/entry/cli.ts). */
const table = async (): Promise<Readonly<Record<string, Verb | undefined>>> => (await import('./verbs')).VERBS;

async function perform(verb: Verb, args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const words = flagsFirst(args);
  let parsed;
  try {
    // Most hooks have no options, and the first use of the parser takes a millisecond.
    parsed = words.some((word) => word.startsWith('-'))
      ? parseArgs({ args: [...words], options: { ...COMMON, ...verb.options }, allowPositionals: true, strict: true })
      : { values: {}, positionals: [...words] };
  } catch (error) {
    const says = error instanceof Error ? (error.message.split(/\. |\.?\n/)[0] ?? '') : String(error);
    const unknown = /^Unknown option '(--[^']*)'/.exec(says)?.[1];
    const options = Object.keys({ ...COMMON, ...verb.options }).map((option) => `--${option}`);
    const near =
      unknown === undefined ? undefined : (await import('./arguments/closest-name')).closest(unknown, options);
    throw new CannotSay(
      `${says}. ${near === undefined ? '' : `Did you mean "${near}"? `}"linekeeper help ${verb.name}" shows its usage.`,
    );
  }
  const values: Call['values'] = parsed.values;
  refuseTwice(verb, words);
  if (values['help'] === true) {
    const { verbHelp } = await import('./help');
    terminal.out(verbHelp(verb));
    return 0;
  }
  if (Object.keys(values).length > 0 && verb.usage.includes(' | ')) {
    const { refuseUnused } = await import('./arguments/refuse-unused-options');
    refuseUnused(verb, parsed.positionals[0], Object.keys(values));
  }
  const extra = verb.words === undefined ? undefined : parsed.positionals[verb.words];
  if (extra !== undefined)
    throw new CannotSay(
      `Unexpected argument ${JSON.stringify(extra)}. "linekeeper help ${verb.name}" shows its usage.`,
    );
  // An empty one comes from an unset variable; the current folder may be a different repository.
  if (typeof values['repo'] === 'string' && values['repo'].trim() === '')
    throw new CannotSay('--repo is empty. Name the folder of a repository, or leave --repo out for the one at hand.');
  const folder = resolveIn(terminal.cwd, typeof values['repo'] === 'string' ? values['repo'] : '.');
  const find = (): Repository | undefined => Repository.find(folder, startAndWait);
  if (!STARTED_BY_HOOKS.has(verb.name)) {
    const here = find();
    if (!FOR_ACCOUNT.some((option) => values[option] !== undefined)) await here?.refuseAnotherOwners();
    if (here && !OWN_WAY.has(verb.name)) await repairHooks(here, terminal);
  }
  return verb.run({
    terminal,
    positionals: parsed.positionals,
    values,
    json: values['json'] === true,
    verb: async (other) => (await table())[other],
    repository: () => {
      // As in git, the work tree from the environment applies wherever one is set; an explicitly named folder takes
      // precedence.
      const named =
        values['repo'] === undefined ? path.resolve(terminal.cwd, terminal.env['GIT_WORK_TREE'] ?? '.') : folder;
      const repository = find() ?? Repository.named(named, terminal.env, terminal.cwd, startAndWait);
      if (repository) return repository;
      const bare = bareFolder(folder);
      if (bare !== undefined)
        throw new CannotSay(
          `This must be run in a work tree: ${bare} is a bare repository and has none here. Go into one of its work trees ("git worktree list"), or make one with "git worktree add DIR".`,
        );
      throw new CannotSay(`${folder} is not in a git repository. Go into one, or name it with --repo DIR.`);
    },
  });
}

/** If an option that accepts one value is given twice, the last one would silently win. */
function refuseTwice(verb: Verb, words: readonly string[]): void {
  const end = words.indexOf('--');
  const names = (end < 0 ? words : words.slice(0, end)).flatMap(
    (word) => /^--([a-z][a-z-]*)(?:=|$)/.exec(word)?.[1] ?? [],
  );
  const options: NonNullable<ParseArgsConfig['options']> = { ...COMMON, ...verb.options };
  const twice = names.find(
    (name, index) =>
      names.indexOf(name) < index &&
      Object.hasOwn(options, name) &&
      options[name]?.type === 'string' &&
      options[name].multiple !== true,
  );
  if (twice !== undefined) throw new CannotSay(`--${twice} is there more than once. Leave all but one of them out.`);
}

/**
 * After `--` everything is a path. `--json` as the last word after it is still the option: people put it there, and a
 * file of that name can be given in any other position.
 */
function flagsFirst(words: readonly string[]): readonly string[] {
  const at = words.indexOf('--');
  return at >= 0 && at < words.length - 2 && words.at(-1) === '--json' ? ['--json', ...words.slice(0, -1)] : words;
}

async function explain(error: unknown, terminal: Terminal): Promise<ExitCode> {
  const message =
    noRoom(error) ??
    tooManyFiles(error) ??
    (await fileTrouble(error)) ??
    (error instanceof Error ? error.message : String(error));
  terminal.err(`linekeeper: ${message}`);
  if (terminal.env['LINEKEEPER_DEBUG'] && error instanceof Error) terminal.err(error.stack ?? '');
  return 2;
}

/** Words of other tools and of these pages, by which people look for a command. */
const USUAL_WORDS = new Map(Object.entries({ init: 'install', setup: 'install', gate: 'check', log: 'show' }));

async function nearest(name: string, verbs: Readonly<Record<string, Verb | undefined>>): Promise<string> {
  const [{ closest }, { forPeople }] = await Promise.all([import('./arguments/closest-name'), import('./help')]);
  const names = forPeople(verbs).map((verb) => verb.name);
  const guess = USUAL_WORDS.get(name) ?? closest(name, names);
  return guess === undefined ? '' : `Did you mean "${guess}"? `;
}

/** What a full or broken disk means to the caller; undefined for any other error. */
function noRoom(error: unknown): string | undefined {
  const {
    code,
    path: place,
    dest,
  } = error instanceof Error ? (error as NodeJS.ErrnoException & { readonly dest?: string }) : {};
  if (code !== 'ENOSPC' && code !== 'EDQUOT' && code !== 'EIO') return undefined;
  return `${dest ?? place ?? 'A file'} could not be written: the disk ${code === 'EIO' ? 'has an error' : 'is full'} (${code}). Free some space there, and ask again.`;
}

/** For an error of the file system that no verb explains: its message is a code and a name of a system call. */
async function fileTrouble(error: unknown): Promise<string | undefined> {
  const { code, syscall, path: place } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (code === undefined || syscall === undefined || place === undefined) return undefined;
  const { whyUnread, whyUnwritten } = await import('../base/files');
  return /^(?:mkdir|mkdtemp|rename|link|symlink|write|ftruncate|unlink|rmdir|rm)$/.test(syscall)
    ? `${place} can't be written: ${whyUnwritten(error)}.`
    : `${place} can't be opened: ${whyUnread(error)}.`;
}

/** For a file that could not be opened; git's own error says it already. */
function tooManyFiles(error: unknown): string | undefined {
  const { code, path: place } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const why = tooManyOpen(code);
  return why === undefined ? undefined : `${place ?? 'A file'} could not be opened: ${why}`;
}
