/** `install --enforce` and `uninstall --enforce`: the policy as rules that assistants enforce by themselves. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { dataPlace } from '../../base/files';
import { ASSISTANTS, type Assistant } from '../../provenance/assistants';
import {
  dialectOf,
  removeRules,
  writeRules,
  type NativeRules,
  type RulesOptions,
  type RulesScope,
} from '../../provenance/assistants/native-rules';
import { permissionPlaces } from '../../provenance/assistants/permissions/permission-places';
import { SetupError } from '../../provenance/assistants/setup';
import type { Repository } from '../../git';
import { holdsAgents, nativeRulesOf } from '../../guard/native-rules';
import { folderOf } from '../../base/launcher';
import { isBelow, relativeSlashes, SYSTEM } from '../../base/platform';
import { BUILT_IN_SOURCE } from '../../policy';
import { loadPolicy } from '../../policy/load';
import { CannotSay, type Call, type ExitCode } from '../verb';
import { runtimeOf } from '../runtime-for-hooks';
import { assistantsHere, isGroup, knownAssistant, namedAssistants, setupOptions } from '../assistants-to-set-up';

/** What the policy of a repository keeps from agents; undefined where it keeps nothing from them. Throws what reading it throws. */
export async function rulesHere(repository: Repository, call: Call): Promise<NativeRules | undefined> {
  const { policy, source } = await loadPolicy(repository);
  if (source === BUILT_IN_SOURCE || !holdsAgents(policy)) return undefined;
  const rules = nativeRulesOf(policy, source, { root: repository.root, home: call.terminal.home });
  return { ...rules, closedPaths: [...rules.closedPaths, ...settingsIn(repository, call)] };
}

/** Where a repository may switch hooks off, or loosen what assistants do without asking: from its top. */
function settingsIn(repository: Repository, { terminal }: Call): readonly string[] {
  const where = { home: terminal.home, env: {}, repositoryRoot: repository.root };
  const files = [
    ...permissionPlaces(where).flatMap(({ file, shared }) => (shared ? [] : [file])),
    ...ASSISTANTS.flatMap((assistant) => [
      ...assistant.hooks('project', where).map(({ file }) => file),
      ...assistant.settings(where),
    ]),
  ];
  const inside = files
    .filter((file) => isBelow(repository.root, file))
    .map((file) => relativeSlashes(repository.root, file));
  return [...new Set(inside)].map((file) => (/\.[\w]+$/.test(file) ? file : `${file}/**`)).sort();
}

/** Where rules of that scope are. `top`: the folder in place of the machine's root. */
export function rulesOptions(call: Call, repository: Repository, scope: RulesScope, top?: string): RulesOptions {
  const { terminal } = call;
  const { program, electron } = setupOptions(call, 'user', repository);
  const machine = top ?? path.parse(terminal.home).root;
  return {
    scope,
    home: terminal.home,
    env: terminal.env,
    platform: SYSTEM,
    repositoryRoot: repository.root,
    top: machine,
    sandbox: call.values['sandbox'] === true,
    stateDir: stateOf(call, repository, scope, machine),
    // a person could replace the launcher in their home folder
    program: scope === 'managed' ? terminal.program : program,
    electron: scope === 'managed' ? process.versions['electron'] !== undefined : electron === true,
  };
}

function stateOf({ terminal }: Call, repository: Repository, scope: RulesScope, top: string): string {
  if (scope === 'project') return dataPlace(repository.commonDir, 'setup');
  if (scope === 'user') return path.join(folderOf(terminal.home), 'setup');
  const folders = { darwin: ['Library', 'Application Support', 'Linekeeper'], win32: ['ProgramData', 'Linekeeper'] };
  return path.join(
    top,
    ...(SYSTEM === 'darwin' || SYSTEM === 'win32' ? folders[SYSTEM] : ['var', 'lib', 'linekeeper']),
    'setup',
  );
}

interface Wanted {
  readonly repository: Repository;
  readonly options: RulesOptions;
  readonly assistants: readonly Assistant[];
  /** They were named one by one. */
  readonly isNamed: boolean;
  /** Those asked for that have no rules in this scope, if none was named: the policy does not hold there by itself. */
  readonly without: readonly Assistant[];
}

async function wantedBy(call: Call): Promise<Wanted> {
  const { values } = call;
  const chosen = (['user', 'project', 'managed'] as const).filter((name) => values[name] === true);
  if (chosen.length > 1) throw new CannotSay(`--${chosen.join(' and --')} exclude each other: choose one.`);
  if (values['git'] === true || values['notes'] === true)
    throw new CannotSay('--enforce writes rules alone: set up git hooks and notes in a call of their own.');
  const scope = chosen[0] ?? 'user';
  const { root } = values;
  if (typeof root === 'string' && scope !== 'managed')
    throw new CannotSay('--root goes with --managed alone: add --managed.');
  const top = typeof root === 'string' ? path.resolve(call.terminal.cwd, root) : undefined;
  if (top !== undefined && !(existsSync(top) && statSync(top).isDirectory()))
    throw new CannotSay(`--root ${top} is not a folder: make it first.`);
  const repository = call.repository();
  const options = rulesOptions(call, repository, scope, top);
  const ids = namedAssistants(call);
  const isNamed = ids.length > 0 && !ids.some(isGroup);
  const all = ASSISTANTS.filter(({ id }) => dialectOf(id)?.scopes.includes(scope) === true);
  if (isNamed) return { repository, options, isNamed, assistants: ids.map(knownAssistant), without: [] };
  const without = ASSISTANTS.filter((assistant) => !all.includes(assistant));
  if (ids.includes('all') || scope === 'managed') return { repository, options, isNamed, assistants: all, without };
  const here = await assistantsHere(call);
  const found = ({ id }: Assistant): boolean => here.has(id);
  return { repository, options, isNamed, assistants: all.filter(found), without: without.filter(found) };
}

