/** A finding that stands for other places too: the tiers of their files follow, and there is no second finding. */
import assert from 'node:assert/strict';
import { decide } from '../../src/policy/decision';
import {
  changedFileIn,
  findingsAbout,
  tierOf,
  withoutSwitchedOff,
  type Decision,
  type Finding,
} from '../../src/policy';
import type { Author, FileAttribution } from '../../src/provenance/authorship/types';
import { finding, lines, policy, requirement, tier } from '../support/policies';

const FOLDER = finding({
  path: 'src/old/main.tf',
  side: 'old',
  line: 2,
  alsoIn: [
    { path: 'src/old/queues.tf', line: 4 },
    { path: 'src/old/main.tf', line: 9 },
  ],
});
const POLICY = policy({
  tiers: [tier({ detect: ['destructive'], ai: { atLeastLines: 100, byLevel: { junior: requirement() } } })],
});

const removedBy = (path: string, author: Author, start: number, end: number): FileAttribution => ({
  path,
  from: null,
  status: 'M',
  binary: false,
  ranges: [],
  removed: [lines(start, end, author)],
  change: null,
});

const decided = (findings: readonly Finding[], ...files: readonly FileAttribution[]): Decision =>
  decide({
    policy: POLICY,
    files: files.map((file) => changedFileIn({ findings }, file)),
    level: 'junior',
    approvals: {},
  });

describe('a finding about several files', () => {
  it('raises the tier of each file, and counts once', () => {
    const { tiers, findings } = decided(
      [FOLDER],
      removedBy('src/old/main.tf', 'human', 1, 9),
      removedBy('src/old/queues.tf', 'human', 1, 9),
      removedBy('src/new/main.tf', 'human', 1, 9),
    );
    assert.deepEqual(
      tiers.map(({ files }) => files),
      [['src/old/main.tf', 'src/old/queues.tf']],
    );
    assert.equal(findings.length, 1);
    assert.equal(
      tierOf(POLICY, {
        path: 'src/old/queues.tf',
        from: null,
        findings: findingsAbout([FOLDER], 'src/old/queues.tf'),
      })?.tier.name,
      'critical',
    );
  });

  it('asks for a sign-off when AI wrote any of its places, or another place of its file', () => {
    const verdict = (...files: readonly FileAttribution[]): string => decided([FOLDER], ...files).verdict;
    const byPerson = removedBy('src/old/main.tf', 'human', 1, 3);
    assert.equal(verdict(byPerson, removedBy('src/old/queues.tf', 'ai', 4, 4)), 'fail');
    assert.equal(verdict(byPerson, removedBy('src/old/queues.tf', 'human', 4, 4)), 'pass');
    assert.equal(verdict({ ...byPerson, removed: [...byPerson.removed, lines(9, 9, 'ai')] }), 'fail');
  });

  it('moves to the next file when its rule is off for the first', () => {
    const off = (...paths: readonly string[]): readonly Finding[] =>
      withoutSwitchedOff({ rules: [], rulesOff: [{ rule: FOLDER.rule, reason: 'tried out', paths }] }, [FOLDER])
        .findings;
    const [moved, ...others] = off('src/old/main.tf');
    assert.deepEqual([moved?.path, moved?.line, moved?.alsoIn, others], ['src/old/queues.tf', 4, undefined, []]);
    assert.deepEqual(off('src/old/queues.tf')[0]?.alsoIn, [{ path: 'src/old/main.tf', line: 9 }]);
    assert.deepEqual(off('src/old/**'), []);
  });
});
