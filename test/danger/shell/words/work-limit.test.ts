/** Hostile commands: reading them is bounded in steps, and what is left unread counts as unread. */
import assert from 'node:assert/strict';
import { COMMAND_STEPS, NOTHING_READ, programsIn, Work } from '../../../../src/danger/shell';
import { judge, WATCHING } from '../../../support/guard';

const nested = Array.from(
  { length: 49 },
  (_, index) => `f${String(index)}(){ f${String(index + 1)}; f${String(index + 1)}; }`,
).join('; ');

const HOSTILE: Readonly<Record<string, string>> = {
  'a hundred thousand words': `rm ${'x '.repeat(100_000)}`,
  'commands without end': 'ls;'.repeat(50_000),
  'a long pipeline': `cat a${' | cat'.repeat(20_000)}`,
  'folders without end': `${'cd a;'.repeat(5000)}rm -rf x`,
  'a program with thousands of texts': `python3 -c "${"os.system('ls');".repeat(5000)}"`,
  'scripts in scripts': Array.from({ length: 300 }, () => `sh -c 'sh -c "ls"'`).join(';'),
};

describe('the limit of steps for reading a command', () => {
  for (const [name, command] of Object.entries(HOSTILE)) {
    it(`holds for ${name}, and the guard does not allow the command`, () => {
      const before = Work.taken;
      const verdict = judge({ command }, { rules: WATCHING }).verdict;
      assert.ok(Work.taken - before <= COMMAND_STEPS, `${String(Work.taken - before)} steps`);
      assert.notEqual(verdict, 'allow');
    });
  }

  it('holds for functions that call each other', () => {
    const before = Work.taken;
    judge({ command: `${nested}; ${'f0;'.repeat(2000)}` }, { rules: WATCHING });
    assert.ok(Work.taken - before <= COMMAND_STEPS);
  });

  it('leaves an ordinary command far below it, at less than 100 steps', () => {
    const before = Work.taken;
    programsIn(
      'cd infra && for d in a b c; do (cd "$d" && terraform plan -out=tfplan | tee plan.txt); done; git status --short | wc -l',
      {},
      NOTHING_READ,
      new Work(COMMAND_STEPS),
    );
    assert.ok(Work.taken - before < 100);
  });

  it('what it leaves unread is marked as unread', () => {
    assert.equal(programsIn('a; b; c', {}, NOTHING_READ, new Work(4)).at(-1)?.unread, true);
    assert.equal(programsIn('a; b; c', {}, NOTHING_READ, new Work(6)).at(-1)?.unread, undefined);
  });
});
