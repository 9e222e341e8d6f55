/**
 * Tests each installed hook: a canary edit passes through the command in the hook file, the journal, git's hooks, the
 * note and the gate, in a scratch work tree.
 */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ASSISTANTS, type Assistant, type Scope } from '../../../provenance/assistants';
import {
  SELF_TESTS,
  hooksIn,
  type Canary,
  type CanaryEdit,
  type CanaryEvent,
  type FoundHook,
} from '../../../provenance/assistants/hook-self-test';
import { examineAssistants, filesOfRules, findProgram, hasTraces } from '../../../provenance/assistants/coverage';
import { hookState } from '../../../provenance/assistants/setup';
import { checkRange, GateError, applyDisclosures, noFindings, attributionByNotes } from '../../../review/gate';
import { settle, showCommits } from '../../../provenance/commits';
import {
  GitError,
  type Repository,
  gitHooksState,
  readStateFile,
  runGit,
  type HooksState,
  type Runtime,
} from '../../../git';
import { openJournal } from '../../../provenance/journal';
import { holdsAgents, loadPolicy } from '../../../policy/load';
import type { Call } from '../../verb';
import { runtimeOf } from '../../runtime-for-hooks';
import { setupOptions } from '../../assistants-to-set-up';
import { runCommand, type Ran } from './run-hook-command';
import { openScratch, type Scratch } from './scratch-worktree';
import type { Chain, Step } from './types';
import { printable } from '../../../policy';

/**
 * One chain for each hook file and program of an assistant. Leaves nothing behind. Throws a CannotSay or a GitError.
 */
export async function prove(call: Call): Promise<readonly Chain[]> {
  const repository = call.repository();
  const scratch = await openScratch(repository);
  try {
    const chains: Chain[] = [];
    for (const assistant of ASSISTANTS) {
      for (const scope of ['user', 'project'] as const)
        chains.push(...(await chainsOf(call, repository, scratch, assistant, scope)));
    }
    chains.push(...(await chainsMissing(call, repository)));
    return chains;
  } finally {
    const failure = await scratch.remove();
    if (failure !== undefined) call.terminal.err(`linekeeper: ${failure}`);
  }
}

/** Where the policy restricts agents: a chain without hooks for each assistant on this machine that has none. */
async function chainsMissing(call: Call, repository: Repository): Promise<readonly Chain[]> {
  if (!holdsAgents(await loadPolicy(repository))) return [];
  const { unhooked } = examineAssistants(repository, (scope) => setupOptions(call, scope, repository));
  return unhooked.map(({ id, title }) => ({
    ...{ assistant: id, title, surface: null, scope: null, proven: false },
    steps: [failed('hooks', `none, so the policy does not hold it back. Run "linekeeper install --assistant ${id}".`)],
  }));
}

async function chainsOf(
  call: Call,
  repository: Repository,
  scratch: Scratch,
  assistant: Assistant,
  scope: Scope,
): Promise<Chain[]> {
  const options = setupOptions(call, scope, repository);
  const state = hookState(assistant, options);
  if (state.state === 'absent') return [];
  const found = state.files.flatMap((file) => hooksIn(file, readStateFile(file), assistant.id));
  const chain = (surface: string | undefined, steps: readonly Step[]): Chain => ({
    assistant: assistant.id,
    title: assistant.title,
    surface: surface ?? null,
    scope,
    proven: steps.every((step) => step.outcome !== 'failed'),
    steps,
  });
  if (state.state === 'off' || state.state === 'unreadable')
    return [chain(undefined, [failed('hooks', state.detail ?? 'They are switched off.')])];
  const session = randomBytes(6).toString('hex');
  const count = SELF_TESTS[assistant.id]?.canaries(editOf(call, scratch, assistant, session)).length ?? 0;
  const chains: Chain[] = [];
  for (let index = 0; index < count; index++) {
    const edit = editOf(call, scratch, assistant, `${session}-${String(index)}`);
    const canary = SELF_TESTS[assistant.id]?.canaries(edit)[index];
    const elsewhere = index > 0 && !found.some((hook) => hook.event === canary?.after.event); // a generation that has no hooks in this scope
    if (!canary || elsewhere) continue;
    chains.push(
      chain(
        canary.surface,
        await stepsOf({
          call,
          scratch,
          assistant,
          found,
          canary,
          edit,
          where: state.files,
          trust: trustOf(assistant, options, state.files),
        }),
      ),
    );
  }
  return chains;
}

/** A file that no other chain creates, with a text that occurs nowhere else. */
function editOf(call: Call, scratch: Scratch, assistant: Assistant, session: string): CanaryEdit {
  const unique = randomBytes(12).toString('hex');
  return {
    folder: scratch.repository.root,
    name: `linekeeper-canary-${unique}.txt`,
    text: `canary ${unique} of ${assistant.id}\n`,
    session: `canary-${session}`,
    home: call.terminal.home,
  };
}

