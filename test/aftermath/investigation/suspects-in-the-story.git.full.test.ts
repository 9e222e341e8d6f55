/** The alarm of the story, without an editor: the commit that destroys the database comes before one beside the frame. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ALARM } from '../../story/after-merge';
import type { Change } from '../../story/ledger';
import { FOR_CLAUDE, FOR_COPILOT } from '../../story/plot';
import { makeSample } from '../../story/sample';
import { linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';

describe("linekeeper incident, on the story's sample repository", function () {
  this.timeout(60_000);
  let test: TestRepository;
  before(async () => {
    test = await TestRepository.create();
  });
  after(() => test.dispose());

  it("names the commit that destroys the database as the first suspect for the story's alarm", async () => {
    const { root } = makeSample(test.outside('sample'));
    const isSource = (change: Change): boolean =>
      ('create' in change ? change.create : change.replace).path.startsWith('src/');
    const changes: readonly Change[] = [...FOR_COPILOT.changes, ...FOR_CLAUDE.changes];
    const commit = async (subject: string, made: readonly Change[]): Promise<string> => {
      for (const change of made) {
        const file = path.join(root, ('create' in change ? change.create : change.replace).path);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(
          file,
          'create' in change
            ? change.create.text
            : readFileSync(file, 'utf8').replace(change.replace.old, change.replace.new),
        );
      }
      await test.run(['add', '--all'], { cwd: root });
      await test.run(['commit', '--quiet', '--message', subject], { cwd: root });
      return (await test.run(['rev-parse', 'HEAD'], { cwd: root })).stdout.trim();
    };
    await commit('Tell teams what is left of their budget', changes.filter(isSource));
    const cause = await commit(
      'Encrypt the database',
      changes.filter((change) => !isSource(change)),
    );
    const words = ['--title', 'Invoices cannot be read', '--began', new Date().toISOString(), '--service', 'costs'];
    const found = await linekeeper(test, ['incident', 'new', ...words, '--last-good', 'main', '--trace', '-'], {
      cwd: root,
      input: ALARM,
    });
    assert.equal(found.code, 0, found.stderr);
    assert.match(found.stdout, new RegExp(`^1\\. ${cause.slice(0, 10)} `, 'm'), found.stdout);
  });
});
