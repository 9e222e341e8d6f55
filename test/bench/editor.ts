/**
 * What the extension costs in the editor: for how long it keeps the thread busy that all extensions share. Taken in the
 * real extension host with real keys, by a profile of that thread, so that what the editor itself does there does not
 * count.
 */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packQuietly } from '../../scripts/packed';
import { statusOf } from '../../src/provenance/commits';
import { Repository } from '../../src/git';
import { agentBegins, agentWrites } from '../editor/agent';
import { compiledOf, startEditor, until, type Editor, type Workspace } from '../editor/host';
import { costsBesideTheEditor } from './editor-costs';
import { memoryOfSession } from './editor-memory';
import { call, median } from './measure';
import { blocksOf } from './profile';
import { linesOf } from './repositories';
import type { Fact } from './rows';

/** How the folder begins in which the extension is installed. */
const FOLDER = 'linekeeper.linekeeper-';
const LINES = 20_000;
const HUNKS = 5_000;
const FILES = 10_000;
const LINES_OF_A_FILE = 50;
const KEYS = 300;
/** Thirty keys a second. */
const KEY_EVERY_MS = 33;
const STARTS = 5;
/**
 * The longest of many blocks is what a stall of the machine shows in first: the median of so many plays stands for
 * them.
 */
const PLAYS = 3;
const OUT = path.resolve(import.meta.dirname, '../../out/bench-editor');

const WHILE: Readonly<Record<string, (editor: Editor) => Promise<Fact[]>>> = {
  starting: whileStarting,
  typing: whileTyping,
  hunks: withManyHunks,
  files: withManyFiles,
};

/** `only`: the named parts, and `memory` and `costs`. None named: all. */
export async function measureEditor(only: readonly string[] = []): Promise<Fact[]> {
  const isWanted = (part: string): boolean => only.length === 0 || only.includes(part);
  const product = await packQuietly();
  const start = (extensions: readonly string[]): Promise<Editor> =>
    startEditor({ extensions, env: { LINEKEEPER_PROBE_MEASURE: FOLDER } });
  const facts: Fact[] = [
    { what: 'The packaged extension', value: statSync(product).size / 2 ** 20, unit: 'MB', limit: 3 },
  ];
  const editor = await start([product]);
  try {
    for (const [part, measure] of Object.entries(WHILE)) if (isWanted(part)) facts.push(...(await measure(editor)));
  } finally {
    await editor.close();
  }
  if (isWanted('memory')) facts.push(...(await memoryOfSession(start, product)));
  if (isWanted('costs')) facts.push(...(await costsBesideTheEditor(start, product, FOLDER)));
  return facts;
}

const fact = (what: string, value: number, limit: number | null): Fact => ({ what, value, unit: 'ms', limit });
const block = (during: string, value: number): Fact =>
  fact(`Longest block while ${during}, median of ${String(PLAYS)}`, value, 16);

/** The longest time that the extension kept the thread, while something was done. The profile is left in `out/`. */
async function longest(editor: Editor, name: string, work: () => Promise<void>): Promise<number> {
  await editor.inside.measure('profile');
  await work();
  const profile = await editor.inside.measure('profiled');
  mkdirSync(OUT, { recursive: true });
  writeFileSync(path.join(OUT, `${name}.cpuprofile`), JSON.stringify({ ...profile.profile, turns: profile.turns }));
  const [block] = blocksOf(profile, FOLDER);
  if (!block) throw new Error('the extension did nothing');
  process.stderr.write(
    `${name}: ${block.time.toFixed(1)} ms in ${block.doing
      .slice(0, 12)
      .map(([what, time]) => `${what} ${time.toFixed(1)}`)
      .join(', ')}\n`,
  );
  return block.time;
}

/** What each play gives, one after the other. */
async function inTurn<T>(play: () => Promise<T>): Promise<readonly T[]> {
  const plays: T[] = [];
  while (plays.length < PLAYS) plays.push(await play());
  return plays;
}

/** Of one figure of each play. */
const medianOf = <T>(plays: readonly T[], figure: (play: T) => number): number => median(plays.map(figure));

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

const PLACE = 'typed-here.ts';

async function type(editor: Editor, keys: number): Promise<void> {
  await editor.inside.measure('forget');
  await editor.type('x'.repeat(keys), KEY_EVERY_MS);
  await until(async () => (await editor.inside.measure('times')).changes.length >= keys, {
    what: 'all keys to arrive',
  });
}

async function open(editor: Editor, file: string): Promise<void> {
  await editor.inside.run(async (api, name) => {
    await api.window.showTextDocument(api.Uri.file(name));
  }, editor.workspace.at(file));
  await editor.text.focus();
}

/** Waits until the extension has started: what that takes is told by itself. */
const started = (editor: Editor): Promise<unknown> =>
  until(async () => (await editor.inside.measure('times')).activate > 0, { what: 'the activation' });

async function whileStarting(editor: Editor): Promise<Fact[]> {
  const start = async (): Promise<number> => {
    await editor.openFolder();
    await started(editor);
    const { load, activate } = await editor.inside.measure('times');
    process.stderr.write(`starting: ${load.toFixed(1)} + ${activate.toFixed(1)} ms\n`);
    return load + activate;
  };
  const first = await start();
  await until(() => compiledOf(editor.host.folder.extensions, FOLDER).some((name) => name.startsWith('editor-')), {
    what: 'what was compiled to be kept',
  });
  const later: number[] = [];
  for (let i = 0; i < STARTS; i++) later.push(await start());
  return [
    fact(
      `Activation of its own, on the processor: loading the code and starting, median of ${String(STARTS)}`,
      median(later),
      50,
    ),
    fact('The first one after it was installed, when its code is compiled', first, null),
  ];
}

