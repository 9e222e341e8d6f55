/** Trailers of commits that git makes again with another author or date, of picked merges, and in replaced messages. */
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installGitHooks, prepareAnswer, settle } from '../../../../src/provenance/commits';
import { trailerPolicy } from '../../../../src/policy/local-work';
import { itInFull } from '../../../support/full';
import { builtCli, CLI } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as, tick } from '../../../support/worker';

const OURS = 'Assisted-by: claude-code:model-1\nAI-Lines: +2 -0 of +2 -0';

describe('messages of commits made again:', () => {
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('base.txt', 'base\n');
    await test.commit('start');
    await test.git('branch', 'release');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
  });
  afterEach(() => test.dispose());

  const writeByAi = (): Promise<void> => as('ai', test, ['a.txt'], () => test.write('a.txt', 'by machine\nand more\n'));
  const message = async (): Promise<string> => (await test.git('log', '-1', '--format=%B')).trimEnd();

  for (const words of [['--reset-author'], ['--date=2020-01-01T00:00:00Z']]) {
    itInFull(`amend -m ${words.join(' ')}: has its trailers again when nothing else is recorded`, async () => {
      await writeByAi();
      await test.commit('one');
      await settle(test.repository(), tick);
      await test.git('commit', '-q', '--amend', '-m', 'Two', ...words);
      await settle(test.repository(), tick);
      await test.git('commit', '-q', '--amend', '-m', 'Three', '--reset-author');
      assert.equal(await message(), `Three\n\n${OURS}`);
    });
  }

  itInFull('cherry-pick -m 1: counts what the merge brought when it is picked to a release', async () => {
    await test.git('switch', '-qc', 'topic');
    await writeByAi();
    await test.commit('by AI');
    await test.git('switch', '-q', 'main');
    await test.git('merge', '-q', '--no-ff', '-m', 'Bring topic', 'topic');
    await settle(test.repository(), tick);
    await test.git('switch', '-q', 'release');
    await test.git('cherry-pick', '-m', '1', 'main');
    assert.equal(await message(), `Bring topic\n\n${OURS}`);
  });

  it('a message replaced in the editor: has the right counts once when counts by hand are left in it', async () => {
    await writeByAi();
    await test.git('add', '-A');
    const editor = test.outside('editor.cjs');
    writeFileSync(
      editor,
      `require('fs').writeFileSync(process.argv[2], 'New\\n\\nBody\\n\\nReviewed-by: Jane\\nAI-Lines: +9 -9 of +9 -9\\n')`,
    );
    const made = await test.run(['commit', '-q'], { env: { GIT_EDITOR: `node "${editor}"` } });
    assert.equal(made.code, 0, made.stderr);
    assert.equal(await message(), `New\n\nBody\n\nReviewed-by: Jane\n${OURS}`);
  });

  const HAND = 'AI-Lines: +9 -9 of +9 -9';
  const edited = (text: string): Readonly<Record<string, string>> => {
    const editor = test.outside('editor.cjs');
    writeFileSync(editor, `require('fs').writeFileSync(process.argv[2], ${JSON.stringify(text)})`);
    return { GIT_EDITOR: `node "${editor}"` };
  };
  for (const [how, first, second, expected] of [
    ['amend -m', 'One', `Two\n\nBody\n\n${HAND}`, `Two\n\nBody\n\n${OURS}`],
    [
      'amend -m above other trailers',
      'One',
      `Two\n\n${HAND}\n\nReviewed-by: Jane`,
      `Two\n\nReviewed-by: Jane\n${OURS}`,
    ],
    ['amend in the editor', 'One', edited, `Two\n\n${OURS}`],
    ['the editor above ours', `Two\n\n${HAND}\n\n${OURS}\n`, undefined, `Two\n\n${OURS}`],
  ] as const)
    itInFull(`counts by hand: give way to the right ones, as one block, when ${how} leaves them`, async () => {
      await writeByAi();
      await test.git('add', '-A');
      const commit = async (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> => {
        const made = await test.run(['commit', '-q', ...words], { env });
        assert.deepEqual([made.code, made.stderr], [0, '']);
      };
      await (second === undefined ? commit([], edited(first)) : commit(['-m', first]));
      if (second === edited) await commit(['--amend'], edited(`Two\n\n${HAND}\n`));
      else if (typeof second === 'string') await commit(['--amend', '-m', second]);
      assert.equal(await message(), expected);
    });

  for (const [how, words, text] of [
    ['amend -m', ['-m', `Two\n\n${HAND}\n\nBody`], undefined],
    ['amend in the editor', [], `Two\n\n${HAND}\n\nBody\n`],
  ] as const)
    it(`counts by hand: give way to the right ones when ${how} leaves them and an answer was prepared`, async () => {
      await writeByAi();
      await test.commit('One');
      const repository = test.repository();
      await prepareAnswer(repository, await trailerPolicy(repository), { now: tick }, { everyWay: true });
      const env = text === undefined ? {} : edited(text);
      const made = await test.run(['commit', '-q', '--amend', ...words], { env });
      assert.deepEqual([made.code, made.stderr], [0, '']);
      const count = (await message()).split('AI-Lines:').length - 1;
      assert.equal(count, 1, await message());
      assert.ok((await message()).endsWith(OURS), await message());
    });

  for (const [what, hook, editor, expected] of [
    ['a subject', 'printf "JIRA-7: rates\\n" > "$1"', 'true', `JIRA-7: rates\n\n${OURS}`],
    [
      'a subject above the comments',
      'printf "JIRA-7: rates\\n\\n" | cat - "$1" > t && mv t "$1"',
      'true',
      `JIRA-7: rates\n\n${OURS}`,
    ],
    [
      "commitizen's, as `cz --hook` of 4.3 writes it,",
      'printf "feat(api): cap rates\\n\\nBody.\\n\\nBREAKING CHANGE: calls wait.\\n\\nCloses #3" > "$1"',
      'true',
      `feat(api): cap rates\n\nBody.\n\nBREAKING CHANGE: calls wait.\n\nCloses #3\n\n${OURS}`,
    ],
    ['nothing', 'true', 'true', undefined],
  ] as const)
    itInFull(`a message of another hook: keeps what git makes of it when ${what} is saved as it was`, async () => {
      await test.git('config', 'core.hooksPath', '.husky');
      test.write('.husky/prepare-commit-msg', `#!/bin/sh\n${hook}\n`);
      chmodSync(path.join(test.root, '.husky/prepare-commit-msg'), 0o755);
      await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
      await writeByAi();
      await test.git('add', 'a.txt');
      const made = await test.run(['commit', '-q'], { env: { GIT_EDITOR: editor } });
      assert.equal(made.code, expected === undefined ? 1 : 0, made.stderr);
      if (expected !== undefined) assert.equal(await message(), expected);
    });

  itInFull(
    'a message replaced as a whole: is said in one line with what adds the trailers, when the editor drops them',
    async () => {
      await writeByAi();
      await test.git('add', '-A');
      const replaced = await test.run(['commit', '-q'], { env: { GIT_EDITOR: 'echo Replaced >' } });
      assert.equal(await message(), 'Replaced');
      assert.match(replaced.stderr, /^linekeeper: [^\n]*replaced[^\n]*"git commit --amend --no-edit"\.\n$/);
      await test.git('commit', '-q', '--amend', '--no-edit');
      assert.equal(await message(), `Replaced\n\n${OURS}`);
    },
  );

  itInFull('trailers deleted in the editor: nothing is said when a person takes only them out', async () => {
    await writeByAi();
    await test.git('add', '-A');
    const editor = test.outside('editor.cjs');
    writeFileSync(
      editor,
      `const fs = require('fs'); const f = process.argv[2]; fs.writeFileSync(f, 'Mine\\n' + fs.readFileSync(f, 'utf8').replace(/^(AI|Assisted).*\\n/gm, ''))`,
    );
    const made = await test.run(['commit', '-q'], { env: { GIT_EDITOR: `node "${editor}"` } });
    assert.equal(made.stderr, '');
    assert.equal(await message(), 'Mine');
  });
});
