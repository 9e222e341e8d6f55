/** What an engineer and those beside do in a session, each with who is the author of it (docs/dev/edits.md). */
import type { Author } from '../../../src/provenance/authorship/types';
import { agentBegins } from '../agent';
import type { Carried, SoakFile } from './file';
import { COMPLETIONS } from './offered';
import type { Step } from './steps';
import { linesOf, textOf, written, type Char } from './text';
import { word } from './words';
import type { World } from './world';

interface Act {
  /** How often it is done, beside the others. */
  readonly weight: number;
  readonly play: (world: World, step: Step, file: SoakFile) => Promise<void>;
}

/** Where a line begins, and where its text ends. */
function lineAt(text: string, at: number): readonly [start: number, end: number] {
  const lines = text.split('\n');
  const index = at % lines.length;
  const start = lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0);
  return [start, start + (lines[index]?.length ?? 0)];
}

/** Somewhere in a line's text. */
const inLine = (text: string, step: Step): number => {
  const [start, end] = lineAt(text, step.at);
  return start + (step.to % (end - start + 1));
};

/** Text of one line or of a few, never the whole file. */
function span(text: string, step: Step): readonly [from: number, to: number] {
  const [start, end] = lineAt(text, step.at);
  if (step.way % 3 === 0) {
    const from = start + (step.to % (end - start + 1));
    return [from, Math.min(end, from + 1 + (step.to % 9))];
  }
  const whole = text.split('\n').length > 4 && end < text.length;
  return [start, whole ? end + 1 : end];
}

/** A word of the text's own. */
function wordOf(text: string, at: number): string | undefined {
  const found = [...text.matchAll(/\b[a-z]{7}\b/g)];
  return found[at % Math.max(1, found.length)]?.[0];
}

/** Waits for another text. */
const other =
  (file: SoakFile) =>
  (text: string): boolean =>
    text !== file.text;

const phrase = (step: Step): string =>
  [word(), step.way % 4 === 0 ? `(${word()}` : word(), step.way % 5 === 0 ? `"${word()}` : word()].join(' ');

/** A new line below one, as a person begins it. */
async function newLine(world: World, step: Step, file: SoakFile): Promise<void> {
  const [, end] = lineAt(file.text, step.at);
  await world.select(file, end);
  await world.press(file, 'human', () => world.editor.press('Enter'), other(file));
}

/** Writes lines in, takes some out or changes words, as somebody who rewrites the file. */
function rewritten(chars: readonly Char[], step: Step, by: Author): readonly Char[] {
  const lines = linesOf(chars);
  const at = lines.length === 0 ? 0 : step.at % lines.length;
  const [start, end] = lines[at] ?? [0, 0];
  const fresh = (count: number): Char[] =>
    written(Array.from({ length: count }, () => `${word()} ${word()} ${word()};\n`).join(''), by);
  if (lines.length < 4 || step.way % 3 === 0) return chars.toSpliced(start, 0, ...fresh(1 + (step.to % 3)));
  if (step.way % 3 === 1 && chars[end - 1]?.ch === '\n')
    return chars.toSpliced(start, end - start, ...fresh(step.to % 2));
  const found = /[a-z]{7}/.exec(textOf(chars.slice(start, end)));
  if (!found) return chars.toSpliced(start, 0, ...fresh(1));
  return chars.toSpliced(start + found.index, found[0].length, ...written(word(), by));
}

/** Somebody writes the file on disk. */
async function writes(world: World, step: Step, file: SoakFile, by: Author): Promise<void> {
  const action = by === 'ai' ? await agentBegins(world.editor.workspace, file.path) : undefined;
  world.editor.workspace.write(file.path, file.write(rewritten(file.disk.chars, step, by), by));
  await action?.done();
  await world.reloads(file);
}

/** A comment that an assistant answers with lines. */
async function offered(world: World, step: Step, file: SoakFile): Promise<string> {
  await world.show(file);
  await newLine(world, step, file);
  const offer = COMPLETIONS.next();
  await world.press(file, 'human', () => world.editor.type(offer.after));
  await world.editor.text.waitGhost(/./);
  return offer.insert;
}

const dirty = (world: World): SoakFile[] => world.files.filter((file) => file.dirty);

