/** Names that files get, lose and get again before the first commit. */
import assert from 'node:assert/strict';
import { MemoryBench } from '../../git/oracle/memory';
import type { Actor } from '../../git/oracle/model';

const NAMES = ['a.ts', 'b.ts', 'c.ts'];
const MACHINE = 'first machine(written, one);\nsecond machine(written, two);\nthird machine(written, three);\n';
const PERSON = 'hand(typed, slowly, one);\nhand(typed, slowly, two);\n';

describe('files that get other names', () => {
  let bench: MemoryBench;
  let turn = 0;
  beforeEach(() => {
    bench = new MemoryBench();
  });

  const as = async (actor: Actor, act: () => void): Promise<void> => {
    const id = String(turn++);
    await bench.before(id, actor, NAMES);
    act();
    await bench.after(id, actor);
  };
  const told = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      ((await bench.commitAll()) ?? []).map((file) => [
        file.path,
        file.ranges.map((range) => `${String(range.start)}-${String(range.end)} ${range.author}`).join(', '),
      ]),
    );

  it('keep their authors when they get a name for the second time', async () => {
    await as('ai-one', () => bench.write('b.ts', `gone for good(one);\n${MACHINE}`));
    await as('ai-one', () => {
      bench.remove('b.ts');
      bench.write('a.ts', MACHINE);
    });
    await as('human', () => {
      bench.remove('a.ts');
      bench.write('b.ts', PERSON + MACHINE);
    });
    await as('ai-one', () => {
      bench.remove('b.ts');
      bench.write('a.ts', PERSON + MACHINE);
    });
    assert.deepEqual(await told(), { 'a.ts': '1-2 human, 3-5 ai' });
  });

  it('keep the authors of text that was in another file of that name before', async () => {
    await as('ai-one', () => bench.write('a.ts', MACHINE));
    const text = `${PERSON}${PERSON.replaceAll('hand', 'finger')}${MACHINE}`;
    bench.remove('a.ts');
    bench.write('b.ts', text);
    await as('ai-two', () => {
      bench.remove('b.ts');
      bench.write('a.ts', text);
    });
    assert.deepEqual(await told(), { 'a.ts': '1-4 unknown, 5-7 ai' });
  });

  it('keep what went to another file from a second file of a name', async () => {
    await as('ai-one', () => bench.write('a.ts', MACHINE));
    await as('ai-one', () => {
      bench.remove('a.ts');
      bench.write('b.ts', MACHINE);
    });
    await as('human', () => bench.write('a.ts', PERSON));
    const more = MACHINE.replaceAll('machine', 'engine');
    await as('ai-one', () => {
      bench.remove('a.ts');
      bench.write('c.ts', more + PERSON);
    });
    assert.deepEqual(await told(), { 'b.ts': '1-3 ai', 'c.ts': '1-3 ai, 4-5 human' });
  });

  it('keep their authors when they come back, unseen, to the name of a file that is gone', async () => {
    await as('ai-one', () => bench.write('c.ts', MACHINE));
    await as('ai-one', () => {
      bench.remove('c.ts');
      bench.write('b.ts', MACHINE);
    });
    const more = MACHINE.replaceAll('machine', 'engine');
    await as('ai-one', () => {
      bench.remove('b.ts');
      bench.write('c.ts', more + MACHINE);
    });
    await as('human', () => {
      bench.remove('c.ts');
      bench.write('a.ts', more + MACHINE);
    });
    bench.remove('a.ts');
    bench.write('b.ts', more + MACHINE);
    assert.deepEqual(await told(), { 'b.ts': '1-6 ai' });
  });

  it('are told to the end when the last line has no break and loses its end', async () => {
    await as('ai-one', () => bench.write('a.ts', MACHINE.trimEnd()));
    await as('human', () => bench.write('a.ts', MACHINE.trimEnd().slice(0, -'three);'.length)));
    assert.deepEqual(await told(), { 'a.ts': '1-3 ai' });
  });
});
