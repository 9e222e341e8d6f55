/** `linekeeper show [REV]`: who wrote the lines of a commit. */
import { addCounts, NO_COUNTS } from '../../provenance/authorship';
import { asCounted, unknownReasonsOfCommits, type CountedCommit } from '../../review/gate';
import { isSettled, missingModelsIn, settleFirst, showCommits, type CommitAttribution } from '../../provenance/commits';
import { outputLines, isCutOff, type Repository } from '../../git';
import { countOf, jsonText, countsText, printable } from '../../policy';
import { OLDEST_TRANSCRIPT_MS } from '../../provenance/assistants/record';
import { fillFirst } from '../backfill-and-settle-notes';
import { noCommit, noCommitYet } from '../arguments/unknown-revision-error';
import { describeRange, lines } from '../output/format-attribution';
import { CannotSay, type ExitCode, type Verb } from '../verb';

export const show: Verb = {
  name: 'show',
  summary: 'Show the authors of the lines in a commit',
  example: 'linekeeper show HEAD~1',
  usage: '[REV | A..B]',
  options: {},
  words: 1,
  more: `
REV is a commit, by default HEAD. A..B shows each commit of a range. It prints, for example:
  src/a.ts
    + line 2         AI (claude-code, claude-opus-4-8), reported
`,
  async run(call): Promise<ExitCode> {
    const repository = call.repository();
    const revision = call.positionals[0] ?? 'HEAD';
    const printed = new Set<string>();
    const settle = (): Promise<void> =>
      settleFirst(repository, call.terminal.now, (sentence) => {
        if (!printed.has(sentence)) call.terminal.err(`linekeeper: ${sentence}`);
        printed.add(sentence);
      });
    // A note records what was known when it was written, so transcripts are read first.
    if (revision.includes('..') || !isSettled(repository, call.terminal.now)) fillFirst(repository, call.terminal);
    await settle();
    if (revision.includes('..')) {
      const list = revision.startsWith('-')
        ? undefined
        : await repository.git(['rev-list', '--reverse', '--topo-order', '--end-of-options', revision], {
            codes: [0, 128],
          });
      if (list?.code !== 0)
        throw new CannotSay(`"${printable(revision)}" is not a range of commits in ${repository.root}.`);
      const ids = outputLines(list.stdout);
      const shown = await showCommits(repository, ids);
      const all = await asCounted(
        repository,
        ids.flatMap((id) => shown.get(id) ?? []),
      );
      const total = totalOf(all);
      const why = await unknownReasonsOfCommits(repository, all);
      call.terminal.out(
        call.json
          ? jsonText({ range: revision, ...total, commits: all.map((one) => toJson(one, why.get(one.commit.id))) })
          : [
              ...all.map((one) => toText(one, why.get(one.commit.id))),
              `${countOf(all.length, 'commit')}: added ${countsText(total.added)}; removed ${countsText(total.removed)}\n`,
            ].join('\n'),
      );
      return 0;
    }
    const id = await repository.commitId(revision);
    const find = async (): Promise<CommitAttribution | undefined> =>
      id === undefined ? undefined : (await showCommits(repository, [id])).get(id);
    let commit = await find();
    if (commit && mayBeTold(repository, commit, call.terminal.now())) {
      const wasSettled = isSettled(repository, call.terminal.now);
      const filled = fillFirst(repository, call.terminal);
      if (filled || (wasSettled && !isSettled(repository, call.terminal.now))) {
        await settle();
        commit = await find();
      }
    }
    if (!commit && revision === 'HEAD') throw new CannotSay(noCommitYet(repository));
    if (!commit) throw new CannotSay(noCommit(repository, revision, '"git log --oneline" lists the commits.'));
    if (isCutOff(repository, commit.commit.id))
      call.terminal.err(
        `linekeeper: shallow history: the parent of this commit is missing, so everything in it counts as added. "git fetch --deepen=1" brings what was there before.`,
      );
    const [heard = commit] = await asCounted(repository, [commit]);
    const why = (await unknownReasonsOfCommits(repository, [heard])).get(heard.commit.id);
    call.terminal.out(call.json ? jsonText(toJson(heard, why)) : toText(heard, why));
    return 0;
  },
};

/**
 * Transcripts may have information on it: nothing is recorded about it yet, or not the model, and it is not older than
 * the part of them that is searched.
 */
function mayBeTold(repository: Repository, { commit, files, provenance }: CommitAttribution, now: number): boolean {
  if (provenance !== 'note') return now - commit.committer.time * 1000 < OLDEST_TRANSCRIPT_MS;
  const missingModels = files.some((file) =>
    [...file.ranges, ...file.removed].some(({ author, model }) => author === 'ai' && model === null),
  );
  return missingModels && missingModelsIn(repository, now).some((one) => one.commit === commit.id);
}

/** The commits' own lines added up: a line that several of them changed counts each time. */
function totalOf(all: readonly CommitAttribution[]): Pick<CommitAttribution, 'added' | 'removed'> {
  return {
    added: all.reduce((sum, one) => addCounts(sum, one.added), NO_COUNTS),
    removed: all.reduce((sum, one) => addCounts(sum, one.removed), NO_COUNTS),
  };
}

/** The output of `show --json`. */
function toJson(shown: CountedCommit, why: readonly string[] = []): unknown {
  const { commit } = shown;
  return {
    commit: commit.id,
    parent: commit.parents[0] ?? null,
    ...(commit.parents.length > 1 ? { parents: commit.parents } : {}),
    added: shown.added,
    removed: shown.removed,
    provenance: shown.provenance,
    overruled: shown.overruled,
    ...(shown.reverts === undefined ? {} : { reverts: shown.reverts }),
    why,
    files: shown.files,
    trailers: shown.trailers,
  };
}

function toText(shown: CountedCommit, why: readonly string[] = []): string {
  const { commit } = shown;
  const subject = commit.message.split('\n')[0] ?? '';
  const text = [
    `${commit.id.slice(0, 10)} ${printable(subject)}`,
    `  added ${countsText(shown.added)}; removed ${countsText(shown.removed)}`,
  ];
  if (commit.parents.length > 1)
    text.push(`  A merge: it shows only lines that differ from all ${String(commit.parents.length)} parents.`);
  if (shown.reverts !== undefined)
    text.push(
      `  A revert of ${shown.reverts.slice(0, 10)}: the person who reverted removed lines, and restored lines keep their earlier author. Lines from before Linekeeper was used count as a person's.`,
    );
  if (shown.provenance === 'markers' || shown.provenance === 'trailers')
    text.push(
      `  This commit has no note. The authors come from its ${shown.provenance === 'markers' ? `marks (${shown.assistants.map(printable).join(', ')})` : 'trailers'}.`,
    );
  text.push(...why.map((reason) => `  ${printable(reason)}`));
  for (const { tier, says } of shown.overruled)
    text.push(`  ${printable(says)} It was about ${tier === null ? 'every tier' : `tier ${printable(tier)}`}.`);
  for (const file of shown.files) {
    text.push(`  ${printable(file.from === null ? file.path : `${file.from} → ${file.path}`)}`);
    if (file.change) text.push(`    ${file.binary ? 'binary content' : 'no lines'}: ${describeRange(file.change)}`);
    for (const range of file.ranges) text.push(`    + ${lines(range)}  ${describeRange(range)}`);
    for (const range of file.removed) text.push(`    - ${lines(range)}  ${describeRange(range)}`);
  }
  return `${text.join('\n')}\n`;
}