/** Where the rules of this repository's policy hold. */
const REACH: Readonly<Record<RulesScope, string>> = {
  user: "The rules of this repository's policy go into your account's settings. Unless a line below says otherwise, commands and tools are refused in each of your repositories, and paths are closed in this one alone. With --project, the rules are for this repository alone.\n",
  project: "The rules of this repository's policy go into its own settings, for everybody who works in it.\n",
  managed:
    "The rules of this repository's policy go into the machine's settings. Unless a line below says otherwise, commands and tools are refused in every repository of every account, and paths are closed in this repository alone.\n",
};

/** Writes the rules. */
export async function enforce(call: Call): Promise<ExitCode> {
  const { terminal } = call;
  const { repository, options, assistants, isNamed, without } = await wantedBy(call);
  const rules = await rulesHere(repository, call);
  if (rules === undefined)
    throw new CannotSay(
      (await loadPolicy(repository)).policy.mode === 'observe'
        ? 'The policy only observes (mode: observe), so there are no rules to write. Run this again once it has "mode: enforce".'
        : 'No policy here keeps anything from agents, so there are no rules to write. Say so in .linekeeper.yml: "agents: deny" or "deny-destructive" in a tier.',
    );
  if (assistants.length === 0)
    throw new CannotSay('No assistant that has rules was found here. Name one with --assistant ID, or all.');
  if (options.scope === 'managed') requireAdministrator(options);
  if (options.scope === 'managed' && isBelow(terminal.home, runtimeOf(terminal).cli))
    terminal.err(
      `linekeeper: the hooks start ${runtimeOf(terminal).cli}, which this person can replace: install Linekeeper for the whole machine (Linux and macOS: sudo npm install --global --prefix /usr/local FILE.tgz), and run this again.`,
    );
  terminal.out(REACH[options.scope]);
  const code = inTurn(call, assistants, isNamed, (assistant) => {
    const dialect = dialectOf(assistant.id);
    const done = dialect === undefined ? undefined : writeRules(assistant, dialect, rules, options);
    if (done === undefined || done.outcome === 'nowhere')
      return {
        says: `has no place for rules with --${options.scope}`,
        gaps: dialect === undefined ? [] : [dialect.misses],
        held: false,
      };
    const words = { written: 'rules written to', renewed: 'rules renewed in', already: 'rules already there, in' }[
      done.outcome
    ];
    return { says: `${words} ${done.files.join(', ')}`, gaps: done.gaps, held: true };
  });
  if (without.length > 0)
    terminal.out(
      `No rules with --${options.scope}: ${without.map(({ title }) => title).join(', ')}. There, only Linekeeper's hooks can restrict agents.\n`,
    );
  return code;
}

function requireAdministrator({ stateDir }: RulesOptions): void {
  let folder = stateDir;
  while (!existsSync(folder)) folder = path.dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new CannotSay(
      `Only an administrator may write in ${folder}, so nothing was written. Run this as an administrator, or into a machine's image with --root DIR. Without one, "linekeeper install --enforce" writes the rules for this account, and "linekeeper ci --floor FILE" holds a floor at the merge.`,
    );
  }
}

/** Takes the rules out. */
export async function release(call: Call): Promise<ExitCode> {
  const wanted = await wantedBy(call);
  const { options, isNamed } = wanted;
  // what is not installed any more may have left rules
  const assistants = isNamed ? wanted.assistants : ASSISTANTS.filter(({ id }) => dialectOf(id) !== undefined);
  return inTurn(call, assistants, isNamed, (assistant) => {
    const dialect = dialectOf(assistant.id);
    const files = dialect === undefined ? [] : removeRules(assistant, dialect, options);
    return files.length > 0
      ? { says: `rules of this repository are taken out of ${[...new Set(files)].join(', ')}`, gaps: [], held: true }
      : { says: isNamed ? 'there were no rules of this repository' : '', gaps: [], held: true };
  });
}

interface Said {
  /** Empty: nothing is said. */
  readonly says: string;
  readonly gaps: readonly string[];
  readonly held: boolean;
}

/** Each assistant separately: one that can't be written does not stop the others, unless it was named. */
function inTurn(
  call: Call,
  assistants: readonly Assistant[],
  isNamed: boolean,
  perform: (assistant: Assistant) => Said,
): ExitCode {
  let code: ExitCode = 0;
  for (const assistant of assistants) {
    try {
      const { says, gaps, held } = perform(assistant);
      if (says !== '') call.terminal.out(`${assistant.title}: ${says}\n`);
      for (const gap of gaps) call.terminal.out(`    differs from the policy: ${gap}\n`);
      if (!held && isNamed) code = 1;
    } catch (error) {
      if (isNamed || !(error instanceof SetupError)) throw error;
      call.terminal.err(`linekeeper: ${assistant.title}: ${error.message}`);
      code = 1;
    }
  }
  return code;
}
