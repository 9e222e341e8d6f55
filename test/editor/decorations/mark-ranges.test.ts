import assert from 'node:assert/strict';
import type { Hunk, Seen } from '../../../src/editor/state/line-hunks';
import type { TierView } from '../../../src/editor/state/tier-view';
import { marksOf } from '../../../src/editor/decorations/mark-ranges';
import { atOnce } from '../../../src/editor/time-slices';
import { freezeWarnings } from '../../../src/editor/problems/open-incident-warnings';
import { warningsOf } from '../../../src/editor/problems/author-warnings';
import { inRow, neededOf } from '../../../src/editor/missing-requirements-text';
import { plain } from '../../../src/editor/author-count-and-time-texts';
import { type Translate } from '../../../src/editor/translate';
import type { OpenIncident, RequirementResult, Tier } from '../../../src/policy';

const t: Translate = (message, ...words) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(words[Number(index)]));

const seen = (
  start: number,
  end: number,
  author: Seen['author'],
  assistant: string | null = author === 'ai' ? 'claude-code' : null,
): Seen => ({
  start,
  end,
  author,
  assistant,
  edited: false,
  model: null,
  session: null,
  evidence: null,
  reason: null,
  time: null,
});
const hunk = (line: number, added: readonly Seen[], removed: readonly Seen[] = []): Hunk => ({
  line,
  was: line,
  added,
  removed,
});

const requirement = (from: 'junior' | 'mid' | 'senior', more: Partial<RequirementResult> = {}): RequirementResult => ({
  kind: 'ai',
  from,
  approvals: 1,
  codeOwner: false,
  why: '',
  satisfied: false,
  by: [],
  missing: `${from} is missing`,
  ...more,
});
const TIER: Tier = {
  name: 'critical',
  paths: ['prod/**'],
  detect: [],
  agents: 'allow',
  any: null,
  ai: null,
  rollout: null,
  blast: null,
};
const view = (more: Partial<TierView> = {}): TierView => ({
  tier: TIER,
  rank: 0,
  pattern: 'prod/**',
  open: [requirement('senior')],
  unknown: 'human',
  line: null,
  ...more,
});

describe('warnings about lines of AI', () => {
  const lines = (hunks: readonly Hunk[], at = view()): string[] =>
    warningsOf(t, hunks, at, 100).map(({ start, end, message }) => `${String(start)}-${String(end)} ${message}`);

  it("there is one for each run of AI's lines, and none for a person's or unknown lines", () => {
    assert.deepEqual(
      lines([
        hunk(1, [seen(1, 3, 'ai'), seen(4, 4, 'human'), seen(5, 6, 'ai', 'codex'), seen(7, 7, 'ai')]),
        hunk(9, [seen(9, 9, 'unknown')]),
      ]),
      [
        "1-3 Claude Code +3 in critical. Needs a senior's sign-off.",
        "5-7 An AI assistant +3 in critical. Needs a senior's sign-off.",
      ],
    );
  });

  it('there is one for all that AI removed in a hunk, at its place', () => {
    assert.deepEqual(
      lines([hunk(2, [seen(2, 2, 'ai')], [seen(2, 3, 'ai')]), hunk(7, [], [seen(9, 9, 'ai'), seen(10, 10, 'human')])]),
      [
        "2-2 Claude Code +1 −2 in critical. Needs a senior's sign-off.",
        "7-7 Claude Code −1 in critical. Needs a senior's sign-off.",
      ],
    );
  });

  it("unknown lines of a hunk have one, when they count as AI's and a sign-off is missing", () => {
    const hunks = [
      hunk(1, [seen(1, 1, 'unknown'), seen(2, 2, 'human'), seen(3, 4, 'unknown')], [seen(1, 1, 'unknown')]),
      hunk(8, [seen(8, 8, 'ai'), seen(9, 9, 'unknown')]),
    ];
    assert.deepEqual(lines(hunks, view({ unknown: 'ai' })), [
      "1-4 Unknown author +3 −1 in critical. Needs a senior's sign-off.",
      "8-8 Claude Code +1 in critical. Needs a senior's sign-off.",
      "9-9 Unknown author +1 in critical. Needs a senior's sign-off.",
    ]);
    assert.deepEqual(
      lines(hunks.slice(0, 1), view({ unknown: 'ai', open: [requirement('senior', { kind: 'any' })] })),
      [],
      'what is asked of every change is asked of nobody in particular',
    );
    assert.deepEqual(lines(hunks.slice(0, 1)), [], "unknown lines that count as a person's");
  });

  it('they come only in a tier that asks for a sign-off or watches', () => {
    const hunks = [hunk(1, [seen(1, 1, 'ai')])];
    assert.equal(lines(hunks, view({ open: [] })).length, 0);
    assert.equal(lines(hunks, view({ open: [], tier: { ...TIER, detect: ['destructive'] } })).length, 1);
    assert.equal(lines(hunks, view({ open: [], tier: { ...TIER, agents: 'ask' } })).length, 1);
  });

  it('in the tier of all other files they are hints, unless AI is forbidden or an incident is open', () => {
    const loudness = (more: Partial<TierView>): readonly string[] =>
      warningsOf(t, [hunk(1, [seen(1, 1, 'ai')])], view(more), 100).map((warning) => warning.loudness);
    assert.deepEqual(loudness({ rank: 1 }), ['information']);
    for (const pattern of ['**', '*', '**/*', '/**', '**/**'])
      for (const rank of [0, 1]) assert.deepEqual(loudness({ pattern, rank }), ['hint'], pattern);
    for (const pattern of ['*/**', '**/*.ts', '*.*', null]) assert.deepEqual(loudness({ pattern }), ['warning']);
    const everywhere = { pattern: '**', rank: 1 };
    assert.deepEqual(loudness({ ...everywhere, open: [requirement('senior', { incidents: ['INC-1'] })] }), [
      'information',
    ]);
    assert.deepEqual(loudness({ ...everywhere, open: [{ ...requirement('senior'), from: null }] }), ['information']);
  });

  it('they never point past the end of the file', () => {
    assert.deepEqual(
      warningsOf(t, [hunk(101, [], [seen(99, 99, 'ai')])], view(), 100).map(({ start }) => start),
      [100],
    );
  });
});

