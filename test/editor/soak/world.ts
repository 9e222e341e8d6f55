/**
 * A session in the real editor that is played on the oracle's files too. Real keys are pressed; what the editor reports
 * of a document's changes is put into the model with the author that the step has, and both must have the same text all
 * the time.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Author, LineRange } from '../../../src/provenance/authorship/types';
import { blobId, openJournal } from '../../../src/provenance/journal';
import { CLI } from '../../support/product';
import { until, type Editor } from '../host';
import { Front } from '../front';
import type { Build } from '../use-editor';
import type { DocumentChange } from '../host/probe/events';
import { type SoakFile, type Carried } from './file';
import type { Score } from './score';
import { SOAK_SETTINGS } from './settings';
import { written, type Change, type Char, type Put } from './text';
import { verdicts, type Verdict } from './verdicts';

const run = promisify(execFile);

/** What a step does to the text, as the oracle knows it. */
export type Hand = Author | 'restored' | 'moved' | { readonly carried: readonly Carried[] };

/** Text of so many characters, blanks not counted, is not there twice by chance. */
const DISTINCTIVE = 8;
/** No save is written down later than this. */
const WRITTEN_DOWN_MS = 2_000;

interface Shown {
  readonly text: string;
  readonly dirty: boolean;
}

export class World {
  readonly front: Front;
  /** How many of the probe's events are played already. */
  private seen = 0;
  autosave = false;
  /** What is on the clipboard, when it was cut or copied in the editor. */
  clipboard: readonly Carried[] | undefined;
  /**
   * What was cut or copied in the editor last, though other text came to the clipboard from elsewhere since: the editor
   * does not tell.
   */
  private lastCopied: readonly Carried[] = [];

  constructor(
    readonly editor: Editor,
    readonly build: Build,
    readonly files: readonly SoakFile[],
    readonly score: Score,
  ) {
    this.front = new Front(editor);
  }

  async start(): Promise<void> {
    for (const file of this.files) this.editor.workspace.write(file.path, file.text);
    this.editor.workspace.commit('Begin');
    await this.editor.inside.run(async (api) => api.env.clipboard.writeText(''));
    this.seen = await this.editor.inside.mark();
  }

  /** Brings a file to the front. */
  async show(file: SoakFile): Promise<void> {
    const fresh = file.buffer === undefined;
    const isInFront = await this.editor.inside.run(
      (api, name) => api.window.activeTextEditor?.document.uri.fsPath === name,
      this.editor.workspace.at(file.path),
    );
    if (!isInFront) await this.front.show(file.path);
    else await this.editor.text.focus();
    file.open();
    if (!fresh) return;
    // A window that was loaded anew has it open already, and may have to read it anew.
    await this.same(file, (text) => text === file.diskText);
    await this.skip();
  }

  /** Puts the caret at an offset, or selects up to another one. */
  async select(file: SoakFile, from: number, to = from): Promise<void> {
    await this.front.select(placeOf(file.text, from), placeOf(file.text, to));
  }

  /**
   * Presses keys in a shown file, and plays what they changed by a hand. `waits`: for something that comes a little
   * later.
   */
  async press(
    file: SoakFile,
    hand: Hand,
    keys: () => Promise<void>,
    waits: (text: string) => boolean = () => true,
  ): Promise<void> {
    await this.play();
    await keys();
    const shown = await this.same(file, waits);
    await this.play(file, hand);
    assert.equal(file.text, shown.text, `the model of ${file.path} and the editor's text differ`);
    if (this.autosave && (shown.dirty || file.text !== file.diskText)) {
      // While keys come the extensions hear of a save that has not all of them.
      const isSaved = async (): Promise<boolean> =>
        !(await this.document(file)).dirty && this.editor.workspace.read(file.path) === file.text;
      await until(isSaved, { every: 30, what: `${file.path} to be saved by itself` });
      file.saved();
      await this.recorded(file);
    } else file.dirty = shown.dirty;
  }

  /** Waits until the editor has what somebody else has written. */
  async reloads(file: SoakFile): Promise<void> {
    if (file.buffer === undefined || file.dirty) return;
    await until(
      async () => {
        const { text, dirty } = await this.document(file);
        return text === file.diskText && !dirty;
      },
      { every: 30, timeout: 30_000, what: `${file.path} to be read anew` },
    );
    await this.skip();
    file.reloaded();
  }

