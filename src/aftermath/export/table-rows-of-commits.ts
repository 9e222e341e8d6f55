/** Commits as rows of the tables. */
import { createHash } from 'node:crypto';
import { type Policy, tierOf } from '../../policy';
import type { LineRange } from '../../provenance/authorship/types';
import { type CommitAttribution, revertedBy } from '../../provenance/commits';
import type { CommitFinding } from '../report';
import type { Row } from './table-schema';

export interface RowOptions {
  readonly policy: Policy;
  /** Include keys of people. */
  readonly people: boolean;
}

/**
 * A key for an address: the same for the same address, without revealing it. Anybody who has the repository can find
 * out whose it is.
 */
const keyOfPerson = (email: string): string =>
  createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 16);

/** `time`: seconds since the epoch. */
export function commitRow(shown: CommitAttribution, time: number, { policy, people }: RowOptions): Row {
  const { commit, files, added, removed } = shown;
  const ranks = files.flatMap((file) => {
    const ai = [...file.ranges, ...file.removed, ...(file.change ? [file.change] : [])].some(
      ({ author }) => author === 'ai',
    );
    const match = ai ? tierOf(policy, { path: file.path, from: file.from, findings: [] }) : null;
    return match ? [match] : [];
  });
  return {
    commit: commit.id,
    committed_at: time,
    merge: commit.parents.length > 1,
    author_key: people ? keyOfPerson(commit.author.email) : null,
    provenance: shown.provenance,
    assistants: shown.assistants.join(','),
    tier: ranks.sort((a, b) => a.rank - b.rank)[0]?.tier.name ?? null,
    files: files.length,
    added_ai: added.ai,
    added_human: added.human,
    added_unknown: added.unknown,
    removed_ai: removed.ai,
    removed_human: removed.human,
    removed_unknown: removed.unknown,
    reverts: revertedBy(commit.message) ?? null,
    overruled: shown.overruled.length,
  };
}

export function lineRows({ commit, files }: CommitAttribution, time: number, { policy }: RowOptions): Row[] {
  return files.flatMap(({ path, from, ranges, removed }) => {
    const tier = tierOf(policy, { path, from, findings: [] })?.tier.name ?? null;
    const row =
      (side: 'new' | 'old') =>
      ({ start, end, author, edited, assistant, model, session, evidence }: LineRange): Row => ({
        commit: commit.id,
        committed_at: time,
        path,
        side,
        start_line: start,
        end_line: end,
        author,
        edited,
        assistant,
        model,
        session,
        evidence,
        tier,
      });
    return [...ranges.map(row('new')), ...removed.map(row('old'))];
  });
}

export const findingRow = (
  commit: string,
  { path, side, line, rule, class: kind, severity, author, assistant, model }: CommitFinding,
  time: number,
  { policy }: RowOptions,
): Row => ({
  commit,
  committed_at: time,
  path,
  side,
  line,
  rule,
  class: kind,
  severity,
  author,
  assistant,
  model,
  tier: tierOf(policy, { path, from: null, findings: [] })?.tier.name ?? null,
});
