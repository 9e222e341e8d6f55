/** Who made a change that has no lines: of a binary file that several had a hand in. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { statusOf } from '../../../../src/provenance/commits';
import { parseGeneric, record } from '../../../../src/provenance/assistants/record';
import { TestRepository } from '../../../support/repository';

describe('a binary file', () => {
  let test: TestRepository;
  let clock = 0;
  const now = (): number => ++clock;
  beforeEach(async () => {
    clock = Date.now();
    test = await TestRepository.create();
    put(0);
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const put = (byte: number): void => {
    writeFileSync(path.join(test.root, 'a.bin'), Buffer.from([0, byte, 1, 0]));
  };
  const writes = async (author: 'ai' | 'human', byte: number): Promise<void> => {
    for (const event of ['before', 'after'] as const) {
      if (event === 'after') put(byte);
      const payload = { version: 1, event, author, tool: 'kiro', session: author, cwd: test.root, files: ['a.bin'] };
      const report = parseGeneric(JSON.stringify(payload), test.root);
      assert.ok(!('problem' in report), JSON.stringify(report));
      await record(test.repository(), report, now);
    }
  };
  const author = async (): Promise<string | undefined> =>
    (await statusOf(test.repository(), now)).files.find((file) => file.path === 'a.bin')?.change?.author;

  it("its change: is AI's when an assistant and then a person made it", async () => {
    await writes('ai', 2);
    assert.equal(await author(), 'ai');
    await writes('human', 3);
    assert.equal(await author(), 'ai');
  });

  it("its change: is AI's when a person and then an assistant made it", async () => {
    await writes('human', 2);
    await writes('ai', 3);
    assert.equal(await author(), 'ai');
  });

  it("its change: is a person's when they first took the assistant's back", async () => {
    await writes('ai', 2);
    await writes('human', 0);
    await writes('human', 3);
    assert.equal(await author(), 'human');
  });
});