async function whileTyping(editor: Editor): Promise<Fact[]> {
  const workspace = await editor.openFolder();
  workspace.write(PLACE, linesOf(LINES).join(''));
  workspace.commit('Add a long file');
  await editor.openFolder(workspace.root);
  await open(editor, PLACE);
  await editor.text.goto(LINES / 2, 1);
  await type(editor, 20); // what is compiled at first use is compiled
  await type(editor, KEYS);
  const { changes } = await editor.inside.measure('times');
  const blocks = await inTurn(() => longest(editor, 'typing', () => type(editor, KEYS)));
  await editor.text.save();
  const file = `a file of ${LINES.toLocaleString('en')} lines at 30 keys a second`;
  return [
    fact(`Handler of a key press in ${file}, median`, median(changes), null),
    fact(`Handler of a key press in ${file}, 99th percentile`, quantile(changes, 0.99), 1),
    block('typing there', median(blocks)),
  ];
}

/** A line is changed in many places. */
const rewritten = (lines: readonly string[]): string =>
  lines.map((line, i) => (i % (LINES / HUNKS) === 0 ? line.replace('compute', 'calculate') : line)).join('');

async function withManyHunks(editor: Editor): Promise<Fact[]> {
  const plays = await inTurn(() => manyHunks(editor));
  return [
    block(
      `${HUNKS.toLocaleString('en')} changes of an assistant appear in one file`,
      medianOf(plays, ({ shown }) => shown),
    ),
    block(
      'typing among them',
      medianOf(plays, ({ typed }) => typed),
    ),
    fact(
      'Handler of a key press among them, 99th percentile',
      quantile(
        plays.flatMap(({ changes }) => changes),
        0.99,
      ),
      1,
    ),
  ];
}

async function manyHunks(
  editor: Editor,
): Promise<{ readonly shown: number; readonly typed: number; readonly changes: readonly number[] }> {
  const workspace = await editor.openFolder();
  const lines = linesOf(LINES);
  workspace.write(PLACE, lines.join(''));
  workspace.commit('Add a long file');
  await editor.openFolder(workspace.root);
  await started(editor);
  const shown = await longest(editor, 'hunks', async () => {
    await open(editor, PLACE);
    await agentWrites(workspace, PLACE, rewritten(lines));
    await editor.workbench.waitStatus(new RegExp(`^${String(HUNKS)} AI lines`), 120_000);
    await until(async () => (await editor.gutter()).length > 0, { what: 'the marks' });
  });
  await editor.text.goto(LINES / 2 + 2, 1);
  await type(editor, 20);
  await type(editor, KEYS);
  const { changes } = await editor.inside.measure('times');
  const typed = await longest(editor, 'typing-hunks', () => type(editor, KEYS));
  await editor.text.save();
  return { shown, typed, changes };
}

async function withManyFiles(editor: Editor): Promise<Fact[]> {
  const plays = await inTurn(() => manyFiles(editor));
  const files = `${FILES.toLocaleString('en')} files`;
  return [
    block(
      `a checkout changes ${files}`,
      medianOf(plays, ({ checkout }) => checkout),
    ),
    block(
      `an assistant changes ${files}, not committed yet`,
      medianOf(plays, ({ work }) => work),
    ),
  ];
}

async function manyFiles(editor: Editor): Promise<{ readonly checkout: number; readonly work: number }> {
  const workspace = await editor.openFolder();
  const write = (version: string): void => {
    for (let file = 0; file < FILES; file++)
      workspace.write(
        `src/part-${String(file % 100)}/file-${String(file)}.ts`,
        `export const file${String(file)} = '${version}';\n`.repeat(LINES_OF_A_FILE),
      );
  };
  write('one');
  const git = (...words: string[]): void =>
    void call({ program: 'git', words, cwd: workspace.root, env: editor.host.folder.env });
  git('add', '--all');
  git('commit', '--quiet', '--message', 'One');
  git('checkout', '--quiet', '-b', 'other');
  write('two');
  git('commit', '--quiet', '--all', '--message', 'Two');
  await editor.openFolder(workspace.root);
  await open(editor, 'src/part-0/file-0.ts');
  /** The editor answers keys again, whatever else it has to do. */
  const typed = async (): Promise<void> => {
    await open(editor, 'README.md');
    await editor.text.goto(1, 1);
    await type(editor, KEYS / 3);
    await editor.text.save();
  };
  const checkout = await longest(editor, 'checkout', async () => {
    git('checkout', '--quiet', 'main');
    await until(
      async () =>
        (await editor.inside.run((api) => api.window.activeTextEditor?.document.getText().includes("'one'"))) === true,
      { timeout: 120_000, what: 'the checkout to be seen' },
    );
    await typed();
  });
  const work = await longest(editor, 'many-files', async () => {
    await manyFilesByAnAgent(workspace, editor.host.folder.env);
    await editor.workbench.waitStatus(/AI lines/, 300_000);
    await typed();
  });
  return { checkout, work };
}

async function manyFilesByAnAgent(workspace: Workspace, env: Readonly<Record<string, string>>): Promise<void> {
  const action = await agentBegins(workspace);
  call({ program: 'git', words: ['checkout', '--quiet', 'other', '--', 'src'], cwd: workspace.root, env });
  await action.done();
  const repository = Repository.find(workspace.root);
  if (!repository || (await statusOf(repository, Date.now)).files.length < FILES)
    throw new Error('the files are not seen as changed');
}
