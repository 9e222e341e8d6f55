/** What a reviewer reads first, what is left, and where they are. */
import assert from 'node:assert/strict';
import { messageOf, progressOf } from '../../../src/editor/review/text-above-review-rows';
import {
  amountsOf,
  editedLines,
  hunkAt,
  linesOn,
  lineToShow,
  nextUnread,
  readingOf,
  worstOf,
} from '../../../src/editor/review/reading-order';
import { inNotification, visible } from '../../../src/editor/review/visible-text';
import type { ReviewState } from '../../../src/editor/review/background-reviews';
import type { Translate } from '../../../src/editor/translate';
import type { Finding } from '../../../src/policy';
import type { HunkRun, ReviewHunk, ReviewToRead, SignOffToGive, TierToSign } from '../../../src/review/request';
import type { Foresight } from '../../../src/editor/background';
import { shortfalls } from '../../../src/editor/review/signature-shortfalls';
import { COMMITS_AT_MOST } from '../../../src/review/request/limit-of-examined-commits';

const t: Translate = (message, ...words) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(words[Number(index)]));

const run = (author: HunkRun['author'], start: number, end = start, edited = false): HunkRun => ({
  start,
  end,
  author,
  assistant: author === 'ai' ? 'claude-code' : null,
  edited,
  unknownIn: author === 'unknown' ? 'c' : null,
});
const finding = (severity: Finding['severity'], line = 1): Finding => ({
  rule: 'destructive/x',
  class: 'destructive',
  severity,
  path: 'a',
  line,
  side: 'new',
  message: 'Goes away.',
});
const hunk = (id: string, over: Partial<ReviewHunk> = {}): ReviewHunk => ({
  id,
  path: 'a',
  from: null,
  tier: null,
  oldLine: 1,
  newLine: 1,
  removed: [],
  added: [run('ai', 1)],
  findings: [],
  ...over,
});
const review = (hunks: readonly ReviewHunk[], over: Partial<ReviewToRead> = {}): ReviewToRead => ({
  branch: 'topic',
  base: 'main',
  baseRef: 'refs/heads/main',
  number: null,
  page: null,
  commits: 1,
  mergeBase: 'b',
  head: 'h',
  hunks,
  left: 0,
  withoutNotes: 0,
  whyUnknown: {},
  others: [],
  ...over,
});
const there = (one: ReviewToRead, ...ticked: readonly string[]): ReviewState => ({
  kind: 'there',
  reading: readingOf(one, new Set(ticked)),
  ticked: new Set(ticked),
});

describe('readingOf and its helpers, for the review view', () => {
  it("lists tiers by risk; a person's hunk is apart unless it has a finding", () => {
    const all = [
      hunk('1', { tier: 'critical' }),
      hunk('2', { tier: 'critical', added: [run('unknown', 1)] }),
      hunk('3', { added: [run('human', 1)], findings: [finding('high')] }),
      hunk('4', { added: [run('human', 1)] }),
    ];
    const { tiers, toRead, byPeople, read } = readingOf(review(all), new Set(['2', 'of another branch']));
    assert.deepEqual(
      tiers.map(({ tier, hunks }) => [tier, hunks.map(({ id }) => id)]),
      [
        ['critical', ['1', '2']],
        [null, ['3']],
      ],
    );
    assert.deepEqual([toRead.map(({ id }) => id), byPeople.map(({ id }) => id), read], [['1', '2', '3'], ['4'], 1]);
  });

  it('nextUnread goes on behind the current hunk, then from the start, until all are read', () => {
    const all = ['1', '2', '3'].map((id) => hunk(id));
    const next = (current: number | undefined, ...ticked: readonly string[]): string | undefined =>
      nextUnread(all, new Set(ticked), current === undefined ? undefined : all[current])?.id;
    assert.deepEqual([next(undefined), next(0), next(2), next(0, '2'), next(2, '1')], ['1', '2', '1', '3', '2']);
    assert.deepEqual([next(0, '2', '3'), next(0, '1', '2', '3'), next(undefined, '1')], ['1', undefined, '2']);
    assert.equal(nextUnread(all, new Set(), hunk('of people'))?.id, '1', 'one that is not to be read is nowhere');
  });

  it('finds the hunk at a line, on both sides and across a rename', () => {
    const first = hunk('1', {
      path: 'new',
      from: 'old',
      oldLine: 2,
      newLine: 2,
      removed: [run('ai', 2, 3)],
      added: [run('ai', 2)],
    });
    const second = hunk('2', {
      path: 'new',
      from: 'old',
      oldLine: 10,
      newLine: 9,
      removed: [run('ai', 10)],
      added: [],
    });
    const all = [second, first]; // by risk
    const at = (path: string, side: 'old' | 'new', line: number): string | undefined =>
      hunkAt(all, path, side, line)?.id;
    assert.deepEqual(
      [
        at('new', 'new', 1),
        at('new', 'new', 2),
        at('new', 'new', 8),
        at('new', 'new', 9),
        at('old', 'old', 3),
        at('old', 'old', 30),
      ],
      ['1', '1', '1', '2', '1', '2'],
    );
    assert.equal(at('old', 'new', 2), undefined);
    assert.deepEqual(
      [linesOn(first, 'old'), linesOn(second, 'new')],
      [
        [2, 3],
        [9, 9],
      ],
    );
    assert.equal(lineToShow(second), 8, 'of a removal the line before');
    assert.equal(lineToShow(hunk('3', { added: [], newLine: 1 })), 1);
  });

  it("counts lines by author, and AI's lines that people edited", () => {
    const one = hunk('1', {
      added: [run('ai', 1, 3), run('ai', 4, 5, true), run('human', 6, 6, true), run('unknown', 7)],
      removed: [run('ai', 1, 2)],
    });
    assert.deepEqual(
      [amountsOf(one, 'ai'), amountsOf(one, 'unknown'), amountsOf(one, 'human'), editedLines(one)],
      [{ added: 5, removed: 2 }, { added: 1, removed: 0 }, { added: 1, removed: 0 }, 2],
    );
  });

  it("worstOf gives the highest severity of a hunk's findings", () => {
    assert.deepEqual(
      [worstOf(hunk('1')), worstOf(hunk('1', { findings: [finding('medium'), finding('critical'), finding('low')] }))],
      [undefined, 'critical'],
    );
  });

  it('visible shows control characters in names, and inNotification breaks links', () => {
    assert.equal(visible('a\u202Egnp.tf\n\u0000'), 'a�gnp.tf��');
    assert.equal(inNotification('[Fix](command:x) ](y'), '[Fix] (command:x) ] (y', 'and no link in a notification');
  });
});

