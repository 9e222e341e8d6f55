import assert from 'node:assert/strict';
import path from 'node:path';
import { Context, Suite, Test } from 'mocha';
import { areaOf, isEveryday, TOP } from '../../scripts/test/areas';
import { choiceOf, leftOutText, type Choice } from '../../scripts/test/choice';
import { leaveOut, markSlow } from '../support/full';

const FILES = [
  'test/authorship/moved-lines.test.ts',
  'test/authorship/every-pair.full.test.ts',
  'test/commits/stash.git.test.ts',
  'test/commits/oracle.git.full.test.ts',
  'test/editor/review/hover.editor.test.ts',
  'test/editor/recording/day.editor.full.test.ts',
  'test/agents/sessions.agents.test.ts',
  'test/platform/disk.windows.test.ts',
  'test/story/outage.story.test.ts',
];
const SLOW = [1, 3, 5, 6, 7, 8].map((index) => FILES[index]);
const choice = (...words: string[]): Choice => choiceOf(words, FILES, (file) => file === FILES[2]);
const filesFor = (...words: string[]): (readonly string[])[] => choice(...words).parts.map(({ files }) => files);

describe('area of a test file', () => {
  it('area of a test file: is the word before .test.ts, and unit if there is none', () => {
    assert.deepEqual(FILES.map(areaOf), [
      'unit',
      'unit',
      'git',
      'git',
      'editor',
      'editor',
      'agents',
      'windows',
      'story',
    ]);
    assert.equal(areaOf('test/git/plumbing/git.config.test.ts'.replace('/git/', '/policy/')), 'unit');
  });

  it('area of a file without tests: is none', () => {
    for (const file of ['test/support/repository.ts', 'src/git/index.ts', 'test/.test.ts', 'test/x.test.mjs'])
      assert.equal(areaOf(file), undefined, file);
  });

  it('everyday files: are all but those marked full and those of assistants, Windows and the story', () => {
    assert.deepEqual(
      FILES.filter((file) => !isEveryday(file)),
      SLOW,
    );
  });
});

describe('choice of test files', () => {
  it('npm test: runs what is everyday and says how to run the rest', () => {
    const { parts, leftOut, partly } = choice();
    assert.deepEqual(
      parts.map(({ files }) => files),
      [FILES.filter((file) => !SLOW.includes(file))],
    );
    assert.deepEqual(leftOut, SLOW);
    assert.equal(
      leftOutText({ leftOut, partly }),
      'Left out: 6 files of tests that take long (1 of unit, 1 of editor, 1 of story, 1 of agents, 1 of git, 1 of windows), and slow tests of 1 other files.\n' +
        'npm run test:all runs everything, npm test -- rest runs these alone.',
    );
  });

  it('npm run test:all: runs every file once, in one part and the long ones first, and leaves nothing out', () => {
    const { parts, leftOut } = choice('all');
    assert.deepEqual(
      parts.map(({ files }) => files),
      [[...SLOW, ...FILES.filter((file) => !SLOW.includes(file))]],
    );
    assert.deepEqual(leftOut, []);
    assert.deepEqual(filesFor('everyday', 'rest'), filesFor('all'));
  });

  it('npm test -- rest: runs what npm test leaves out, also of files that it runs in part', () => {
    assert.deepEqual(choice('rest').parts, [{ tests: 'rest', files: [...SLOW, FILES[2]].sort() }]);
    assert.deepEqual(
      [choice(), choice('all')].map(({ parts }) => parts.map(({ tests }) => tests)),
      [['everyday'], [undefined]],
    );
  });

  it('an area or a file that is named: runs whole, slow tests too', () => {
    assert.deepEqual(filesFor('git'), [['test/commits/stash.git.test.ts', 'test/commits/oracle.git.full.test.ts']]);
    assert.deepEqual(filesFor('story', './test/authorship/every-pair.full.test.ts'), [
      ['test/authorship/every-pair.full.test.ts', 'test/story/outage.story.test.ts'],
    ]);
    assert.deepEqual(choice('git').leftOut, []);
  });

  it('a word that names nothing: is an error that lists the areas', () => {
    assert.throws(() => choice('unitt'), /no area and no test file "unitt".*unit, editor.*everyday, rest, all/);
    assert.throws(() => choice('test/none.test.ts'), /test\/none\.test\.ts/);
  });
});

it('slow tests of a file: are left out of npm test, and alone in the rest', () => {
  const file = path.join(TOP, 'test', 'policy', 'x.test.ts');
  const left = (wanted: string): string[] => {
    const root = new Suite('', new Context());
    const suite = Suite.create(root, 'all of it');
    for (const title of ['fast', 'slow']) {
      const test = new Test(title, () => undefined);
      test.file = file;
      suite.addTest(title === 'slow' ? markSlow(test) : test);
    }
    leaveOut(root, wanted);
    return suite.tests.map(({ title }) => title);
  };
  assert.deepEqual(['everyday', 'rest', 'all'].map(left), [['fast'], ['slow'], ['fast', 'slow']]);
});
