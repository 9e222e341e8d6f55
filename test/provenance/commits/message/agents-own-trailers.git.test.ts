/** `trailers.others: ours-only`: what an agent says of itself in a message that it wrote. */
import assert from 'node:assert/strict';
import { installGitHooks } from '../../../../src/provenance/commits';
import { itInFull } from '../../../support/full';
import { builtCli, CLI } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as } from '../../../support/worker';

const OURS = 'Assisted-by: claude-code:model-1\nAI-Lines: +2 -0 of +2 -0';
const THEIRS = 'Co-authored-by: Claude <noreply@anthropic.com>';
const POLICY = 'version: 1\ntrailers: { others: ours-only }\ntiers:\n  - name: all\n    paths: ["**"]\n';
const AGENT = { CLAUDECODE: '1' };
const PERSON = { CLAUDECODE: undefined, AGENT: undefined, AI_AGENT: undefined };

describe("an agent's own trailers:", () => {
  let test: TestRepository;
  const begin = async (policy: string): Promise<void> => {
    await builtCli();
    test = await TestRepository.create();
    test.write('.linekeeper.yml', policy);
    await test.commit('start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
  };
  afterEach(() => test.dispose());

  const writeByAi = (): Promise<void> => as('ai', test, ['a.txt'], () => test.write('a.txt', 'by machine\nand more\n'));
  async function committed(body: string, env: Readonly<Record<string, string | undefined>>): Promise<string> {
    await test.git('add', '-A');
    const made = await test.run(['commit', '-q', '-m', body], { env });
    assert.equal(made.code, 0, made.stderr);
    return (await test.git('log', '-1', '--format=%B')).trimEnd();
  }
  const message = `One\n\nReviewed-by: Jane <jane@example.com>\n${THEIRS}`;

  itInFull('ours-only: gone from a message when an agent commits, and those of people stay', async () => {
    await begin(POLICY);
    await writeByAi();
    assert.equal(await committed(message, AGENT), `One\n\nReviewed-by: Jane <jane@example.com>\n${OURS}`);
  });

  itInFull('ours-only: gone when nothing is recorded', async () => {
    await begin(POLICY);
    test.write('b.txt', 'somebody\n');
    assert.equal(await committed(`Two\n\n${THEIRS}`, AGENT), 'Two');
  });

  itInFull('ours-only: stay when a person commits', async () => {
    await begin(POLICY);
    await writeByAi();
    assert.equal(await committed(message, PERSON), `${message}\n${OURS}`);
  });

  itInFull('keep: stay when an agent commits, as without the key', async () => {
    await begin(POLICY.replace('ours-only', 'keep'));
    await writeByAi();
    assert.equal(await committed(message, AGENT), `${message}\n${OURS}`);
  });

  it('a change without lines: names the assistant without counts when AI made only that', async () => {
    await begin(POLICY);
    await as('ai', test, ['logo.png'], () => test.write('logo.png', '\0\u0001png'));
    assert.equal(await committed('Logo', PERSON), 'Logo\n\nAssisted-by: claude-code:model-1');
  });
});