describe('messageOf and progressOf, for the review view', () => {
  it('say why there is nothing to read', () => {
    assert.equal(messageOf(t, there(review([]))), 'No AI lines in this branch. Nothing to read here.');
    assert.equal(
      messageOf(t, there(review([hunk('1', { added: [run('human', 1)] })]))),
      'No AI lines in this branch. Nothing to read here.',
    );
    assert.match(
      messageOf(t, there(review([], { commits: 0 }))) ?? '',
      /^This branch has no commits ahead of main\. Check out/,
    );
    assert.match(
      messageOf(t, there(review([], { commits: COMMITS_AT_MOST + 1 }))) ?? '',
      /^This branch has more than 500 commits: .*review --read main\.\.HEAD/,
    );
    assert.match(messageOf(t, { kind: 'no base' }) ?? '', /^There is no branch to compare with/);
    assert.equal(messageOf(t, { kind: 'failed', why: 'git\nbroke' }), 'git�broke');
  });

  it('say nothing while hunks are left, how many are read, and what to do at the end', () => {
    assert.equal(messageOf(t, there(review([hunk('1'), hunk('2')]), '1')), undefined);
    assert.match(messageOf(t, there(review([hunk('1')]), '1')) ?? '', /^You have read everything here/);
    assert.equal(progressOf(t, there(review([hunk('1'), hunk('2')]), '1')), '1 of 2 read');
    assert.equal(progressOf(t, there(review([]))), undefined);
  });
});

describe('the notice before a sign-off', () => {
  const before = { onto: 'main', refused: [] } as unknown as SignOffToGive;
  const tiers = [{ name: 'critical' }] as unknown as readonly TierToSign[];
  const says = (key: Foresight['key'], after: object = { refused: [], tiers: [] }): readonly string[] =>
    shortfalls(t, before, { key, after: after as SignOffToGive }, tiers);
  const listed = { publicKey: 'ssh-ed25519 AAAA', principals: ['sue@example.com'], file: '.github/allowed_signers' };

  it('says when the signature will not count: no allowed signers, an unlisted key, or another reason', () => {
    assert.deepEqual(says({ ...listed, file: null, principals: [] }), [
      'Your signature will not count: main has no file of allowed signers.',
    ]);
    assert.deepEqual(says({ ...listed, principals: [] }), [
      'Your signature will not count: your key is not in .github/allowed_signers of main.',
    ]);
    assert.deepEqual(says(listed, { refused: [{ tier: 'critical', why: 'it is by its author' }], tiers: [] }), [
      'Your signature will not count for critical: it is by its author.',
    ]);
    assert.deepEqual(says(listed, { refused: [], tiers: [{ name: 'critical', missing: ['one more senior'] }] }), [
      'Still missing after your signature: critical: one more senior.',
    ]);
    assert.deepEqual(says(listed), []);
  });
});
