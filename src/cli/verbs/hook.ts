/** `linekeeper hook NAME`: what git's hooks call when they cannot finish by themselves. Not for people. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  afterCommit,
  afterEdits,
  finishMessage,
  prepareNextCommit,
  prepareMessage,
  type MessageHookCall,
} from '../../provenance/commits';
import { isWindows } from '../../base/platform';
import { BUSY_TIMES, HOOK_MS, Repository, startAndWait } from '../../git';
import { trailerPolicy } from '../../policy/local-work';
import { repairHooks } from '../repair-hooks';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

/** os.constants.priority.PRIORITY_BELOW_NORMAL */
const BELOW_NORMAL = 7;
/**
 * The share of the longest time a hook has that its git processes have: when all of it is over the script kills
 * everything, and until then we can report what was not done. The script sees sooner where a git does not answer.
 */
const PART = 0.8;
/** Background work that nobody waits for ends by itself after this (milliseconds). */
const BACKGROUND_MS = 60_000;

/** `LINEKEEPER_HOOK_MS` is for machines on which the default is too little. */
function patience({ LINEKEEPER_HOOK_MS: text }: Readonly<Record<string, string | undefined>>): number {
  const named = Number(text);
  return PART * BUSY_TIMES * (text !== undefined && Number.isFinite(named) && named > 0 ? named : HOOK_MS);
}

export const hook: Verb = {
  name: 'hook',
  summary: 'Run a hook for git',
  example: 'linekeeper hook commit-msg .git/COMMIT_EDITMSG',
  usage: 'prepare-commit-msg|commit-msg|pre-push|ready ARGUMENTS',
  options: {},
  async run(call): Promise<ExitCode> {
    const [name, ...words] = call.positionals;
    const run = name !== undefined && Object.hasOwn(HOOKS, name) ? HOOKS[name] : undefined;
    if (run === undefined) throw new CannotSay(`There is no hook ${JSON.stringify(name ?? '')} of Linekeeper's.`);
    await run(call, words);
    return 0;
  },
};

const HOOKS: Readonly<Record<string, (call: Call, words: readonly string[]) => Promise<void>>> = {
  'prepare-commit-msg': prepareCommitMsg,
  'commit-msg': commitMsg,
  'pre-push': prePush,
  ready,
};

/** The repository, where git is ended in time. */
function hurried({ terminal, repository }: Call): Repository {
  const until = terminal.now() + patience(terminal.env);
  return new Repository(repository(), (args, run) =>
    startAndWait(args, { ...run, timeout: Math.max(1, Math.min(run.timeout, until - terminal.now())) }),
  );
}

async function prepareCommitMsg(call: Call, [file = '', source = '', object]: readonly string[]): Promise<void> {
  const { terminal } = call;
  const repository = hurried(call);
  const unknown = await prepareMessage(
    repository,
    {
      messageFile: path.resolve(terminal.cwd, file),
      source,
      ...(object === undefined ? {} : { object }),
      env: terminal.env,
      argv: parentWords(),
      ...toldDiff(terminal.env),
    },
    await trailerPolicy(repository),
    {
      now: terminal.now,
      err: terminal.err,
      withoutAgents: async (...of) =>
        (await import('../agents-trailers-and-unknown-lines')).withoutAgentsTrailers(...of),
    },
  );
  if (unknown > 0 && mayTell(terminal))
    (await import('../agents-trailers-and-unknown-lines')).tellUnknownLines(terminal, unknown);
}

/** On Windows it takes half a second to find out who calls, and git waits. */
const mayTell = ({ isAttended }: Call['terminal']): boolean => isAttended === true && !isWindows();

async function commitMsg(call: Call, [file = '']: readonly string[]): Promise<void> {
  const repository = hurried(call);
  finishMessage(repository, path.resolve(call.terminal.cwd, file), call.terminal.err);
  await repairHooks(repository, call.terminal);
}

/**
 * Work behind a hook, for which nobody waits. `place`: what HEAD points to until the hook's commit is made, or `edits`.
 * `committer`: the git process that makes the commit.
 */
