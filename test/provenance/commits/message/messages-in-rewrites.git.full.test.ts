/**
 * The states in which git leaves a message while it rewrites commits: random rebases, picks, merges and amends, with
 * and without a conflict, under each cleanup mode, done twice: in a repository without us, and in one with AI lines.
 * The messages of both must have the same subject, and differ by one block of trailers that git reads.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import '../../../support/seed';
import { casesOf } from '../../../support/full';
import { askJson } from '../../../support/product';
import type { RunResult } from '../../../support/repository';
import { assertOnlyOurs, parsed, Twin } from '../../../support/commit-messages';

const MESSAGES = [
  'First',
  'fix: it',
  'fix: it\nand: that',
  'First\n\nWith a body.',
  'fix: it\n\nNote: a body',
  'First\n\nFixes: 3',
  'fix: it\n\nBody\n\nFixes: 3\nSigned-off-by: A <a@b.c>',
  'First\n\nText\n\n---\nmore: text',
] as const;

const EDITORS = {
  leave: ':',
  prepend: 'printf "new: subject\\n\\n" >"$1.new"; cat "$1" >>"$1.new"; mv "$1.new" "$1"',
  append: 'printf "%s\\n" "" "Tail: yes" >>"$1"',
  reword: 'sed -i "1s/^[a-zA-Z]/X/" "$1"',
} as const;

const one = <T extends string>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const anyCase = fc.record({
  act: one('fixup', 'squash', 'amend', 'reword', 'todo', 'pick', 'pick -x', 'revert', 'merge', 'squashed', 'commit'),
  first: one(...MESSAGES),
  second: one(...MESSAGES),
  /** Both commits change the same line. */
  meets: fc.boolean(),
  todo: fc.array(one('pick', 'reword', 'edit', 'squash', 'fixup', 'fixup -C'), { minLength: 1, maxLength: 1 }),
  cleanup: one('', '', 'strip', 'scissors', 'whitespace', 'verbatim'),
  comment: one('', '', ';', 'auto'),
  verbose: fc.boolean(),
  editor: one('leave', 'leave', 'prepend', 'append', 'reword'),
  goesOn: one('continue', 'commit'),
});
type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never;

const CONFLICTING_FIXUP: Case = {
  act: 'fixup',
  first: 'fix: it',
  second: 'First',
  meets: true,
  todo: ['pick'],
  cleanup: '',
  comment: '',
  verbose: false,
  editor: 'leave',
  goesOn: 'continue',
};

/** A twin in which a case is played. */
class Player {
  constructor(
    readonly twin: Twin,
    private readonly the: Case,
  ) {}

  private git(...words: readonly string[]): Promise<RunResult> {
    const { cleanup, comment, verbose, editor } = this.the;
    const config: (readonly [string, string])[] = [
      ...(cleanup === '' ? [] : [['commit.cleanup', cleanup] as const]),
      ...(comment === '' ? [] : [['core.commentChar', comment] as const]),
      ...(verbose ? [['commit.verbose', 'true'] as const] : []),
    ];
    return this.twin.run(words, { config, editor: EDITORS[editor], env: { GIT_SEQUENCE_EDITOR: 'sh .git/todo' } });
  }

  private async commit(message: string, ...words: readonly string[]): Promise<void> {
    await this.twin.run(['commit', '-qa', ...(message === '' ? [] : ['-m', message]), ...words]);
  }

  async play(start: string): Promise<readonly string[]> {
    const { twin, the } = this;
    const other = the.meets ? 'a.txt' : 'b.txt';
    for (const word of ['rebase', 'cherry-pick', 'revert', 'merge']) await twin.test.run([word, '--abort']);
    await twin.test.git('checkout', '-qfB', 'main', start);
    await twin.work('a.txt');
    await this.commit(the.first);
    switch (the.act) {
      case 'commit':
        await twin.work(other);
        await this.git('commit', '-qa', '--amend');
        break;
      case 'todo':
        await twin.work(other);
        await this.commit(the.second);
        await this.rebase(`2s/^pick/${the.todo[0] ?? 'pick'}/`);
        break;
      case 'fixup':
      case 'squash':
      case 'amend':
      case 'reword':
        await this.commitTwice(other);
        await this.rebase('');
        break;
      case 'revert':
        await twin.work(other);
        await this.commit(the.second);
        await this.git('revert', 'HEAD~');
        break;
      default:
        await twin.test.git('checkout', '-qfB', 'side', start);
        await twin.work(other);
        await this.commit(the.second);
        await twin.test.git('checkout', '-qf', 'main');
        if (the.act === 'merge') await this.git('merge', '-q', 'side');
        else if (the.act === 'squashed') await this.git('merge', '-q', '--squash', 'side');
        else await this.git('cherry-pick', ...the.act.split(' ').slice(1), 'side');
    }
    await this.finish();
    const said = await twin.test.git('rev-list', '--reverse', '--first-parent', `${start}..HEAD`);
    return said.split('\n').filter((id) => id !== '');
  }

