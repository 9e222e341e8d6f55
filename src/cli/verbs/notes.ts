/**
 * `linekeeper notes`: pushes and fetches the attribution notes, and recovers them for commits that were rewritten
 * elsewhere.
 */
import { DEPLOYMENTS_REF, exchangeLineNotes, RUNS_REF, type LineNotesSynced } from '../../provenance/commits';
import type { Repository } from '../../git';
import {
  defaultRemote,
  fetchNotes,
  pushNotes,
  repairNotes,
  whyNoNotes,
  type Synced,
} from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { countOf, jsonText, printable } from '../../policy';
import { noCommitYet } from '../arguments/unknown-revision-error';
import { fetchSignOffs, pushSignOffs, type Exchanged } from '../../review/gate/sign-offs';
import { settleNotes } from '../backfill-and-settle-notes';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';
import { noSubcommand } from '../arguments/unknown-subcommand-error';

/** What `--help` says besides. */
const MORE = `
A note is a text beside a commit that says who wrote each line. Git does not push or fetch notes by itself.

  push    send the notes here to the remote, with sign-offs, deployments and agents' runs
  fetch   get the notes that colleagues have pushed
  repair  write the notes of commits that the Git host squashed or rebased

Without REMOTE, the default remote is used. "linekeeper install --notes" makes plain git push and git fetch do the same.
`;

const ACTIONS: Readonly<
  Record<string, (call: Call, repository: Repository, word: string | undefined) => Promise<ExitCode>>
> = {
  async push(call, repository, word) {
    const remote = await remoteOf(repository, word);
    say(
      call,
      remote,
      await pushNotes(repository, remote),
      await afterMerge(repository, remote, 'push'),
      await pushSignOffs(repository, remote),
    );
    return 0;
  },
  async fetch(call, repository, word) {
    const remote = await remoteOf(repository, word);
    say(
      call,
      remote,
      await fetchNotes(repository, remote),
      await afterMerge(repository, remote, 'fetch'),
      await fetchSignOffs(repository, remote),
    );
    return 0;
  },
  repair,
};

export const notes: Verb = {
  name: 'notes',
  summary: 'Push, fetch or repair notes (the authors of committed lines)',
  example: 'linekeeper notes push origin',
  usage: 'push [REMOTE] | fetch [REMOTE] | repair [REV | A..B]',
  options: {},
  more: MORE,
  words: 2,
  async run(call): Promise<ExitCode> {
    const [name, word] = call.positionals;
    const action = name === undefined || !Object.hasOwn(ACTIONS, name) ? undefined : ACTIONS[name];
    if (action === undefined) throw noSubcommand('notes', name, Object.keys(ACTIONS));
    const repository = call.repository();
    await settleNotes(repository, call.terminal);
    return action(call, repository, word);
  },
};

async function remoteOf(repository: Repository, word: string | undefined): Promise<string> {
  if (word === undefined) return defaultRemote(repository);
  if (word.startsWith('-') || word.trim() === '') throw new CannotSay(`${JSON.stringify(word)} is not a remote.`);
  return word;
}

/** Records of deployments and of what agents ran are on refs of their own, and are exchanged together. */
const afterMerge = (
  repository: Repository,
  remote: string,
  way: 'push' | 'fetch',
): Promise<ReadonlyMap<string, LineNotesSynced>> =>
  exchangeLineNotes(way, repository, [DEPLOYMENTS_REF, RUNS_REF], remote);

function say(
  { json, terminal }: Call,
  remote: string,
  { received, sent, notes: all }: Synced,
  others: ReadonlyMap<string, LineNotesSynced>,
  signed: Exchanged,
): void {
  const of = (ref: string): LineNotesSynced => others.get(ref) ?? { received: 0, sent: 0 };
  const [deployed, ran] = [of(DEPLOYMENTS_REF), of(RUNS_REF)];
  if (json) {
    terminal.out(jsonText({ remote, received, sent, notes: all, deployments: deployed, runs: ran, signOffs: signed }));
    return;
  }
  const summary = [
    sent > 0 ? `notes of ${commits(sent)} sent` : '',
    received > 0 ? `notes of ${commits(received)} received` : '',
    deployed.sent > 0 ? `${countOf(deployed.sent, 'deployment')} sent` : '',
    deployed.received > 0 ? `${countOf(deployed.received, 'deployment')} received` : '',
    ran.sent > 0 ? `${countOf(ran.sent, 'statement')} on what agents ran sent` : '',
    ran.received > 0 ? `${countOf(ran.received, 'statement')} on what agents ran received` : '',
    signed.newThere > 0 ? `${countOf(signed.newThere, 'sign-off')} sent` : '',
    signed.received > 0 ? `${countOf(signed.received, 'sign-off')} received` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
  terminal.out(`${printable(remote)}: ${summary || 'nothing new'}; ${commits(all)} with a note here\n`);
}

const commits = (count: number): string => countOf(count, 'commit');

async function repair(call: Call, repository: Repository, word: string | undefined): Promise<ExitCode> {
  const revision = word ?? 'HEAD';
  const known = revision.startsWith('-')
    ? undefined
    : await repository.git(['rev-list', '--max-count=1', '--end-of-options', revision], { codes: [0, 128] });
  if (known?.code !== 0 && revision === 'HEAD') throw new CannotSay(noCommitYet(repository));
  if (known?.code !== 0)
    throw new CannotSay(`"${printable(revision)}" is not a commit or a range of commits in ${repository.root}.`);
  const trouble = await whyNoNotes(repository);
  if (trouble !== undefined) throw new CannotSay(trouble);
  const { written, absent } = await repairNotes(repository, [revision], call.terminal.now);
  if (call.json) {
    call.terminal.out(jsonText({ written, absent }));
    return 0;
  }
  for (const { commit, from } of written)
    call.terminal.out(
      `${commit.slice(0, 10)}: its note is drawn from ${from.map((id) => id.slice(0, 10)).join(', ')}\n`,
    );
  if (written.length === 0) call.terminal.out('No commit lacks a note that Linekeeper could restore.\n');
  if (absent > 0) {
    const fetching = await fetchKept(repository);
    call.terminal.err(
      `linekeeper: ${commits(absent)} with a note ${absent === 1 ? 'is' : 'are'} not in this repository, so what became of ${absent === 1 ? 'it' : 'them'} isn't known. ${fetching === null ? 'If the Git host keeps the commits of pull requests, fetch them and try again.' : `The Git host keeps the commits of pull requests. Fetch them and try again: ${printable(fetching)}`}`,
    );
  }
  return 0;
}

async function fetchKept(repository: Repository): Promise<string | null> {
  const remote = await defaultRemote(repository).catch(() => null);
  if (remote === null) return null;
  const { fetchKeptCommits } = await import('../forge/fetch-kept-commits-command');
  return fetchKeptCommits(repository, remote);
}
