import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TestRepository } from '../../../support/repository';
import { playHistory } from '../../../support/oracle/code/history';
import { Random } from '../../../support/oracle/code/random';
import { growSample } from '../../../support/oracle/code/sample';
import { noScore, tell } from '../../../support/oracle/code/score';
import { openSource, SourceError, type Source } from '../../../support/oracle/code/source';
import { MODES } from '../../../support/oracle/code/world';

const COMMITS = 16;
const COMMITS_OF_A_HISTORY = 3;
const ALWAYS = 20_261_121;

describe('attribution of code with many repeated lines, edited by several authors', () => {
  let repository: TestRepository;
  let source: Source;
  let atFirst: readonly string[];
  before(async () => {
    repository = await TestRepository.create();
    await growSample(repository, COMMITS, new Random(ALWAYS));
    source = await openSource(repository, repository.root);
    atFirst = held(repository);
  });
  after(() => repository.dispose());

  for (const [i, mode] of MODES.entries()) {
    it(`is right when committed in this way: ${mode}`, async function () {
      this.timeout(60_000);
      const score = noScore();
      const { told } = await playHistory(source, ALWAYS + i, COMMITS_OF_A_HISTORY, score, mode);
      assert.deepEqual(told.wrong, []);
      assert.ok(score.lines > 0 && score.missed <= score.lines / 10, tell(score));
    });
  }

  const wanted = process.env['LINEKEEPER_SEED']; // to play one again; `npm run soak -- code` draws new ones
  if (wanted !== undefined) {
    it(`is right in the history of the seed ${wanted}`, async function () {
      this.timeout(60_000);
      const score = noScore();
      const { mode, told } = await playHistory(source, Number(wanted), COMMITS_OF_A_HISTORY, score);
      console.log(`      ${mode}: ${tell(score)}`);
      assert.deepEqual(told.wrong, []);
    });
  }

  it('the code is played in a copy', () => assert.deepEqual(held(repository), atFirst));

  it('a clone with only a part of the code is refused', async () => {
    const clone = repository.outside('shallow');
    await repository.git('clone', '--quiet', '--depth=1', `file://${repository.root}`, clone);
    await assert.rejects(
      openSource(repository, clone),
      (error) => error instanceof SourceError && /is a shallow clone/.test(error.message),
    );
  });
});

/** Every file of a repository, git's own too, with what is in it. */
const held = ({ root }: TestRepository): readonly string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .map((file) => `${file} ${readFileSync(file, 'base64')}`)
    .sort();
