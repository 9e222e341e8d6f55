/** Names that files get, lose and get again before the first commit. */
import assert from 'node:assert/strict';
import { MemoryBench } from '../../../support/oracle/memory';
import type { Actor } from '../../../support/oracle/model';

const NAMES = ['a.ts', 'b.ts', 'c.ts'];
const MACHINE = 'first machine(written, one);\nsecond machine(written, two);\nthird machine(written, three);\n';
const PERSON = 'hand(typed, slowly, one);\nhand(typed, slowly, two);\n';

describe('attribution across renames:', () => {
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

  it('a file keeps its authors when it takes a name for the second time', async () => {
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

  it('a text keeps its authors when it moves away from a name and back', async () => {
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

  it('text moved from the second file of a name keeps its author', async () => {
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

  it("a file keeps its authors when it takes a deleted file's name unrecorded", async () => {
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

  it('a last line without a break that loses its end keeps its author', async () => {
    await as('ai-one', () => bench.write('a.ts', MACHINE.trimEnd()));
    await as('human', () => bench.write('a.ts', MACHINE.trimEnd().slice(0, -'three);'.length)));
    assert.deepEqual(await told(), { 'a.ts': '1-3 ai' });
  });
});