  /** A commit on top, and one that is to go into the first. */
  private async commitTwice(other: string): Promise<void> {
    const { twin, the } = this;
    await twin.work(other);
    await this.commit(the.second);
    const into = await twin.test.git('rev-parse', 'HEAD~');
    if (the.act === 'reword') {
      await this.git('commit', '-q', `--fixup=reword:${into}`);
      return;
    }
    await twin.work('a.txt');
    if (the.act === 'amend') await this.git('commit', '-qa', `--fixup=amend:${into}`);
    else await this.commit(the.act === 'squash' ? 'more: to say' : '', `--${the.act}`, into);
  }

  private async rebase(todo: string): Promise<void> {
    const { test } = this.twin;
    test.write('.git/todo', `#!/bin/sh\nsed -i -e "${todo}" "$1"\n`);
    const count = Number(await test.git('rev-list', '--count', 'HEAD')) - 1;
    await this.git('rebase', '-qi', '--autosquash', `HEAD~${String(count)}`);
  }

  /** Solves each conflict, and goes on until git is done. */
  private async finish(): Promise<void> {
    const { twin, the } = this;
    for (let times = 0; times < 9; times++) {
      const unmerged = await twin.test.git('diff', '--name-only', '--diff-filter=U');
      for (const file of unmerged.split('\n').filter((name) => name !== '')) await twin.work(file);
      await twin.test.git('add', '-u');
      const doing = ['rebase-merge', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'MERGE_HEAD', 'SQUASH_MSG'].find((name) =>
        existsSync(path.join(twin.test.root, '.git', name)),
      );
      if (doing === undefined) return;
      const word = { CHERRY_PICK_HEAD: 'cherry-pick', REVERT_HEAD: 'revert', MERGE_HEAD: 'merge' }[doing] ?? 'rebase';
      if (doing === 'SQUASH_MSG' || (the.goesOn === 'commit' && unmerged !== ''))
        await this.git('commit', '-q', '--allow-empty');
      if (doing !== 'SQUASH_MSG') await this.git(word, '--continue');
    }
  }
}

/** The two repositories' commits have other ids and dates, and `merge --squash` quotes whole messages, indented. */
const comparable = (message: string): string =>
  message
    .replace(/\b[0-9a-f]{7,40}\b/g, 'ID')
    .replace(/^((?:\S )?Date: ).*/gm, '$1')
    .replace(/(?:\n *)?\n {4}Assisted-by: claude-code\S*\n {4}AI-Lines: .*/g, '');

const OUR_LINE = /^(?:\S )?(?:Assisted-by: claude-code\S*|AI-Lines: \+\d+ -\d+ of .*)$/;

/** `got` is `wanted` with at most one block of ours, a paragraph that git reads or the end of one. */
async function assertOneBlock(got: string, wanted: string, isKept: boolean): Promise<void> {
  const lines = got.split('\n');
  const at = lines.findIndex((line) => line.startsWith('Assisted-by: claude-code'));
  const ours = at < 0 ? [] : lines.slice(at, at + 2);
  if (isKept) {
    // git's own hints stay in the message, with the messages of others that they quote.
    const rest = (text: string): string[] =>
      text.split('\n').filter((line) => line.trim().length > 1 && !OUR_LINE.test(line));
    assert.deepEqual(rest(got), rest(wanted));
    if (at > 0)
      assert.equal(lines[at - 1]?.trim() === '' || (await parsed(wanted)).length > 0, true, 'a paragraph of its own');
  } else if (at < 0) assert.equal(got, wanted);
  else await assertOnlyOurs(got, wanted, ours);
}

describe('a commit message with our trailers, for random git commands', () => {
  let plain: Twin;
  let ours: Twin;
  before(async () => {
    [plain, ours] = await Promise.all([Twin.create(false), Twin.create(true)]);
  });
  after(async () => {
    await plain.test.dispose();
    await ours.test.dispose();
  });

  it('keeps its subject, and has one block of trailers', async function () {
    this.timeout(600_000);
    const starts = await Promise.all([plain.head(), ours.head()]);
    await fc.assert(
      fc.asyncProperty(anyCase, async (the) => {
        const [there, here] = await Promise.all([
          new Player(plain, the).play(starts[0]),
          new Player(ours, the).play(starts[1]),
        ]);
        assert.equal(here.length, there.length);
        for (const [i, id] of here.entries()) {
          const [wanted, got] = [await plain.message(there[i]), await ours.message(id)].map(comparable) as [
            string,
            string,
          ];
          const subject = (twin: Twin, of = ''): Promise<string> => twin.test.git('log', '-1', '--format=%s', of);
          assert.equal(await subject(ours, id), await subject(plain, there[i]));
          await assertOneBlock(got, wanted, the.cleanup === 'whitespace' || the.cleanup === 'verbatim');
          const show = await askJson<{ added: { ai: number }; removed: { ai: number } }>(ours.test, 'show', id);
          assert.equal(/^AI-Lines: /m.test(got), show.added.ai + show.removed.ai > 0, got);
        }
      }),
      // A failing case is shortened no longer than this.
      {
        examples: [[CONFLICTING_FIXUP]],
        interruptAfterTimeLimit: 400_000,
        numRuns: Number(process.env['LINEKEEPER_MESSAGES'] ?? casesOf(12, 3)),
      },
    );
  });
});