export const ACTS = {
  type: {
    weight: 10,
    play: async (world, step, file) => {
      await world.show(file);
      if (step.way % 2 === 0) await newLine(world, step, file);
      else await world.select(file, inLine(file.text, step));
      await world.press(file, 'human', () => world.editor.type(phrase(step)));
    },
  },
  block: {
    weight: 4,
    play: async (world, step, file) => {
      await world.show(file);
      await newLine(world, step, file);
      await world.press(file, 'human', () => world.editor.type(`if (${word()}) {`));
      await world.press(file, 'human', () => world.editor.press('Enter'));
      await world.press(file, 'human', () => world.editor.type(`${word()}(${word()});`));
    },
  },
  erase: {
    weight: 6,
    play: async (world, step, file) => {
      await world.show(file);
      await world.select(file, inLine(file.text, step));
      const key =
        (['Backspace', 'Delete', 'Control+Backspace', 'Control+Delete', 'Control+Shift+K'] as const)[step.way % 5] ??
        'Backspace';
      await world.press(file, 'human', () =>
        world.editor.press(...Array.from({ length: key.length > 9 ? 1 : 1 + (step.to % 4) }, () => key)),
      );
    },
  },
  over: {
    weight: 4,
    play: async (world, step, file) => {
      await world.show(file);
      await world.select(file, ...span(file.text, step));
      await world.press(file, 'human', () =>
        step.to % 3 === 0 ? world.editor.press('Delete') : world.editor.type(word()),
      );
    },
  },
  complete: {
    weight: 5,
    play: async (world, step, file) => {
      const insert = await offered(world, step, file);
      if (step.way % 4 === 0) {
        await world.press(file, 'human', () => world.editor.press('Escape'));
        return;
      }
      if (step.way % 4 === 1) {
        for (let i = 0; i <= step.to % 3; i++) {
          await world.editor.text.waitGhost(/./);
          await world.press(file, 'ai', () => world.editor.press('Control+ArrowRight'), other(file));
        }
        await world.press(file, 'human', () => world.editor.press('Escape'));
        return;
      }
      await world.press(
        file,
        'ai',
        () => world.editor.press('Tab'),
        (text) => text.includes(insert),
      );
    },
  },
  agent: { weight: 5, play: (world, step, file) => writes(world, step, file, 'ai') },
  program: { weight: 1, play: (world, step, file) => writes(world, step, file, 'unknown') },
  undo: {
    weight: 5,
    play: async (world, step, file) => {
      await world.show(file);
      const times = 1 + (step.to % 4);
      for (let i = 0; i < times; i++) await world.press(file, 'restored', () => world.editor.press('Control+Z'));
      for (let i = 0; i < step.way % (times + 1); i++)
        await world.press(file, 'restored', () => world.editor.press('Control+Y'));
    },
  },
  cut: {
    weight: 4,
    play: async (world, step, file) => {
      await world.show(file);
      const [from, to] = span(file.text, step);
      if (from === to) return;
      const carried = file.carried(from, to);
      await world.select(file, from, to);
      await world.press(file, 'human', () => world.editor.press('Control+X'), other(file));
      await world.copied(carried);
    },
  },
  copy: {
    weight: 2,
    play: async (world, step, file) => {
      await world.show(file);
      const [from, to] = span(file.text, step);
      if (from === to) return;
      const carried = file.carried(from, to);
      await world.select(file, from, to);
      await world.editor.press('Control+C');
      await world.copied(carried);
    },
  },
  paste: {
    weight: 5,
    play: async (world, step, file) => {
      const { clipboard } = world;
      if (!clipboard?.some(({ ch }) => ch.trim() !== '')) return;
      await world.show(file);
      await world.select(file, inLine(file.text, step));
      const isUnsure = world.isPasteUnsure(clipboard.map(({ ch }) => ch).join(''));
      const carried = clipboard.map((char): Carried => (isUnsure ? { ...char, or: 'unknown' } : char));
      await world.press(file, { carried }, () => world.editor.press('Control+V'), other(file));
    },
  },
  outside: {
    weight: 2,
    play: async (world, step, file) => {
      await world.show(file);
      await newLine(world, step, file);
      const text = Array.from({ length: 1 + (step.to % 3) }, () => `${word()} ${word()};`).join('\n');
      await world.press(file, 'unknown', () => world.editor.keys.paste(text), other(file));
      world.clipboard = undefined;
    },
  },
  cursors: {
    weight: 2,
    play: async (world, step, file) => {
      await world.show(file);
      const [start] = lineAt(file.text, step.at);
      await world.select(file, start);
      for (let i = 0; i <= step.to % 2; i++) await world.front.execute('editor.action.insertCursorBelow');
      await world.press(file, 'human', () =>
        step.way % 3 === 0 ? world.editor.press('Delete') : world.editor.type(`${word()} `),
      );
      await world.editor.press('Escape');
    },
  },
  moveLine: {
    weight: 3,
    play: async (world, step, file) => {
      await world.show(file);
      await world.select(file, inLine(file.text, step));
      await world.press(file, 'moved', () => world.editor.press(step.way % 2 === 0 ? 'Alt+ArrowUp' : 'Alt+ArrowDown'));
    },
  },
  copyLine: {
    weight: 1,
    play: async (world, step, file) => {
      await world.show(file);
      const [start, end] = lineAt(file.text, step.at);
      if (file.text.slice(start, end).trim() === '') return;
      await world.select(file, start);
      await world.press(
        file,
        { carried: file.carried(start, end) },
        () => world.front.execute('editor.action.copyLinesDownAction'),
        other(file),
      );
    },
  },
  indent: {
    weight: 2,
    play: async (world, step, file) => {
      await world.show(file);
      await world.select(file, ...span(file.text, step));
      await world.press(file, 'human', () => world.editor.press(step.way % 2 === 0 ? 'Control+]' : 'Control+['));
    },
  },
  surround: {
    weight: 1,
    play: async (world, step, file) => {
      await world.show(file);
      await world.select(file, ...span(file.text, step));
      await world.press(file, 'human', () => world.editor.type('('));
    },
  },
  snippet: {
    weight: 1,
    play: async (world, step, file) => {
      await world.show(file);
      await newLine(world, step, file);
      await world.press(
        file,
        'unknown',
        () => world.front.execute('editor.action.insertSnippet', { snippet: `${word()} \${1:${word()}} ${word()};` }),
        other(file),
      );
      await world.press(file, 'human', () => world.editor.type(word()));
      await world.editor.press('Escape');
    },
  },
  replaceAll: {
    weight: 1,
    play: async (world, step, file) => {
      const old = wordOf(file.text, step.at);
      if (old === undefined) return;
      await world.show(file);
      await world.select(file, 0);
      await world.editor.press('Control+H');
      await world.press(
        file,
        world.build === 'all' ? 'human' : 'unknown',
        () => world.editor.widgets.replaceAll(old, word()),
        other(file),
      );
      await world.editor.text.focus();
    },
  },
  overGhost: {
    weight: 1,
    play: async (world, step, file) => {
      const [, ghost = ''] = (await offered(world, step, file)).split('\n');
      await world.press(file, 'human', () => world.editor.press('Enter'), other(file));
      await world.press(file, 'human', () => world.editor.type(ghost.slice(0, 1 + (step.to % ghost.length))));
      await world.press(file, 'human', () => world.editor.press('Escape'));
    },
  },
  suggest: {
    weight: 1,
    play: async (world, step, file) => {
      const found = wordOf(file.text, step.at);
      if (found === undefined) return;
      await world.show(file);
      await newLine(world, step, file);
      await world.press(file, 'human', () => world.editor.type(found.slice(0, 3)));
      await world.front.execute('editor.action.triggerSuggest');
      await world.editor.widgets.suggestion(found);
      await world.press(file, 'human', () => world.editor.press('Enter'), other(file));
    },
  },
  rename: {
    weight: 1,
    play: async (world, step, file) => {
      const found = wordOf(file.text, step.at);
      if (found === undefined) return;
      await world.show(file);
      await world.select(file, file.text.indexOf(found) + 1);
      await world.editor.press('F2');
      await world.editor.widgets.renameBox();
      await world.editor.type(word());
      await world.press(file, 'human', () => world.editor.press('Enter'), other(file));
    },
  },
  format: {
    weight: 1,
    play: async (world, _step, file) => {
      await world.show(file);
      await world.select(file, 0);
      await world.press(file, 'unknown', () => world.front.execute('editor.action.formatDocument'));
    },
  },
  checkout: {
    weight: 1,
    play: async (world, _step, file) => {
      world.editor.workspace.git('checkout', '--quiet', '--', file.path);
      if (file.diskText === textOf(file.base.chars)) return;
      file.discard();
      await world.reloads(file);
    },
  },
  stash: {
    weight: 1,
    play: async (world) => {
      if (dirty(world).length > 0 || world.files.every((file) => file.diskText === textOf(file.base.chars))) return;
      const states = world.files.map((file) => [file, file.disk] as const);
      world.editor.workspace.git('stash', '--quiet');
      for (const file of world.files) {
        file.discard();
        await world.reloads(file);
      }
      world.editor.workspace.git('stash', 'pop', '--quiet');
      for (const [file, state] of states) {
        file.putBack(state);
        await world.reloads(file);
      }
    },
  },
  revert: {
    weight: 1,
    play: async (world, _step, file) => {
      if (!file.dirty) return;
      await world.show(file);
      await world.front.execute('workbench.action.files.revert');
      file.reverted();
      await world.reloads(file);
    },
  },
  autosave: {
    weight: 1,
    play: async (world) => {
      for (const file of dirty(world)) await world.save(file);
      await world.saveByItself(!world.autosave);
    },
  },
  reload: {
    weight: 0.3,
    play: async (world) => {
      for (const file of dirty(world)) await world.save(file);
      await world.reload();
    },
  },
  save: { weight: 6, play: (world, _step, file) => world.save(file) },
  commit: {
    weight: 2,
    play: async (world, step) => {
      if (step.way % 3 > 0) for (const file of dirty(world)) await world.save(file);
      await world.commit(step.to % 5 === 0 ? 'view' : 'terminal');
    },
  },
  status: { weight: 2, play: (world) => world.status() },
} as const satisfies Readonly<Record<string, Act>>;

export type ActId = keyof typeof ACTS;