  async save(file: SoakFile): Promise<void> {
    if (!file.dirty) return;
    await this.show(file);
    await this.editor.press('Control+S');
    const isSaved = async (): Promise<boolean> => !(await this.document(file)).dirty;
    const isAsked = async (): Promise<boolean> =>
      (await this.editor.notices.all()).some(
        ({ message }) => message.includes('Failed to save') && message.includes(file.path),
      );
    await until(async () => (await isSaved()) || (file.conflict && (await isAsked())), {
      every: 30,
      what: `${file.path} to be saved`,
    });
    // The editor does not ask when the file on disk is as long as the one that it knows.
    if (!(await isSaved())) await this.editor.notices.press(file.path, 'Overwrite');
    await until(isSaved, { every: 30, what: `${file.path} to be saved` });
    assert.equal(this.editor.workspace.read(file.path), file.text, `${file.path} on disk is not what was saved`);
    file.saved();
    await this.recorded(file);
  }

  /** A save is written down a moment after it; one of which nothing is known is not. */
  private async recorded(file: SoakFile): Promise<void> {
    const journal = openJournal(path.join(this.editor.workspace.root, '.git'), Date.now);
    const id = blobId(Buffer.from(file.text));
    const isThere = (): boolean =>
      journal
        .read()
        .some(
          ({ record }) => record.kind === 'edit' && record.files.some((one) => one.path === file.path && one.to === id),
        );
    await until(isThere, { every: 20, timeout: WRITTEN_DOWN_MS }).catch(() => undefined);
  }

  /** The text of a file in the editor, after everything that was pressed. */
  async document(file: SoakFile): Promise<Shown> {
    const shown = await this.editor.inside.run(async (api, name) => {
      await api.commands.executeCommand('setContext', 'linekeeper-test.reached', true); // answered after the window has told of all that happened in it
      const document = api.workspace.textDocuments.find(({ uri }) => uri.fsPath === name);
      return document && { text: document.getText(), dirty: document.isDirty };
    }, this.editor.workspace.at(file.path));
    if (!shown) throw new Error(`${file.path} is not open`);
    return shown;
  }

  /** The window was loaded anew: what the probe told before is gone, and so is what can be undone. */
  async reload(): Promise<void> {
    await this.editor.reload();
    this.seen = 0;
    this.clipboard = undefined;
    this.lastCopied = [];
    for (const file of this.files) file.forget();
  }

  /** The person switched saving by itself on or off. */
  async saveByItself(on: boolean): Promise<void> {
    this.autosave = on;
    await this.editor.settings({
      ...SOAK_SETTINGS,
      ...(on ? { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 150 } : {}),
    });
    await this.skip();
  }

  /** Something is on the clipboard now, and Linekeeper had the time to hear of it. */
  async copied(carried: readonly Carried[]): Promise<void> {
    const text = carried.map(({ ch }) => ch).join('');
    await until(() => this.editor.inside.run(async (api) => api.env.clipboard.readText()).then((now) => now === text), {
      every: 30,
      what: 'the clipboard',
    });
    this.clipboard = carried;
    this.lastCopied = carried;
  }

  /** Commits what is on disk and holds what is said of each line against the truth. */
  async commit(how: 'terminal' | 'view' = 'terminal'): Promise<void> {
    const { workspace } = this.editor;
    if (workspace.git('status', '--porcelain') === '') return;
    if (how === 'view') await this.commitInView(`Step ${String(this.score.steps)}`);
    else workspace.commit(`Step ${String(this.score.steps)}`);
    this.score.commits++;
    const said = await this.ask<{
      readonly files: readonly {
        readonly path: string;
        readonly ranges: readonly LineRange[];
        readonly removed: readonly LineRange[];
      }[];
    }>('show', 'HEAD');
    const wrong = this.files.flatMap((file) => {
      const change = said.files.find((one) => one.path === file.path);
      return this.compare(file, change?.ranges ?? [], change?.removed ?? []);
    });
    for (const file of this.files) file.commit();
    assert.deepEqual(wrong, []);
  }

