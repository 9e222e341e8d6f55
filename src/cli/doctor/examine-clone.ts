/** Everything that `doctor` looks at in a clone, and the clone's health in figures. */
import path from 'node:path';
import { existsSync, readdirSync } from 'node:fs';
import { version as PROGRAM } from '../../../package.json';
import { folderOf, installedPrograms, launcherOf } from '../../base/launcher';
import { ASSISTANTS, assistantOf } from '../../provenance/assistants';
import { hookState, renewHooks, SetupError, type SetupOptions } from '../../provenance/assistants/setup';
import { examineAssistants, type AssistantReport, type AssistantFinding } from '../../provenance/assistants/coverage';
import { installGitHooks, settleFirst, showCommits } from '../../provenance/commits';
import {
  baseRemote,
  outputLines,
  gitHooksState,
  HooksError,
  lfsHooksState,
  mayHaveRefs,
  runGit,
  type HooksState,
  type Repository,
} from '../../git';
import { openJournal, unexpectedPlaces, whyNotWritable } from '../../provenance/journal';
import { decideLocally } from '../../policy/local-work';
import { NO_COUNTS } from '../../provenance/authorship';
import { countOf } from '../../policy';
import { baseCommit, commandToFindBase, holdsAgents, loadPolicy, managedSettings } from '../../policy/load';
import { examineFloors, examineManaged, examineNames } from './examine-managed-place';
import { examineNotes } from './examine-unshared-notes';
import { healthOf, type Health } from './health-figures';
import type { Call } from '../verb';
import { LFS_SAYS } from '../output/lfs-words';
import { atWork } from '../output/assistants-at-work';
import { runtimeOf, setUpRuntime } from '../runtime-for-hooks';
import { fillFirst } from '../backfill-and-settle-notes';
import { setupOptions } from '../assistants-to-set-up';

/** Which Linekeeper hooks start; `renew`: this one takes the place of an older one that was there. */
function examineProgram({ terminal }: Call, renew: boolean): readonly AssistantFinding[] {
  const folder = folderOf(terminal.home);
  if (terminal.program.length < 2 || launcherOf(terminal.home) === undefined) return [];
  const before = installedPrograms(folder);
  if (renew) setUpRuntime(terminal);
  const [newest] = installedPrograms(folder);
  const former = before.find(({ cli }) => cli === terminal.program[1])?.version;
  const hooks = newest === undefined ? '' : `; hooks start ${newest.version}`;
  const says = `Linekeeper ${PROGRAM}${renew && former !== undefined && former !== PROGRAM ? `, which took the place of ${former}` : ''}${hooks}`;
  return [{ name: 'program', ok: true, says }];
}

/** Renews the hooks of an older Linekeeper; where they can't be written, they stay what they are. */
async function renewed(repository: Repository, { terminal }: Call): Promise<HooksState> {
  const runtime = setUpRuntime(terminal);
  try {
    await installGitHooks(repository, runtime);
  } catch (error) {
    if (!(error instanceof HooksError)) throw error;
  }
  return gitHooksState(repository, runtime);
}

/** Renews the account's hooks that start an older Linekeeper, and names their assistants. */
function renewAssistants(repository: Repository, call: Call): readonly AssistantFinding[] {
  const options = (): SetupOptions => setupOptions(call, 'user', repository);
  const changed = ASSISTANTS.filter((assistant) => hookState(assistant, options()).state === 'changed');
  if (changed.length === 0) return [];
  setUpRuntime(call.terminal);
  return changed.flatMap((assistant): readonly AssistantFinding[] => {
    try {
      if (!renewHooks(assistant, options())) return [];
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      return []; // what is wrong with them is said of their state
    }
    return [
      { name: assistant.title, ok: true, says: 'its hooks started another Linekeeper than this one, and are renewed' },
    ];
  });
}

interface Examined {
  readonly findings: readonly AssistantFinding[];
  readonly assistants: readonly AssistantReport[];
  readonly health: Health;
}

