/** The commits of a scope as rows: who wrote their lines, in which sessions, and under which exceptions. */
import type { LineRange } from '../../provenance/authorship/types';
import type { CommitAttribution } from '../../provenance/commits';
import type { RowBody, RowOf } from './row-fields-by-kind';

/**
 * @param counted The commit as the gate counts it.
 * @param broughtBy The commit on the branch's own line that brought it.
 */
export function changeRows(counted: CommitAttribution, broughtBy: string): readonly RowBody[] {
  const { commit, files, added, removed, provenance, assistants, overruled } = counted;
  return [
    {
      kind: 'change',
      commit: commit.id,
      parents: commit.parents,
      subject: commit.message.split('\n', 1)[0] ?? '',
      author: { name: commit.author.name, email: commit.author.email },
      committer: { name: commit.committer.name, email: commit.committer.email },
      at: timeOf(commit.committer.time),
      broughtBy,
      files: files.length,
      added,
      removed,
      provenance,
      assistants,
      sessions: sessionsIn(files),
    },
    ...overruled.map(({ tier, says }): RowBody => ({
      kind: 'exception',
      commit: commit.id,
      relation: 'commit',
      tier,
      says,
      by: null,
      at: null,
      minutes: null,
    })),
  ];
}

type Session = RowOf<'change'>['sessions'][number];

function sessionsIn(files: CommitAttribution['files']): readonly Session[] {
  const found = new Map<string, { session: Session; readonly evidence: Set<string> }>();
  const add = (side: 'added' | 'removed', { start, end, ...by }: LineRange): void => {
    if (by.author !== 'ai') return;
    const key = JSON.stringify([by.assistant, by.model, by.session]);
    const known = found.get(key) ?? {
      session: { assistant: by.assistant, model: by.model, session: by.session, evidence: [], added: 0, removed: 0 },
      evidence: new Set<string>(),
    };
    known.session = { ...known.session, [side]: known.session[side] + end - start + 1 };
    if (by.evidence !== null) known.evidence.add(by.evidence);
    found.set(key, known);
  };
  for (const { ranges, removed, change } of files) {
    for (const range of ranges) add('added', range);
    for (const range of removed) add('removed', range);
    // A change without lines names its session too.
    if (change !== null) add('added', { ...change, start: 1, end: 0 });
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { session, evidence }]) => ({ ...session, evidence: [...evidence].sort() }));
}

/** RFC 3339, UTC, from seconds; the last moment that JavaScript knows for anything later. */
export const timeOf = (seconds: number): string =>
  new Date(Math.max(-8.64e12, Math.min(seconds, 8.64e12)) * 1000).toISOString().replace(/\.\d{3}Z$/, 'Z');
