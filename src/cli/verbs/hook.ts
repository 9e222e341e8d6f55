/** `linekeeper hook NAME`: what git's hooks call when they cannot finish by themselves. Not for people. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  afterCommit,
  afterEdits,
  finishMessage,
  prepareNextCommit,
  prepareMessage,
  type HookCall,
} from '../../provenance/commits';
import { BUSY_TIMES, HOOK_MS, Repository, startAndWait } from '../../git';
import { trailerPolicy } from '../../policy/local-work';
import { repairHooks } from '../repair-hooks';
import type { Call, ExitCode, Verb } from '../command';

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
    const [name, file = '', source = '', object] = call.positionals;
    const { terminal } = call;
    const until = terminal.now() + patience(terminal.env);
    const repository = new Repository(call.repository(), (args, run) =>
      startAndWait(args, { ...run, timeout: Math.max(1, Math.min(run.timeout, until - terminal.now())) }),
    );
    if (name === 'prepare-commit-msg') {
      await prepareMessage(
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
          withoutAgents: async (...of) => (await import('../strip-agents-trailers')).withoutAgentsTrailers(...of),
        },
      );
    } else if (name === 'commit-msg') {
      finishMessage(repository, path.resolve(terminal.cwd, file), terminal.err);
      await repairHooks(repository, terminal);
    } else if (name === 'ready') {
      // Nobody waits for this one. `file`: what HEAD points to until the hook's commit is made; `source`: the git
      // process that makes it.
      const { setPriority } = await import('node:os');
      setPriority(BELOW_NORMAL);
      setTimeout(() => process.exit(0), BACKGROUND_MS).unref();
      const unhurried = call.repository();
      if (file === 'edits') await afterEdits(unhurried, terminal.now);
      if (file === '' || file === 'edits' || (await afterCommit(unhurried, file, Number(source))))
        await prepareNextCommit(unhurried, () => trailerPolicy(unhurried), terminal);
    } else {
      const { settleAll } = await import('../../provenance/commits/settle');
      await settleAll(repository, terminal.now);
      if (!isTrial(parentWords())) await carry(call, file, source);
      await repairHooks(repository, terminal);
    }
    return 0;
  },
};

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
function toldDiff(env: Readonly<Record<string, string | undefined>>): Pick<HookCall, 'diff'> {
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
