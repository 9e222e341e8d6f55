/**
 * What the gate's tests have in common: people, a policy, approvals, and how an answer is said in short. Who wrote a
 * commit's lines is told by its subject, `ai: …`, `human: …` or anything else for unknown, so that these tests are about
 * the gate and not about notes.
 */
import type { Author, FileAttribution, LineRange } from '../../src/provenance/authorship/types';
import { attributed } from '../../src/provenance/commits';
import type { AttributionOf, CheckResult, CommitAuthors, GivenApproval } from '../../src/review/gate';
import type { Person } from './repository';

export const GRACE: Person = { name: 'Grace', email: 'grace@example.com' };

/** Ada and Grace are seniors, Bob is mid, everybody else is junior. */
export const POLICY = `version: 1
people:
  senior: [ada@example.com, grace@example.com]
  mid: [bob@example.com]
  junior: [carl@example.com]
aliases: { ada: [ada@example.com], grace: [grace@example.com], bob: [bob@example.com], carl: [carl@example.com] }
tiers:
  - name: critical
    paths: ["infra/**"]
    review:
      ai:
        junior: { from: senior }
        mid: { from: senior }
        senior: { from: senior, code-owner: true }
  - name: standard
    paths: ["src/**"]
    review:
      any: { from: junior }
`;

/** Text of `count` numbered lines. */
export const numbered = (count: number, word = 'line'): string =>
  Array.from({ length: count }, (_, index) => `${word} ${String(index + 1)}\n`).join('');

/** Attribution by the subject of each commit. */
export const bySubject: AttributionOf = () =>
  Promise.resolve((commit, changes): CommitAuthors => {
    const author: Author = commit.message.startsWith('ai:')
      ? 'ai'
      : commit.message.startsWith('human:')
        ? 'human'
        : 'unknown';
    const assistant = author === 'ai' ? (/^ai: \((.+?)\)/.exec(commit.message)?.[1] ?? 'kiro') : null;
    const mark = (range: LineRange): LineRange => ({ ...range, author, assistant });
    const files = attributed(commit, changes, undefined).files.map((file): FileAttribution => ({
      ...file,
      ranges: file.ranges.map(mark),
      removed: file.removed.map(mark),
      change: file.change && { ...file.change, author, assistant },
    }));
    return {
      files,
      provenance: author === 'unknown' ? 'none' : 'note',
      assistants: assistant === null ? [] : [assistant],
    };
  });

export const approved = (by: string, commit: string, over: Partial<GivenApproval> = {}): GivenApproval => ({
  by,
  email: `${by}@example.com`,
  commit,
  state: 'approved',
  at: Date.parse('2025-01-01T00:00:00Z'),
  ...over,
});

/** `file +ai/human/unknown -ai/human/unknown` of each tier. */
export const counted = (result: CheckResult): readonly string[] =>
  result.tiers.map(
    ({ name, files, added, removed }) =>
      `${name} ${files.join(',')} +${String(added.ai)}/${String(added.human)}/${String(added.unknown)} -${String(removed.ai)}/${String(removed.human)}/${String(removed.unknown)}`,
  );

export const missing = (result: CheckResult): readonly string[] =>
  [...result.required, ...result.tiers.flatMap((tier) => tier.required)].flatMap((one) =>
    one.missing === '' ? [] : [one.missing],
  );
