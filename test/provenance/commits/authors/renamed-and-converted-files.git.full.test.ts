/**
 * Text that is moved, copied or converted, and files that are renamed, made and taken away (rules 2 to 4 of docs/dev/attribution.md).
 */
import assert from 'node:assert/strict';
import { copyFileSync, renameSync } from 'node:fs';
import { settle, showCommits } from '../../../../src/provenance/commits';
import { TestRepository } from '../../../support/repository';
import { as, tick } from '../../../support/worker';

const OLD = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']
  .map((word) => `const ${word} = compute("${word}");\n`)
  .join('');
const FRESH = 'function written(by) {\n  return machine(by);\n}\n';

describe('attribution of text in files that move and change:', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.ts', OLD);
    test.write('b.ts', OLD.replace(/compute/g, 'measure'));
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const change = (file: string, from: string, to: string): void => test.write(file, test.read(file).replace(from, to));
  /** `b.ts +1 ai -2 human` of everything, committed. */
  const told = async (): Promise<string[]> => {
    const id = await test.commit('work');
    await settle(test.repository(), tick);
    const shown = (await showCommits(test.repository(), [id])).get(id);
    assert.ok(shown);
    return shown.files.map((file) => {
      const say = (sign: string, ranges: typeof file.ranges): string[] =>
        ranges.map((r) => `${sign}${String(r.start)}${r.end > r.start ? `-${String(r.end)}` : ''} ${r.author}`);
      return [
        file.path,
        ...say('+', file.ranges),
        ...say('-', file.removed),
        ...(file.change ? [file.change.author] : []),
      ].join(' ');
    });
  };

  it("a person's rename keeps an assistant's line", async () => {
    await as('ai', test, ['a.ts'], () => change('a.ts', '"two"', '"zwei"'));
    await as('human', test, ['a.ts', 'c.ts'], () => renameSync(test.at('a.ts'), test.at('c.ts')));
    assert.deepEqual(await told(), ['c.ts +2 ai -2 ai']);
  });

  it("an unrecorded rename, followed by a person's edit, keeps an assistant's line", async () => {
    await as('ai', test, ['a.ts'], () => change('a.ts', '"two"', '"zwei"'));
    renameSync(test.at('a.ts'), test.at('c.ts'));
    await as('human', test, ['c.ts'], () => change('c.ts', '"five"', '"fuenf"'));
    assert.deepEqual(await told(), ['c.ts +2 ai +5 human -2 ai -5 human']);
  });

  it("an unrecorded copy of an assistant's new file is the assistant's", async () => {
    await as('ai', test, ['new.ts'], () => test.write('new.ts', FRESH));
    copyFileSync(test.at('new.ts'), test.at('copy.ts'));
    assert.deepEqual(await told(), ['copy.ts +1-3 ai', 'new.ts +1-3 ai']);
  });

  it('a copy of an old file belongs to who copies it', async () => {
    await as('ai', test, ['copy.ts'], () => copyFileSync(test.at('a.ts'), test.at('copy.ts')));
    copyFileSync(test.at('b.ts'), test.at('other.ts'));
    assert.deepEqual(await told(), ['copy.ts +1-8 ai', 'other.ts +1-8 unknown']);
  });

  it("lines that a person moves to another file stay AI's if new, and are the person's if old", async () => {
    await as('ai', test, ['a.ts'], () => test.write('a.ts', OLD + FRESH));
    await as('human', test, ['a.ts', 'b.ts'], () => {
      const moved = OLD.split('\n').slice(6, 8).join('\n') + '\n' + FRESH;
      change('a.ts', moved, '');
      test.write('b.ts', moved + test.read('b.ts'));
    });
    assert.deepEqual(await told(), ['a.ts -7-8 human', 'b.ts +1-2 human +3-5 ai']);
  });

  it("a file rewritten around a person's line keeps that line the person's", async () => {
    await as('human', test, ['a.ts'], () => change('a.ts', '"two"', '"zwei"'));
    await as('ai', test, ['a.ts'], () =>
      test.write('a.ts', `// header\n${test.read('a.ts').replace('"seven"', '"sieben"')}// footer\n`),
    );
    assert.deepEqual(await told(), ['a.ts +1 ai +3 human +8 ai +10 ai -2 human -7 ai']);
  });

  it('re-indented lines belong to who indents, except uncommitted ones, which keep their author', async () => {
    await as('ai', test, ['a.ts'], () => change('a.ts', '"two"', '"zwei"'));
    await as('human', test, ['a.ts'], () => test.write('a.ts', test.read('a.ts').replace(/^const/gm, '  const')));
    assert.deepEqual(await told(), ['a.ts +1 human +2 ai +3-8 human -1 human -2 ai -3-8 human']);
  });

  it('converted line ends belong to who converts', async () => {
    await as('ai', test, ['a.ts'], () => test.write('a.ts', OLD.replace(/\n/g, '\r\n')));
    test.write('b.ts', test.read('b.ts').replace(/\n/g, '\r\n'));
    assert.deepEqual(await told(), ['a.ts +1-8 ai -1-8 ai', 'b.ts +1-8 unknown -1-8 unknown']);
  });

  it('a last line that loses its break belongs to who removed the break', async () => {
    await as('ai', test, ['a.ts'], () => test.write('a.ts', OLD.trimEnd()));
    await as('human', test, ['b.ts'], () => test.write('b.ts', `${test.read('b.ts')}last`));
    assert.deepEqual(await told(), ['a.ts +8 ai -8 ai', 'b.ts +9 human']);
    await as('ai', test, ['b.ts'], () => test.write('b.ts', `${test.read('b.ts')}\nmore`));
    assert.deepEqual(await told(), ['b.ts +9-10 ai -9 ai']);
  });

  it('lines of a deleted or emptied file are removed by who did it', async () => {
    await as('ai', test, ['a.ts'], () => test.remove('a.ts'));
    await as('human', test, ['b.ts'], () => test.write('b.ts', ''));
    assert.deepEqual(await told(), ['a.ts -1-8 ai', 'b.ts -1-8 human']);
  });

  it("lines that an assistant sorts are the assistant's", async () => {
    await as('ai', test, ['a.ts'], () =>
      test.write(
        'a.ts',
        OLD.split('\n')
          .slice(0, 8)
          .sort()
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
    const [file = ''] = await told();
    assert.match(file, /^a\.ts( [+-][\d-]+ ai)+$/);
  });
});