interface Proof {
  readonly call: Call;
  readonly scratch: Scratch;
  readonly assistant: Assistant;
  readonly found: readonly FoundHook[];
  readonly canary: Canary;
  readonly edit: CanaryEdit;
  readonly where: readonly string[];
  readonly trust: Step | undefined;
}

async function stepsOf(proof: Proof): Promise<Step[]> {
  const { assistant, canary, found, scratch, edit } = proof;
  const before = found.find((hook) => hook.event === canary.before.event);
  const after = found.find((hook) => hook.event === canary.after.event);
  const mend = `Run "linekeeper install --assistant ${assistant.id}" again.`;
  if (!before || !after)
    return [
      failed(
        'hooks',
        `${proof.where.join(', ')} has no command of Linekeeper for "${before ? canary.after.event : canary.before.event}". ${mend}`,
      ),
    ];
  const steps: Step[] = [ok('hooks', `found in ${proof.where.join(', ')}`), ...(proof.trust ? [proof.trust] : [])];
  const go = async (next: () => Promise<readonly Step[]>): Promise<boolean> => {
    if (steps.some((step) => step.outcome === 'failed')) return false;
    steps.push(...(await next()));
    return steps.every((step) => step.outcome !== 'failed');
  };
  await go(async () => {
    const ran = await runHook(proof, before, canary.before);
    const refused = ran.code === 2 || /"(?:deny|cancel":\s*true)/.test(ran.stdout);
    if (refused)
      return [
        {
          name: 'before',
          outcome: 'skipped',
          says: `the policy keeps agents from making a file here, and its hook said so; what comes after can't be tried (${printable(ran.stderr || ran.stdout).slice(0, 200)})`,
        },
      ];
    return [
      ran.code === 0
        ? ok('before', 'the hook before the edit ran')
        : failed('before', `The hook before the edit ${ended(ran)}. ${mend}`),
    ];
  });
  if (steps.at(-1)?.outcome === 'skipped') return steps;
  await go(async () => {
    writeFileSync(path.join(scratch.repository.root, edit.name), edit.text);
    const ran = await runHook(proof, after, canary.after);
    if (ran.code !== 0) return [failed('after', `The hook after the edit ${ended(ran)}. ${mend}`)];
    return [ok('after', 'the hook after the edit ran'), recorded(proof, ran, mend)];
  });
  await go(() => committed(proof));
  return steps;
}

function runHook({ call, scratch, canary, assistant }: Proof, hook: FoundHook, event: CanaryEvent): Promise<Ran> {
  const payload = JSON.stringify(event.payload);
  const env: NodeJS.ProcessEnv = {
    ...call.terminal.env,
    ...canary.before.env,
    ...event.env,
    LINEKEEPER_BACKGROUND: 'off', // it would keep the folder busy
    ...(event.variable === undefined ? {} : { [event.variable]: payload }),
  };
  for (const key of Object.keys(env))
    if (key.startsWith('GIT_') && !key.startsWith('GIT_CONFIG')) Reflect.deleteProperty(env, key);
  const input = event.variable === undefined ? payload : undefined;
  return runCommand(
    hook.command,
    scratch.repository.root,
    env,
    input,
    SELF_TESTS[assistant.id]?.windowsShell ?? 'powershell',
  );
}

const ended = ({ code, stderr }: Ran): string =>
  `${code === null ? 'failed' : `ended with ${String(code)}`}${stderr === '' ? '' : `: ${printable(stderr).slice(0, 400)}`}`;

/** Whether the journal has the edit, as made by this assistant. */
function recorded({ call, scratch, assistant, edit: { name } }: Proof, ran: Ran, mend: string): Step {
  const records = openJournal(scratch.repository.gitDir, call.terminal.now).read();
  const edit = records
    .map(({ record }) => record)
    .find((record) => record.kind === 'edit' && record.files.some((file) => file.path === name));
  if (edit?.kind === 'edit' && edit.by.assistant === assistant.id)
    return ok('record', `the journal has the edit as ${assistant.title}'s`);
  const said = ran.stderr === '' ? '' : ` It said: ${printable(ran.stderr).slice(0, 400)}`;
  return failed(
    'record',
    edit?.kind === 'edit'
      ? `The edit was recorded as by ${printable(edit.by.assistant ?? edit.by.author)}.`
      : `The hook ran, and nothing was recorded.${said} ${mend}`,
  );
}