describe('the missing sign-off in a row', () => {
  const needed = (open: readonly RequirementResult[]): string[] => neededOf(open).map(({ what }) => what);

  it('is a few words', () => {
    const row = (open: readonly RequirementResult[]): string[] => neededOf(open).map((one) => inRow(t, one));
    assert.deepEqual(row([requirement('senior'), requirement('mid', { approvals: 2 })]), [
      'Needs a senior',
      'Needs 2 mid or senior',
    ]);
    assert.deepEqual(row([requirement('junior', { approvals: 3 })]), ['Needs 3 colleagues']);
    assert.deepEqual(row([{ ...requirement('senior'), from: null, missing: 'no AI here' }]), ['no AI here']);
  });

  it('leaves out a sign-off that a stronger one covers', () => {
    assert.deepEqual(needed([requirement('mid'), requirement('senior')]), ["a senior's sign-off"]);
    assert.deepEqual(needed([requirement('senior'), requirement('senior')]), ["a senior's sign-off"]);
    assert.deepEqual(needed([requirement('mid', { approvals: 2 }), requirement('senior')]), [
      "a senior's sign-off",
      '2 mid-level or senior sign-offs',
    ]);
    assert.equal(needed([requirement('mid', { codeOwner: true }), requirement('senior')]).length, 2);
    assert.deepEqual(needed([requirement('senior', { satisfied: true })]), []);
  });

  it('names the incidents that ask for it', () => {
    assert.deepEqual(needed([requirement('senior', { approvals: 2, incidents: ['INC-1', 'INC-2'] })]), [
      "2 seniors' sign-offs while INC-1 and INC-2 are open",
    ]);
  });
});

describe('the warning of a freeze', () => {
  const incident = (more: Partial<OpenIncident> = {}): OpenIncident => ({
    id: 'INC-1',
    title: 'Orders [x](command:y)\nwere down',
    file: '.linekeeper/incidents/1.yml',
    paths: ['src/**', '!src/docs/**'],
    wrong: null,
    ...more,
  });
  const open = [requirement('senior', { incidents: ['INC-1'] })];
  const said = (one: OpenIncident, path: string, lacks: readonly RequirementResult[] = open): string[] =>
    freezeWarnings(t, [one], { path, line: 3, open: lacks }).map(({ start, message }) => `${String(start)} ${message}`);

  it('covers the files of the incident, and escapes its title', () => {
    assert.deepEqual(said(incident(), 'src/a.ts'), [
      '3 INC-1 ("Orders [x](command:y)\\nwere down") is open on this file, so changing it needs a senior\'s sign-off.',
    ]);
    assert.deepEqual(said(incident(), 'src/docs/a.md'), []);
    assert.deepEqual(said(incident(), 'prod/a.tf'), []);
  });

  it("covers every file when the incident's file cannot be read", () => {
    assert.deepEqual(said(incident({ title: null, paths: null, wrong: 'no YAML' }), 'prod/a.tf'), [
      "3 .linekeeper/incidents/1.yml can't be read and may be about this file, so changing it needs a senior's sign-off.",
    ]);
  });

  it('is gone when its sign-off is there', () => {
    assert.deepEqual(said(incident(), 'src/a.ts', []), []);
    assert.deepEqual(said(incident(), 'src/a.ts', [requirement('senior')]), []);
  });
});

describe('change bars beside lines', () => {
  it('mark a removal only where AI added no line instead', () => {
    const marks = atOnce(
      marksOf(
        [
          hunk(1, [seen(1, 1, 'ai')], [seen(1, 1, 'ai')]),
          hunk(4, [seen(4, 4, 'human')], [seen(4, 4, 'ai')]),
          hunk(9, [seen(9, 12, 'unknown')]),
        ],
        10,
        [{ start: 1, end: 3 }],
      ),
    );
    assert.deepEqual(marks, { ai: [[1, 1]], removed: [[4, 4]], unknown: [[9, 10]], committed: [[2, 3]] });
  });
});

describe('hover text from outside', () => {
  it('shows markup as text', () => {
    assert.equal(
      plain('[x](command:evil) $(sparkle) <img src=x> **b**\nnew'),
      '\\[x\\]\\(command\\:evil\\) \\$\\(sparkle\\) &lt;img src=x&gt; \\*\\*b\\*\\* new',
    );
  });
});
