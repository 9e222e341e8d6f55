/**
 * What the extension costs beside what the editor itself does: the same day is played with it and without it, each in
 * an extension host of its own, and what is more with it is its own. Threads and processes that it starts count.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { agentWrites } from '../editor/agent';
import { until, type Editor } from '../editor/host';
import type { HostUse } from '../editor/host/probe/events';
import { linesOf } from './repositories';
import { machine } from './machine';
import { blocksOf } from './profile';
import type { Fact } from './rows';

const FILES = 30;
const LINES_OF_A_FILE = 500;
/** No extension of the editor's own does anything for it. */
const LONG = 'long_text.py';
const LINES = 10_000;
const KEYS = 300;
/** As fast as people write. */
const KEY_EVERY_MS = 100;
/** Whoever ends what is idle has done so. */
const IDLE_MS = 60_000;

/** `start`: an editor with extensions. `folder`: what the addresses of the extension's own files have in them. */
export async function costsBesideTheEditor(
  start: (extensions: readonly string[]) => Promise<Editor>,
  product: string,
  folder: string,
): Promise<Fact[]> {
  const none = await aDay(start, [], folder);
  const own = await aDay(start, [product], folder);
  const more = (what: string, figure: (day: Day) => number, unit: string, limit: number | null): Fact[] => [
    { what: `${what}: more with the extension`, value: figure(own) - figure(none), unit, limit },
    { what: `${what}: without it`, value: figure(none), unit, limit: null },
  ];
  return [
    ...more(
      `Memory of the extension host with ${String(FILES)} files open, right after an assistant changed them`,
      ({ atWork }) => atWork.host,
      'MB',
      null,
    ),
    {
      what: "The extension's own processes then, which end when they are idle",
      value: own.atWork.beside,
      unit: 'MB',
      limit: null,
    },
    ...more('The same a minute later', ({ open }) => open.host + open.beside, 'MB', 40),
    ...more('The same a minute after all are closed', ({ closed }) => closed.host + closed.beside, 'MB', 40),
    {
      what: `The extension's own time for a key in a file of ${LINES.toLocaleString('en')} lines, on the thread of all extensions`,
      value: own.ownKey,
      unit: 'ms',
      limit: 0.3,
    },
    // The editor's own work differs from day to day by more than what is looked for: it stands for the other threads.
    ...more('Processor time for such a key, ten a second, all threads', ({ key }) => key, 'ms', null),
    ...more('Wall time until that file is quiet again after the last key', ({ quiet }) => quiet, 'ms', null),
    { what: 'Load of the machine while these were taken', value: machine().load, unit: 'programs', limit: null },
  ];
}

/** Megabytes, of the extension host and of the processes of the extension. */
interface Memory {
  readonly host: number;
  readonly beside: number;
}

interface Day {
  readonly atWork: Memory;
  readonly open: Memory;
  readonly closed: Memory;
  /** Milliseconds. */
  readonly key: number;
  /** By a profile of the thread, in which only the extension's files count. */
  readonly ownKey: number;
  readonly quiet: number;
}

const ENDINGS: readonly string[] = ['ts', 'py', 'go', 'tf', 'tsx', 'md'];

async function aDay(
  start: (extensions: readonly string[]) => Promise<Editor>,
  extensions: readonly string[],
  folder: string,
): Promise<Day> {
  const editor = await start(extensions);
  try {
    const { workspace } = editor;
    const names = Array.from({ length: FILES }, (_, i) => `file-${String(i)}.${ENDINGS[i % ENDINGS.length] ?? ''}`);
    for (const [i, name] of names.entries()) workspace.write(name, linesOf(LINES_OF_A_FILE, `f${String(i)}`).join(''));
    workspace.write(LONG, shortLines(LINES).join(''));
    workspace.commit('Add files');
    for (const name of names) await show(editor, name);
    for (const name of names)
      await agentWrites(workspace, name, workspace.read(name).replaceAll('compute(1', 'calculate(1'));
    const atWork = await memoryAtRest(editor);
    await sleep(IDLE_MS);
    const open = await memoryAtRest(editor);

    await show(editor, LONG);
    await editor.text.focus();
    await editor.text.goto(LINES / 2, 1);
    await type(editor, 30); // what is compiled at first use is compiled
    await whenQuiet(editor);
    const before = await editor.inside.measure('use');
    await type(editor, KEYS);
    const typed = performance.now();
    const after = await whenQuiet(editor);
    const quiet = performance.now() - typed - QUIET_FOR_MS;
    await editor.inside.measure('profile');
    await type(editor, KEYS);
    const blocks = blocksOf(await editor.inside.measure('profiled'), folder);
    const ownKey = blocks.reduce((sum, { time }) => sum + time, 0) / KEYS;
    await editor.text.save();

    await editor.inside.run(async (api) => {
      await api.commands.executeCommand('workbench.action.closeAllEditors');
    });
    await sleep(IDLE_MS);
    const closed = await memoryAtRest(editor);
    return { atWork, open, closed, key: (after.processor - before.processor) / KEYS, ownKey, quiet };
  } finally {
    await editor.close();
  }
}

/** A file of many lines whose length is common: what reads its syntax reads it whole. */
const shortLines = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `v${String(i)} = add(${String(i * 7919)}, 'b')\n`);

const megabytes = (bytes: number): number => bytes / 2 ** 20;

async function show({ inside, workspace }: Editor, name: string): Promise<void> {
  await inside.run(async (api, file) => {
    await api.window.showTextDocument(api.Uri.file(file), { preview: false });
  }, workspace.at(name));
}

async function type(editor: Editor, keys: number): Promise<void> {
  const from = await editor.inside.mark();
  await editor.type('x'.repeat(keys), KEY_EVERY_MS);
  await until(async () => (await editor.inside.changes(LONG, from)).length >= keys, {
    timeout: 120_000,
    every: 2_000, // being asked takes a while there, too
    what: 'all keys to arrive',
  });
}

const QUIET_FOR_MS = 3_000;
/**
 * The editor's own extensions are never quite idle: 12 to 52 ms of processor time a second were seen in a window in
 * which nothing happened, with this extension and without it.
 */
const AT_REST_MS = 60 * (QUIET_FOR_MS / 1_000);

/** Without the garbage of the thread that all extensions share. */
async function memoryAtRest(editor: Editor): Promise<Memory> {
  await whenQuiet(editor);
  await editor.inside.measure('collect');
  const { resident, beside } = await whenQuiet(editor);
  return { host: megabytes(resident), beside: megabytes(beside) };
}

/** Waits until the process has hardly worked for a while. */
async function whenQuiet({ inside }: Editor): Promise<HostUse> {
  let last = await inside.measure('use');
  for (let tries = 0; tries < 60; tries++) {
    await sleep(QUIET_FOR_MS);
    const now = await inside.measure('use');
    if (now.processor - last.processor < AT_REST_MS) return now;
    last = now;
  }
  throw new Error('the extension host has not come to rest');
}