/** `renew`: whether hooks and rules of an older Linekeeper or policy are written anew. Throws what reading the repository throws. */
export async function examine(call: Call, { renew }: { readonly renew: boolean }): Promise<Examined> {
  const repository = call.repository();
  const findings: AssistantFinding[] = [];
  findings.push(...examineProgram(call, renew));
  const version = await runGit(['--version'], { cwd: repository.root });
  findings.push({ name: 'git', ok: true, says: version.stdout.toString('utf8').trim() });
  let hooks = await gitHooksState(repository, runtimeOf(call.terminal));
  const isOld = renew && hooks === 'outdated';
  if (isOld) hooks = await renewed(repository, call);
  const mend = 'run "linekeeper install --git"';
  findings.push({
    name: 'git hooks',
    ok: hooks === 'installed',
    says: {
      installed: isOld
        ? 'they started another Linekeeper than this one, and are renewed; commits get their trailers'
        : 'installed; commits get their trailers',
      outdated: `they start another Linekeeper than this one; ${mend} to renew them`,
      partly: `some are missing; ${mend}`,
      absent: `not installed, so commits get no trailers; ${mend}`,
      displaced: `another tool has pointed git's core.hooksPath at its own hooks since; ${mend}`,
    }[hooks],
  });
  const lfs = await lfsHooksState(repository);
  if (lfs === 'sent' || lfs === 'unsent')
    findings.push({
      name: 'Git LFS',
      ok: lfs === 'sent',
      says: lfs === 'sent' ? LFS_SAYS.sent : `${LFS_SAYS.unsent}; ${mend}`,
    });
  const { now } = call.terminal;
  if (renew) findings.push(...renewAssistants(repository, call));
  fillFirst(repository, call.terminal); // what no hook reported is found there
  const held = holdsAgents(await loadPolicy(repository));
  const assistants = examineAssistants(repository, (scope) => setupOptions(call, scope, repository), now(), held);
  findings.push(...assistants.findings);
  findings.push(...examineManaged(managedSettings(), hooks, assistants.reports), ...examineNames());
  const { examineRules, examineSwitches } = await import('./examine-native-rules-and-switches');
  if (renew) findings.push(...(await examineRules(repository, call)));
  findings.push(...examineSwitches(repository, call));
  await settleFirst(repository, call.terminal.now, (sentence) => {
    findings.push({ name: 'notes', ok: false, says: sentence });
  });
  const journal = openJournal(repository.gitDir, call.terminal.now);
  for (const odd of unexpectedPlaces(journal.folder)) findings.push({ name: 'journal', ok: false, says: odd });
  const notWritable = whyNotWritable(journal.folder);
  if (notWritable !== undefined)
    findings.push({
      name: 'journal',
      ok: false,
      says: `nothing can be written in ${journal.folder} (${notWritable}), so edits are not recorded; check its permissions and the free space`,
    });
  const records = journal.read(); // sets aside what it can't read
  for (const says of atWork(records, now())) findings.push({ name: 'journal', ok: false, note: true, says });
  const waiting = journal.names().length;
  findings.push({
    name: 'journal',
    ok: true,
    says:
      waiting === 0
        ? 'nothing is waiting to be committed'
        : (await repository.text(['status', '--porcelain'])) === ''
          ? `nothing is waiting to be committed here; ${countOf(waiting, 'record')} of a stash, or of commits that other branches have`
          : `${countOf(waiting, 'record')} of uncommitted work`,
  });
  for (const aside of journal.asides())
    findings.push({
      name: 'set aside',
      ok: false,
      says: `${path.join(journal.folder, 'aside', aside.name)}: ${aside.reason}; update Linekeeper, or delete the file: what it records counts as unknown`,
    });
  const folder = path.join(journal.folder, 'aside');
  const payloads = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('payload-')) : [];
  const senders = [...new Set(payloads.map((name) => /^payload-([a-z-]+?)-\d/.exec(name)?.[1] ?? ''))].map(
    (id) => assistantOf(id)?.title ?? id,
  );
  if (payloads.length > 0)
    findings.push({
      name: 'payloads',
      ok: false,
      says: `${countOf(payloads.length, 'payload')} (${senders.join(', ')}) could not be understood (${folder}): what was edited there counts as unknown. Once you have looked, delete the files.`,
    });
  const { policy, notices } = await decideLocally(repository, { files: [], added: NO_COUNTS, removed: NO_COUNTS });
  findings.push({
    name: 'policy',
    ok: notices.length === 0,
    // a policy that only observes is a choice of the team's, and a branch may be older than the base, or change it
    ...(notices.length === [policy.policy.mode === 'observe', policy.differsFromWorkingCopy].filter(Boolean).length
      ? { note: true }
      : {}),
    says: notices.length > 0 ? notices.join(' ') : policy.source,
  });
  findings.push(...(await examineFloors(policy)), ...(await examineBase(repository)));
  const { assistedBy, lines } = policy.policy.trailers;
  if (assistedBy || lines) findings.push(...(await examineCommits(repository)));
  findings.push(...(await examineNotes(repository)));
  return {
    findings,
    assistants: assistants.reports,
    health: await healthOf(repository, {
      at: now(),
      git: version.stdout
        .toString('utf8')
        .replace(/^git version /, '')
        .trim(),
      hooks,
      assistants: assistants.reports,
      policy,
      toFix: findings.filter(({ ok, note }) => !ok && note !== true).length,
    }),
  };
}

/** Without it a branch decides by its own policy, or by none. A remote of which nothing was fetched yet has no base. */
async function examineBase(repository: Repository): Promise<AssistantFinding[]> {
  const remote = baseRemote(repository);
  const tracking = `refs/remotes/${remote}/`;
  if ((await baseCommit(repository)) !== undefined || !mayHaveRefs(repository, tracking)) return [];
  if ((await repository.text(['for-each-ref', '--count=1', tracking])) === '') return [];
  const says = `the main branch of ${remote} is not known here, so its policy does not decide; run: ${commandToFindBase(remote)}`;
  return [{ name: 'base branch', ok: false, says }];
}

/** How many of the latest commits are examined. */
const LOOKED_AT = 30;

/** Those with AI lines in their note but no trace of it in their message. */
async function examineCommits(repository: Repository): Promise<AssistantFinding[]> {
  const list = await repository.git(['rev-list', '--no-merges', `--max-count=${String(LOOKED_AT)}`, 'HEAD'], {
    codes: [0, 128],
  });
  if (list.code !== 0) return [];
  const ids = outputLines(list.stdout);
  const shown = await showCommits(repository, ids);
  const without = ids.filter(
    (id) =>
      shown.get(id)?.provenance === 'note' &&
      (shown.get(id)?.assistants.length ?? 0) > 0 &&
      Object.keys(shown.get(id)?.trailers ?? {}).length === 0,
  );
  if (without.length === 0) return [];
  const named = without
    .slice(0, 5)
    .map((id) => id.slice(0, 10))
    .join(', ');
  const who = [...new Set(without.flatMap((id) => shown.get(id)?.assistants ?? []))].join(', ');
  return [
    {
      name: 'trailers',
      ok: false,
      note: true,
      says: `${String(without.length)} of the last ${String(ids.length)} commits have lines of AI (${who}) and no trailers: ${named}${without.length > 5 ? ', …' : ''}. Git's hooks did not run for them; their notes say it all the same, and "git commit --amend --no-edit" adds the trailers to the last one.`,
    },
  ];
}