/** The rest of the chain: git's hook, the note, the gate. */
async function committed({ call, scratch, assistant, edit: { name } }: Proof): Promise<readonly Step[]> {
  const { repository } = scratch;
  const steps: Step[] = [];
  try {
    const { id: commit, said } = await scratch.commit(name);
    const { policy } = await loadPolicy(repository);
    const message = await repository.text(['log', '-1', '--format=%B', commit]);
    const named = new RegExp(`^Assisted-by: ${assistant.id}(?::|$)`, 'm').test(message);
    if (!policy.trailers.assistedBy)
      steps.push({ name: 'trailers', outcome: 'skipped', says: 'the policy switches "Assisted-by" off' });
    else
      steps.push(
        named
          ? ok('trailers', "git's hook wrote the trailers")
          : failed('trailers', printable(await whyNoTrailers(call.repository(), runtimeOf(call.terminal), said))),
      );
    await settle(repository, call.terminal.now);
    const shown = (await showCommits(repository, [commit])).get(commit);
    const heard = shown && applyDisclosures(shown);
    const line = heard?.files.find((file) => file.path === name)?.ranges[0];
    const noted = heard?.provenance === 'note' && line?.author === 'ai' && line.assistant === assistant.id;
    steps.push(
      noted
        ? ok('note', `the note has its line as ${assistant.title}'s`)
        : failed(
            'note',
            `The note of the commit does not have the line as ${assistant.title}'s. Please report this with the output of "linekeeper doctor".`,
          ),
    );
    steps.push(await gated(call, scratch, assistant, commit));
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    steps.push(failed('trailers', `git could not commit: ${printable(error.message)}.`));
  }
  return steps;
}

async function gated(call: Call, { repository, base }: Scratch, assistant: Assistant, commit: string): Promise<Step> {
  try {
    const { commits } = await checkRange({
      repository,
      base,
      head: commit,
      actor: null,
      beforehand: true,
      approvals: null,
      teams: {},
      attributionOf: attributionByNotes(repository, call.terminal.now),
      findingsOf: noFindings,
      floors: [], // what the canary's commit says is asked, and no verdict
    });
    const heard = commits.find((one) => one.commit === commit);
    return heard?.assistants.includes(assistant.id) === true
      ? ok('check', `"linekeeper check" sees ${assistant.title} at work`)
      : failed(
          'check',
          `"linekeeper check" does not see ${assistant.title} at work in that commit. Please report this with the output of "linekeeper doctor".`,
        );
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return error.reason === 'policy'
      ? { name: 'check', outcome: 'skipped', says: printable(error.message) }
      : failed('check', printable(error.message));
  }
}

/** When an assistant ignores hooks that a person has not trusted, that has to be fixed first. */
function trustOf(
  assistant: Assistant,
  options: Parameters<typeof hookState>[1],
  files: readonly string[],
): Step | undefined {
  const { trust } = assistant;
  if (!trust) return undefined;
  const config = readStateFile(trust.file(options));
  const trusted = files.every((file) => trust.trusted(config, file));
  const file = assistant.hooks('user', options)[0]?.file;
  if (!trusted && !hasTraces(findProgram(assistant.programs, options.env), file, filesOfRules(options.stateDir)))
    return { name: 'trust', outcome: 'skipped', says: `${assistant.title} is not on this machine. ${trust.how}` };
  return trusted
    ? ok('trust', `${assistant.title} trusts them`)
    : failed('trust', `${assistant.title} passes over these hooks until you trust them. ${trust.how}`);
}

const ok = (name: Step['name'], says: string): Step => ({ name, outcome: 'ok', says });
const failed = (name: Step['name'], says: string): Step => ({ name, outcome: 'failed', says });

const INSTALL = 'Run "linekeeper install --git".';
const WHY: Readonly<Record<Exclude<HooksState, 'installed'>, string>> = {
  absent: `git's hooks are not installed. ${INSTALL}`,
  partly: `some of git's hooks are missing. ${INSTALL}`,
  outdated: `git's hooks start another Linekeeper than this one. ${INSTALL}`,
  displaced: `another tool has pointed git's core.hooksPath at its own hooks. ${INSTALL}`,
};

/** `said`: what git and its hook said to the commit. */
async function whyNoTrailers(repository: Repository, runtime: Runtime, said: string): Promise<string> {
  const state = await gitHooksState(repository, runtime);
  if (state !== 'installed' && state !== 'outdated') return `The commit got no trailer: ${WHY[state]}`;
  if (!(await runsShell(repository)))
    return 'The commit got no trailer: git finds no "sh" here, without which it runs no hook at all. Install Git for Windows (https://gitforwindows.org), which has one, and let its git come first in PATH.';
  const [line] = said.trim().split('\n');
  if (line !== undefined && line !== '') return `The commit got no trailer. Its hook said: ${line.slice(0, 400)}`;
  return state === 'outdated'
    ? `The commit got no trailer: ${WHY.outdated}`
    : 'The commit got no trailer, though git\'s hooks are installed. "linekeeper doctor" says how they are; please report this with what it says.';
}

/** Whether git finds the shell that its hooks need: outside of Windows it knows where that is. A blank makes git use it. */
async function runsShell({ root }: Repository): Promise<boolean> {
  try {
    return (await runGit(['-c', 'alias.lk-shell=!exit 0', 'lk-shell'], { cwd: root })).code === 0;
  } catch {
    return false;
  }
}
