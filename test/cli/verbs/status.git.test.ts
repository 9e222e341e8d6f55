import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { status } from '../../../src/cli/verbs/status';
import { record } from '../../../src/provenance/assistants/record';
import { TestRepository } from '../../support/repository';
import { callVerb } from '../../support/verbs';
import { tick } from '../../support/worker';

/** A name in Latin-1, whose byte over 127 is no UTF-8. */
const named = (root: string, byte: number): Buffer =>
  Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([byte]), Buffer.from('.txt')]);

describe('status of names that are not UTF-8', function () {
  if (process.platform !== 'linux') return; // elsewhere no file has such a name
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    for (const byte of [0xe8, 0xe9]) writeFileSync(named(test.root, byte), 'old line\n');
    await test.commit('Start');
  });
  afterEach(() => test.dispose());

  it("lines of an agent's shell and of a person: are nobody's, and status says why, when their files' names look alike", async () => {
    const by = { author: 'ai', assistant: 'claude-code', session: 's', evidence: 'observed' } as const;
    const shell = (event: 'before' | 'after'): Promise<unknown> =>
      record(test.repository(), { event, id: 'run', by, cwd: test.root, files: [], edits: [], onDisk: true }, tick);
    await shell('before');
    appendFileSync(named(test.root, 0xe9), 'by the agent\n');
    await shell('after');
    appendFileSync(named(test.root, 0xe8), 'by a person\n');
    const { code, out } = await callVerb(status, [], test.root);
    assert.equal(code, 0);
    assert.match(out, /^Not committed: added 2 unknown;/);
    assert.match(out, /Not recorded, because the name is not UTF-8: "caf\uFFFD\.txt" and "caf\uFFFD\.txt"\./);
  });

  it('status: says nothing of names when all are UTF-8', async () => {
    test.write('café.txt', 'new line\n');
    assert.doesNotMatch((await callVerb(status, [], test.root)).out, /not UTF-8/);
  });
});