  /** The editor asks about changes that are not saved, if not always: without them. */
  private async commitInView(message: string): Promise<void> {
    const { notices, scm } = this.editor;
    let done = false;
    const committed = scm.commit(message).finally(() => (done = true));
    const answered = until(
      async () => {
        if (!done && (await notices.dialog())) await notices.answerDialog('Commit Changes').catch(() => undefined); // it may have gone
        return done;
      },
      { every: 500, timeout: 60_000, what: 'the end of the questions' },
    );
    await Promise.all([committed, answered]);
  }

  /** Holds what is said of the lines that are not committed against the truth. */
  async status(): Promise<void> {
    const said = await this.ask<{
      readonly files: readonly { readonly path: string; readonly ranges: readonly LineRange[] }[];
    }>('status');
    const wrong = this.files.flatMap((file) =>
      this.compare(file, said.files.find((one) => one.path === file.path)?.ranges ?? [], []),
    );
    assert.deepEqual(wrong, []);
  }

  private async ask<T>(...args: readonly string[]): Promise<T> {
    const { stdout } = await run(process.execPath, [CLI, ...args, '--json'], {
      cwd: this.editor.workspace.root,
      env: { ...this.editor.host.folder.env },
      maxBuffer: 64 * 1024 * 1024,
    }).catch((error: unknown) => {
      const { stdout: out, code } = error as { readonly stdout?: string; readonly code?: number }; // 1: something is asked for
      if (code === 1 && out !== undefined) return { stdout: out };
      throw error;
    });
    return JSON.parse(stdout) as T;
  }

  private compare(file: SoakFile, ranges: readonly LineRange[], removed: readonly LineRange[]): string[] {
    const spread = (list: readonly LineRange[]): Map<number, LineRange> =>
      new Map(
        list.flatMap((range) =>
          Array.from({ length: range.end - range.start + 1 }, (_, i) => [range.start + i, range] as const),
        ),
      );
    const [added, gone] = [spread(ranges), spread(removed)];
    const wanted = verdicts(file.base, file.disk, [...added.keys()], [...gone.keys()]);
    return [...this.judge(file, '+', added, wanted.added), ...this.judge(file, '-', gone, wanted.removed)];
  }

  private judge(
    file: SoakFile,
    sign: string,
    found: ReadonlyMap<number, LineRange>,
    wanted: readonly Verdict[],
  ): string[] {
    const { score } = this;
    return wanted.flatMap(({ line, text, authors }) => {
      const said = found.get(line)?.author ?? 'unknown';
      score.lines++;
      if (authors.size > 1) score.open++;
      if (authors.has(said)) return [];
      if (said === 'unknown') score.missed++;
      else score.wrong++;
      return [`${file.path} ${sign}${String(line)} ${said} and not ${[...authors].join(' or ')}: ${text}`];
    });
  }

