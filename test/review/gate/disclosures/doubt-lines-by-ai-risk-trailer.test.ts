import assert from 'node:assert/strict';
import type { Author, FileAttribution, LineRange } from '../../../../src/provenance/authorship/types';
import { hearRisks, risksOf } from '../../../../src/review/gate/disclosures/doubt-lines-by-ai-risk-trailer';
import { lines, policy, requirement, tier } from '../../../support/policies';

const POLICY = policy({
  tiers: [
    tier({ detect: ['destructive'], ai: { atLeastLines: 1, byLevel: { junior: requirement() } } }),
    tier({ name: 'standard', paths: ['src/**'], any: requirement({ from: 'junior' }) }),
  ],
});

const file = (path: string, ranges: readonly LineRange[], removed: readonly LineRange[] = []): FileAttribution => ({
  path,
  from: null,
  status: 'M',
  binary: false,
  ranges,
  removed,
  change: null,
});
const heard = (risk: string, ...files: readonly FileAttribution[]): readonly string[] =>
  hearRisks({ files, provenance: 'note', assistants: [] }, [risk], POLICY).files.map(
    ({ path, ranges, removed, change }) =>
      `${path} ${[...ranges, ...removed, ...(change === null ? [] : [change])].map(({ author }) => author).join(',')}`,
  );

describe('AI-Risk trailers of a commit', () => {
  it("make the lines of that tier's files unknown when the note has no AI there", () => {
    assert.deepEqual(
      heard(
        'critical',
        file('infra/a.tf', [lines(1, 5, 'human')], [lines(1, 2, 'human')]),
        file('docs/a.md', [lines(1, 5, 'ai'), lines(6, 7, 'human')]),
      ),
      ['infra/a.tf unknown,unknown', 'docs/a.md ai,human'],
    );
    assert.deepEqual(
      heard(
        'critical',
        {
          ...file('infra/a.bin', []),
          change: { author: 'human', edited: false, assistant: null, model: null, session: null, evidence: null },
        },
        file('src/a.ts', [lines(1, 1, 'ai')]),
      ),
      ['infra/a.bin unknown', 'src/a.ts ai'],
    );
  });

  it('change nothing when the note has AI in the tier', () => {
    for (const files of [
      [file('infra/a.tf', [lines(1, 1, 'ai')]), file('infra/b.tf', [lines(1, 5, 'human')])],
      [file('infra/a.tf', [lines(1, 5, 'human')], [lines(1, 1, 'ai')])],
    ])
      assert.deepEqual(hearRisks({ files, provenance: 'note', assistants: [] }, ['critical'], POLICY).files, files);
  });

  it('count for every file when the policy has no tier of that name', () => {
    assert.deepEqual(
      heard(
        'secret',
        file('infra/a.tf', [lines(1, 5, 'human')]),
        file('src/a.ts', [lines(1, 1, 'ai'), lines(2, 2, 'human')]),
      ),
      ['infra/a.tf unknown', 'src/a.ts ai,unknown'],
    );
  });

  it("are met by AI's lines elsewhere when no file is in the tier by its path", () => {
    const authors = (author: Author): readonly string[] =>
      heard('critical', file('db/a.sql', [lines(1, 1, author)]), file('docs/a.md', [lines(1, 5, 'human')]));
    assert.deepEqual(authors('ai'), ['db/a.sql ai', 'docs/a.md human']);
    assert.deepEqual(authors('human'), ['db/a.sql unknown', 'docs/a.md unknown']);
  });

  it('are read from trailers, not from a sentence', () => {
    assert.deepEqual(risksOf('x\n\nAI-Lines: +1 -0 of +1 -0\nAI-Risk: critical\n\nmore\n\nai-risk:  standard \r\n'), [
      'critical',
      'standard',
    ]);
    assert.deepEqual(risksOf('x\n\nThe hook writes\nAI-Risk: critical\ninto the message.\n'), []);
  });

  it('count once for every file when there are thousands', () => {
    const message = `x\n\n${Array.from({ length: 5000 }, (_, index) => `AI-Risk: t${String(index)}`).join('\n')}\n`;
    assert.deepEqual(risksOf(message), ['']);
    assert.deepEqual(heard('', file('infra/a.tf', [lines(1, 5, 'human')])), ['infra/a.tf unknown']);
  });
});
