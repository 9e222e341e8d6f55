import assert from 'node:assert/strict';
import type { LineRange } from '../../../src/provenance/authorship/types';
import { itInFull } from '../../support/full';
import { askJson, linekeeper, type Answer } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as } from '../../support/worker';

interface Status {
  readonly files: readonly {
    readonly path: string;
    readonly ranges: readonly LineRange[];
    readonly removedRanges: readonly LineRange[];
    readonly change: { readonly author: string } | null;
  }[];
}

const BASE = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n';

describe("a person's statement", () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', BASE);
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const edit = (from: string, to: string): void => test.write('a.txt', test.read('a.txt').replace(from, to));
  const declare = (...words: readonly string[]): Promise<Answer> => linekeeper(test, ['declare', ...words]);
  /** `+2 ai reported, -3 human declared` of what is not committed. */
  const status = async (file = 'a.txt'): Promise<string> => {
    const entry = (await askJson<Status>(test, 'status')).files.find((f) => f.path === file);
    const say = (sign: string, r: LineRange): string =>
      `${sign}${String(r.start)}${r.end > r.start ? `-${String(r.end)}` : ''} ${r.author}${r.evidence === null ? '' : ` ${r.evidence}`}`;
    return [
      ...(entry?.ranges ?? []).map((r) => say('+', r)),
      ...(entry?.removedRanges ?? []).map((r) => say('-', r)),
      ...(entry?.change ? [`change ${entry.change.author}`] : []),
    ].join(', ');
  };

  describe('by linekeeper declare', () => {
    it("makes unknown lines a person's, though a similar line was removed from another file", async () => {
      await as('human', test, ['a.txt'], () => edit('two\n', ''));
      await test.commit('without it');
      test.write('b.txt', 'first\n');
      await test.commit('another');
      test.write('b.txt', 'first\none\ntwo\n');
      assert.equal(await status('b.txt'), '+2-3 unknown');
      assert.equal((await declare('b.txt:2-3', '--human')).code, 0);
      assert.equal(await status('b.txt'), '+2-3 human declared');
    });

    itInFull('names a person or an assistant for the given unknown lines only', async () => {
      edit('two\n', 'two, by someone\n');
      edit('five\n', 'five, by someone\nfive and a half\n');
      edit('nine\n', 'nine, by someone\n');
      const said = await declare('a.txt:2', '--human');
      assert.equal(said.code, 0, said.stderr);
      assert.match(said.stdout, /^a\.txt: line 2: declared$/m);
      assert.equal(
        await status(),
        '+2 human declared, +5-6 unknown, +10 unknown, -2 human declared, -5 unknown, -9 unknown',
      );
      assert.equal((await declare('a.txt:5,10', '--ai', 'amp', '--model', 'm-1')).code, 0);
      assert.equal(
        await status(),
        '+2 human declared, +5 ai declared, +6 unknown, +10 ai declared, -2 human declared, -5 ai declared, -9 ai declared',
      );
    });

    itInFull('counts in commit, trailers and note', async () => {
      await linekeeper(test, ['install']);
      edit('two\n', 'two, by someone\n');
      edit('nine\n', 'nine, by someone\n');
      await declare('a.txt:2', '--ai', 'amp');
      await test.git('commit', '-qam', 'Both');
      assert.match(
        await test.git('log', '-1', '--format=%B'),
        /Assisted-by: amp\nAI-Lines: \+1 -1 of \+2 -2, unknown \+1 -1/,
      );
      const { files } = await askJson<{ files: Status['files'] }>(test, 'show');
      assert.deepEqual(
        files[0]?.ranges.map(({ start, author, assistant, evidence }) => [start, author, assistant, evidence]),
        [
          [2, 'ai', 'amp', 'declared'],
          [9, 'unknown', null, null],
        ],
      );
    });

    itInFull('leaves recorded lines as they are, and says so', async () => {
      await as('ai', test, ['a.txt'], () => edit('two\n', 'two by machine\n'));
      edit('three\n', 'three, by someone\n');
      await as('human', test, ['a.txt'], () => edit('nine\n', 'nine by hand\n'));
      const some = await declare('a.txt:1-4', '--human');
      assert.equal(some.code, 0);
      assert.match(some.stdout, /line 3: declared/);
      assert.match(some.stderr, /line 2 stays: it is recorded as AI \(claude-code, model-1\), reported/);
      assert.equal(
        await status(),
        '+2 ai reported, +3 human declared, +9 human observed, -2 ai reported, -3 human declared, -9 human observed',
      );
      const none = await declare('a.txt:9', '--ai', 'amp');
      assert.equal(none.code, 1);
      assert.match(none.stderr, /line 9 stays: it is recorded as human, observed/);
      const untouched = await declare('a.txt:5-6', '--human');
      assert.equal(untouched.code, 1);
      assert.match(untouched.stderr, /lines 5-6 did not change/);
      assert.equal(
        await status(),
        '+2 ai reported, +3 human declared, +9 human observed, -2 ai reported, -3 human declared, -9 human observed',
      );
    });

    it('of a whole file covers removals and binary files', async () => {
      edit('three\nfour\n', '');
      await as('ai', test, ['a.txt'], () => edit('nine\n', 'nine by machine\n'));
      test.write('new.bin', Buffer.from([0, 1, 2, 0, 255]));
      assert.equal((await declare('a.txt', '--human')).code, 0);
      assert.equal(await status(), '+7 ai reported, -3-4 human declared, -9 ai reported');
      assert.equal((await declare('new.bin', '--ai', 'claude-code')).code, 0);
      assert.equal(await status('new.bin'), 'change ai');
      test.remove('a.txt');
      assert.match((await declare('a.txt', '--human')).stdout, /declared/);
      assert.match(await status(), /^-1-8 human declared, -9 ai reported, -10 human declared$|^-1-10 human declared$/);
    });

    it('of the last line covers the removed line break', async () => {
      test.write('a.txt', BASE.trimEnd());
      assert.equal(await status(), '+10 unknown, -10 unknown');
      assert.equal((await declare('a.txt:10', '--human')).code, 0);
      assert.equal(await status(), '+10 human declared, -10 human declared');
    });

    itInFull('of the line before covers lines removed at the end', async () => {
      edit('ten\n', '');
      assert.equal((await declare('a.txt:8', '--ai', 'amp')).code, 1);
      assert.equal((await declare('a.txt:9', '--ai', 'amp')).code, 0);
      assert.equal(await status(), '-10 ai declared');
      test.write('a.txt', '');
      assert.match((await declare('a.txt:1', '--human')).stderr, /a\.txt has no lines now/);
    });

    it('stays true while work goes on', async () => {
      edit('two\n', 'two, by someone\n');
      await declare('a.txt:2', '--human');
      await as('ai', test, ['a.txt'], () => edit('five\n', 'five by machine\n'));
      edit('nine\n', 'nine, by someone\n');
      assert.equal(
        await status(),
        '+2 human declared, +5 ai reported, +9 unknown, -2 human declared, -5 ai reported, -9 unknown',
      );
      await declare('a.txt:9', '--ai', 'amp');
      assert.equal(
        await status(),
        '+2 human declared, +5 ai reported, +9 ai declared, -2 human declared, -5 ai reported, -9 ai declared',
      );
    });

    it('covers a line that a person wrote in part', async () => {
      await as('human', test, ['a.txt'], () => edit('two\n', 'two by hand\n'));
      edit('two by hand\n', 'two hand, and more\n');
      await declare('a.txt:2', '--ai', 'amp');
      assert.equal(await status(), '+2 ai declared, -2 ai declared');
    });

    it('says what to do when it is refused', async () => {
      const WRONG: readonly (readonly [readonly string[], RegExp])[] = [
        [['a.txt', '--human'], /no changes that are not committed.*declare --mine/],
        [['absent.txt', '--human'], /There is no file absent\.txt here/],
        [['a.txt'], /either --human or --ai/],
        [['a.txt', '--human', '--ai', 'amp'], /either --human or --ai/],
        [['a.txt', '--ai', 'claud-code'], /Did you mean "claude-code"/],
        [['a.txt', '--ai', 'My\nTool'], /not an assistant's name/],
        [['a.txt', '--human', '--model', 'm'], /--model goes with --ai/],
        [['a.txt:0', '--human'], /does not name lines/],
        [['a.txt:9-3', '--human'], /does not name lines/],
        [['../a.txt:1', '--human'], /lies outside the repository/],
        [['.git/config', '--human'], /git's own folder/],
      ];
      for (const [words, says] of WRONG) {
        const answer = await declare(...words);
        assert.equal(answer.code, 2, words.join(' '));
        assert.match(answer.stderr, says);
      }
      edit('two\n', 'two, by someone\n');
      const far = await declare('a.txt:11', '--human');
      assert.equal(far.code, 2);
      assert.match(far.stderr, /only 10 lines/);
      await linekeeper(test, ['record', 'generic'], {
        input: JSON.stringify({ version: 1, event: 'before', id: '1', author: 'ai', tool: 'amp', files: ['a.txt'] }),
      });
      const busy = await declare('a.txt:2', '--human');
      assert.equal(busy.code, 2);
      assert.match(busy.stderr, /amp is at work on a\.txt/);
    });
  });

  describe('by linekeeper ack', () => {
    const POLICY =
      'version: 1\ntiers:\n  - name: critical\n    paths: ["infra/**"]\n    review:\n      any: { from: mid, approvals: 1 }\n';
    beforeEach(async () => {
      test.write('.linekeeper.yml', POLICY);
      test.write('infra/main.tf', BASE);
      await test.commit('policy');
      await as('ai', test, ['infra/main.tf', 'a.txt'], () => {
        test.write('infra/main.tf', BASE.replace('two\n', 'two by machine\n').replace('eight\n', ''));
        edit('two\n', 'two by machine\n');
      });
    });

    itInFull('settles a warning with a reason until the lines change, but not for check', async () => {
      const listed = await linekeeper(test, ['ack']);
      assert.equal(
        listed.stdout,
        'infra/main.tf:2  [critical] AI wrote line 2\ninfra/main.tf:8  [critical] AI removed lines here\n',
      );
      const done = await linekeeper(test, ['ack', 'infra/main.tf:2', '--reason', 'read it with Bob']);
      assert.equal(done.code, 0, done.stderr);
      assert.match(
        done.stdout,
        /infra\/main\.tf:2 {2}\[critical\] AI wrote line 2; acknowledged \([^)\s]+@[^)\s]+\): read it with Bob\n.*still required/,
      );
      const acknowledged = async (): Promise<number> =>
        (await askJson<{ warnings: readonly { acknowledged: unknown }[] }>(test, 'ack')).warnings.filter(
          (one) => one.acknowledged !== null,
        ).length;
      assert.equal(await acknowledged(), 1);
      const undone = await linekeeper(test, ['ack', 'infra/main.tf:2', '--undo']);
      assert.equal(undone.code, 0, undone.stderr);
      assert.doesNotMatch(undone.stdout, /acknowledged/);
      assert.equal(await acknowledged(), 0);
      assert.match(
        (await linekeeper(test, ['ack', 'infra/main.tf:2', '--undo'])).stderr,
        /^linekeeper: no warning in infra\/main\.tf:2 was acknowledged/m,
      );
      assert.equal((await linekeeper(test, ['ack', 'infra/main.tf:2', '--undo', '--reason', 'x'])).code, 2);
      await linekeeper(test, ['ack', 'infra/main.tf:2', '--reason', 'read it with Bob']);
      await test.git('commit', '-qam', 'Work');
      assert.equal((await linekeeper(test, ['check', '--base', 'HEAD~', '--head', 'HEAD'])).code, 1);
      await test.git('reset', '-q', '--soft', 'HEAD~');
      await as('ai', test, ['infra/main.tf'], () =>
        test.write('infra/main.tf', test.read('infra/main.tf').replace('two by machine\n', 'two by machine again\n')),
      );
      assert.doesNotMatch((await linekeeper(test, ['ack'])).stdout, /acknowledged/);
    });

    itInFull('settles a danger with author and reason until the text changes, but not for check', async () => {
      const before = 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n';
      test.write('.linekeeper.yml', POLICY.replace('    review:', '    detect: [destructive]\n    review:'));
      test.write('db/main.tf', before);
      await test.git('add', '-A');
      await test.git('commit', '-qm', 'Base');
      await as('ai', test, ['db/main.tf'], () => test.write('db/main.tf', before.replace('true', 'false')));
      interface Told {
        readonly path: string;
        readonly start: number;
        readonly rule?: string;
        readonly severity?: string;
        readonly author: string;
        readonly tier: string | null;
        readonly acknowledged: { readonly reason: string; readonly by: string | null } | null;
      }
      const told = async (): Promise<readonly Told[]> =>
        (await askJson<{ warnings: readonly Told[] }>(test, 'ack')).warnings;
      assert.deepEqual(
        (await told()).map(({ path: file, start, rule, severity, author, tier, acknowledged }) => [
          file,
          start,
          rule,
          severity,
          author,
          tier,
          acknowledged,
        ]),
        [['db/main.tf', 2, 'destructive/tf-protection-off', 'high', 'ai', 'critical', null]],
        "one warning, and not also one about AI's line",
      );
      const done = await linekeeper(test, ['ack', 'db/main.tf:2', '--reason', 'the table is empty']);
      assert.match(
        done.stdout,
        /^db\/main\.tf:2 {2}\[critical\] .*\(high, destructive\/tf-protection-off\); acknowledged \(.*@.*\): the table is empty\n/,
      );
      const [kept] = await told();
      assert.equal(kept?.acknowledged?.reason, 'the table is empty');
      assert.equal(kept.acknowledged.by, (await test.git('config', 'user.email')).trim());
      await test.git('commit', '-qam', 'Work');
      assert.equal((await linekeeper(test, ['check', '--base', 'HEAD~', '--head', 'HEAD'])).code, 1);
      await test.git('reset', '-q', '--soft', 'HEAD~');
      await as('ai', test, ['db/main.tf'], () =>
        test.write('db/main.tf', before.replace('= true', '= false # for now')),
      );
      assert.deepEqual(
        (await told()).map(({ acknowledged }) => acknowledged),
        [null],
      );
    });

    it('says once that the policy is broken', async () => {
      test.write('.linekeeper.yml', POLICY.replace('any:', 'anny:'));
      assert.match(
        (await linekeeper(test, ['ack'])).stderr,
        /^linekeeper: \.linekeeper\.yml has a mistake at line 6, column 7: unknown key anny/,
      );
      const { code, stderr } = await linekeeper(test, ['ack', 'infra/main.tf:2', '--reason', 'read it']);
      assert.equal(code, 0, stderr);
      assert.equal(stderr.match(/unknown key anny/g)?.length, 1, stderr);
    });

    itInFull('needs a warning at that place and a reason', async () => {
      assert.equal((await linekeeper(test, ['ack', 'a.txt:2', '--reason', 'x'])).code, 1);
      assert.equal((await linekeeper(test, ['ack', 'infra/main.tf:2'])).code, 2);
      assert.equal((await linekeeper(test, ['ack', 'infra/main.tf:2', '--reason', '  '])).code, 2);
    });
  });
});