async function ready(call: Call, [place = '', committer = '']: readonly string[]): Promise<void> {
  const { setPriority } = await import('node:os');
  setPriority(BELOW_NORMAL);
  setTimeout(() => process.exit(0), BACKGROUND_MS).unref();
  const repository = call.repository();
  const { now } = call.terminal;
  if (place === 'edits') await afterEdits(repository, now);
  if (place === '' || place === 'edits' || (await afterCommit(repository, place, Number(committer))))
    await prepareNextCommit(repository, () => trailerPolicy(repository), call.terminal);
}

async function prePush(call: Call, [remote = '', address = '']: readonly string[]): Promise<void> {
  const repository = hurried(call);
  const { settleAll } = await import('../../provenance/commits/settle');
  await settleAll(repository, call.terminal.now);
  if (!isTrial(parentWords())) await carry(call, remote, address);
  await repairHooks(repository, call.terminal);
  if (mayTell(call.terminal)) await tellUnknownInPush(repository, call.terminal);
}

/** A push goes on whatever becomes of it. */
async function tellUnknownInPush(repository: Repository, terminal: Call['terminal']): Promise<void> {
  try {
    const pushed = readFileSync(0, 'utf8');
    const { count, commits } = await (await import('../unknown-lines-in-push')).unknownLinesInPush(repository, pushed);
    if (count > 0) (await import('../agents-trailers-and-unknown-lines')).tellUnknownLines(terminal, count, commits);
  } catch {
    // the gate says it
  }
}

/** Whether git only shows what it would push. */
const isTrial = (words: readonly string[]): boolean =>
  words.some((word) => word === '--dry-run' || /^-[a-z]*n[a-z]*$/.test(word));

/** Pushes notes along if that is configured, as the hook says. The push continues whatever becomes of them. */
async function carry(call: Call, remote: string, address: string): Promise<void> {
  const { terminal } = call;
  const repository = call.repository();
  if (remote === '' || !(await areCarried(repository, terminal.env))) return;
  try {
    const { pushAlong } = await import('../../provenance/commits/settle');
    await pushAlong(repository, remote, address);
  } catch (error) {
    terminal.err(
      `linekeeper: the notes did not go along (${error instanceof Error ? error.message : String(error)}). "linekeeper notes push" tries again.`,
    );
  }
}

async function areCarried(
  repository: Repository,
  { LINEKEEPER_NOTES: known }: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  if (known !== undefined) return known === 'true';
  const setting = await repository.git(['config', '--type=bool', '--get', 'linekeeper.notes'], { codes: [0, 1, 128] });
  return setting.stdout.toString('utf8').trim() === 'true';
}

/**
 * The index compared with HEAD, as the hook's script pipes it from git to standard input: git's output, then `diffed`
 * and the commit.
 */
function toldDiff(env: Readonly<Record<string, string | undefined>>): Pick<MessageHookCall, 'diff'> {
  if (env['LINEKEEPER_DIFF'] !== '1') return {};
  try {
    const input = readFileSync(0);
    const end = /diffed ([0-9a-f]{40,64})$/.exec(input.toString('latin1', Math.max(0, input.length - 80)));
    return end?.[1] === undefined
      ? {}
      : { diff: { from: end[1], output: input.subarray(0, input.length - end[0].length) } };
  } catch {
    return {}; // git is run instead
  }
}

/**
 * The command line of the git process that runs the hook: the parent of the shell that runs us. Empty if the system
 * does not show it.
 */
function parentWords(): string[] {
  try {
    const status = readFileSync(`/proc/${String(process.ppid)}/stat`, 'utf8');
    const parent = status.slice(status.lastIndexOf(')') + 2).split(' ')[1] ?? '';
    for (const pid of [parent, grandparent(parent)]) {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        .split('\0')
        .filter((word) => word !== '');
      if (path.basename(words[0] ?? '').startsWith('git')) return words;
    }
  } catch {
    // no /proc here
  }
  return [];
}

function grandparent(pid: string): string {
  const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[1] ?? '';
}
