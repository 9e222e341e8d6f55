/** Trailers of commits that git makes again with another author or date, of picked merges, and in replaced messages. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { installGitHooks, settle } from '../../../../src/provenance/commits';
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
    it(`amend -m ${words.join(' ')}: has its trailers again when nothing else is recorded`, async () => {
      await writeByAi();
      await test.commit('one');
      await settle(test.repository(), tick);
      await test.git('commit', '-q', '--amend', '-m', 'Two', ...words);
      await settle(test.repository(), tick);
      await test.git('commit', '-q', '--amend', '-m', 'Three', '--reset-author');
      assert.equal(await message(), `Three\n\n${OURS}`);
    });
  }

  it('cherry-pick -m 1: counts what the merge brought when it is picked to a release', async () => {
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
});