  /** Waits until a file's text is as wanted. */
  private async same(file: SoakFile, wanted: (text: string) => boolean): Promise<Shown> {
    let last: Shown | undefined;
    await until(async () => wanted((last = await this.document(file)).text), {
      every: 20,
      what: `the text of ${file.path}`,
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}; it is ${JSON.stringify(last?.text)}`);
    });
    if (last === undefined) throw new Error('not reached');
    return last;
  }

  /** What the probe told is known already. */
  private async skip(): Promise<void> {
    this.seen += (await this.editor.inside.events(this.seen)).length;
  }

  /** Plays what the probe told since the last time. Without a hand nothing may have changed. */
  private async play(file?: SoakFile, hand?: Hand): Promise<void> {
    const events = await this.editor.inside.events(this.seen);
    this.seen += events.length;
    for (const event of events) {
      if (event.kind !== 'change' || event.changes.length === 0 || !event.uri.startsWith('file:')) continue;
      const name = path.relative(this.editor.workspace.root, decodeURIComponent(new URL(event.uri).pathname));
      if (file?.path === name && hand !== undefined) this.apply(file, hand, event);
      else this.reread(name, event);
    }
  }

  /** The stock editor does not tell a key press from a paste of so short a text, which is not the person's. */
  isLikeTyped(text: string): boolean {
    const { lastCopied } = this;
    return (
      this.build === 'stock' &&
      text.length <= 2 &&
      text === lastCopied.map(({ ch }) => ch).join('') &&
      lastCopied.some(({ by, or }) => by !== 'human' || or !== undefined)
    );
  }

  /** Nor does it read the clipboard in a browser: it knows a paste by its text, which must be long enough. */
  isPasteUnsure(text: string): boolean {
    const isTold = (text.length <= 2 && !text.includes('\n')) || text.replace(/\s/g, '').length >= DISTINCTIVE;
    return this.isLikeTyped(text) || (this.build === 'stock' && !isTold);
  }

  /** Nobody changed an open file: then the editor read it anew, late. */
  private reread(name: string, event: DocumentChange): void {
    const file = this.files.find((one) => one.path === name && one.buffer !== undefined);
    if (!file) return;
    if (replaced(file.text, changesOf(file, event)) !== file.diskText)
      throw new Error(`${name} changed and nobody did it: ${JSON.stringify(event.changes)}`);
    file.reloaded();
  }

  private apply(file: SoakFile, hand: Hand, event: DocumentChange): void {
    const changes = changesOf(file, event);
    const after = replaced(file.text, changes);
    // An undo led to what the editor once read, while others had written the file: it may read that at any moment, also
    // between two keys.
    if (file.conflict && after === file.diskText) {
      file.reloaded();
      return;
    }
    if (hand === 'restored') {
      if (!file.restore(after)) throw new Error(`${file.path}: an undo leads to a text that was not there before`);
      return;
    }
    if (hand === 'moved')
      file.changed(
        changes,
        putting(changes.flatMap(({ offset, deleted }) => file.carried(offset, offset + deleted))),
        'human',
      );
    else if (hand === 'human')
      file.changed(
        changes,
        (text) => written(text, hand, this.isLikeTyped(text) ? 'unknown' : undefined),
        hand,
        changes.some(({ inserted }) => this.isLikeTyped(inserted)) ? 'unknown' : hand,
      );
    else if (typeof hand === 'string') file.changed(changes, (text) => written(text, hand), hand);
    else
      file.changed(
        changes,
        putting(hand.carried),
        'human',
        hand.carried.some(({ or }) => or === 'unknown') ? 'unknown' : 'human',
      );
  }
}

/** Puts text that was taken along into its place: blanks may differ. */
const putting =
  (carried: readonly Carried[]): Put =>
  (text) => {
    const solid = carried.filter(({ ch }) => ch.trim() !== '');
    const isSame = text.replace(/\s/g, '') === solid.map(({ ch }) => ch).join('');
    if (!isSame) {
      if (text.trim() === '') return written(text, 'human');
      throw new Error(`${JSON.stringify(text)} is not what was taken along`);
    }
    // Where it is not known for a paste, nor are the blanks that come with it.
    const isUnsure = carried.every(({ or }) => or === 'unknown');
    let at = 0;
    return text
      .split('')
      .map((ch): Char =>
        ch.trim() === ''
          ? { ch, by: 'human', ...(isUnsure ? { or: 'unknown' } : {}) }
          : { ...(solid[at++] ?? { by: 'unknown' as const }), ch },
      );
  };

function changesOf(file: SoakFile, { changes }: DocumentChange): Change[] {
  return changes.map((change) => {
    const from = offsetOf(file.text, change.start);
    return { offset: from, deleted: offsetOf(file.text, change.end) - from, inserted: change.text };
  });
}

function replaced(text: string, changes: readonly Change[]): string {
  return [...changes]
    .sort((a, b) => b.offset - a.offset)
    .reduce(
      (now, { offset, deleted, inserted }) => now.slice(0, offset) + inserted + now.slice(offset + deleted),
      text,
    );
}

function offsetOf(text: string, [line, character]: readonly [number, number]): number {
  let at = 0;
  for (let i = 0; i < line; i++) at = text.indexOf('\n', at) + 1;
  return at + character;
}

/** Line and column, from 1. */
export function placeOf(text: string, offset: number): readonly [number, number] {
  const before = text.slice(0, offset).split('\n');
  return [before.length, (before.at(-1)?.length ?? 0) + 1];
}
