import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClipboardHistory } from '../../../../src/editor/recording/clipboard/clipboard-history';
import { contentOf, editOf, type Edit } from '../../../../src/editor/recording/document/saved-edit';
import type { Assistants } from '../../../../src/editor/recording/chat/assistants-editing-unseen';
import type { CommandsRule } from '../../../../src/editor/recording/commands/credit-for-editor-command';
import type { Span } from '../../../../src/editor/recording/classify/change-event';
import type { By } from '../../../../src/provenance/journal';
import { diffChars } from '../../../../src/provenance/authorship';
import { CLIPBOARD } from '../../../../src/editor/recording/commands/snippets';
import { DocumentTracker } from '../../../../src/editor/recording/document/document-tracker';
import type { ReportedEvent } from '../../../../src/editor/recording/document/reported-event';

interface Kept {
  readonly edit: Edit;
  readonly before: string | null;
  readonly after: string;
}

/** Of a file in the repository. */
const PATH = 'notes/costs-of-all.txt';

const CHAT: By = { author: 'ai', assistant: 'github-copilot', evidence: 'observed' };

/** A document, its file and an editor that shows it, without an editor. */
class Bench {
  readonly kept: Kept[] = [];
  readonly had: string[] = [];
  readonly track: DocumentTracker;
  text: string;
  dirty: boolean;
  settled = 0;
  compared = 0;
  /** How often it was asked who wrote older text. */
  asked = 0;
  /** Who did: undefined where it is older than the last commit. */
  older: By | undefined;
  clipboard: string | undefined;
  copiesAreTold = false;
  rule: CommandsRule = 'fair';
  snippet: string | undefined;
  /** Code of the chat. */
  answer: string | undefined;
  /** What the document is compared with. */
  left: DocumentTracker | undefined;
  /** When that is answered. */
  answered = Promise.resolve();
  now: () => number = Date.now;

  constructor(
    public disk: Buffer | null,
    text: string = disk?.toString('utf8') ?? '',
    cuttings = new ClipboardHistory(),
    dirty = false,
    path = 'a.txt',
    public assistants: Assistants = 'able',
  ) {
    this.text = text;
    this.dirty = dirty;
    this.track = new DocumentTracker(
      path,
      {
        read: () => Promise.resolve(this.disk),
        readNow: () => this.disk,
        clipboard: () => Promise.resolve(this.clipboard),
        pasted: () => ({ author: 'unknown', reason: 'pasted' }),
        copiesAreTold: () => this.copiesAreTold,
        surroundings: () => ({ assistants: this.assistants, rule: this.rule, offersItems: false }),
        isAssistant: (extension) => extension === 'an.assistant',
        authorInChat: (text) => Promise.resolve(text === this.answer ? CHAT : undefined),
        areSnippets: (texts) => Promise.resolve(texts.every((text) => text === this.snippet)),
        arePaths: (text) => text.trim() === PATH,
        comparedWith: () => this.left?.wholeForOthers(),
        readable: () => undefined,
        keep: (edit, before, after) => {
          this.kept.push({ edit, before: before?.toString('utf8') ?? null, after: after.toString('utf8') });
          return Promise.resolve();
        },
        had: (content, next) => {
          this.had.push([content, ...(next ? [next] : [])].map(String).join(' then '));
          return Promise.resolve();
        },
        authorsOf: () => {
          this.asked++;
          return this.answered.then(() => (start, end) => [{ length: end - start, by: this.older }]);
        },
        compare: (before, after) => {
          this.compared++;
          return Promise.resolve(diffChars(before, after));
        },
        document: () => ({ text: this.text, dirty: this.dirty }),
        keptUnsaved: () => undefined,
        settled: () => this.settled++,
        failed: (error) => assert.fail(error as Error),
      },
      cuttings,
      () => this.now(),
    );
  }

  /** A key press: the change, what the editor says of being dirty, and the selection event. */
  type(text: string): void {
    for (const key of text) {
      this.change(this.text.length, 0, key, { dirty: this.dirty });
      this.dirtied();
      this.track.selected(true, [this.caret()]);
    }
  }

  change(offset: number, deleted: number, inserted: string, more: Partial<ReportedEvent> = {}): void {
    const span = { start: this.place(offset), end: this.place(offset + deleted) };
    const before = [this.caret()];
    this.text = this.text.slice(0, offset) + inserted + this.text.slice(offset + deleted);
    this.track.changed({
      changes: [{ offset, deleted, inserted, span }],
      undo: false,
      accepting: false,
      dirty: true,
      before,
      ...more,
    });
  }

  dirtied(): void {
    if (this.dirty) return;
    this.dirty = true;
    this.track.dirtied();
  }

  async save(written: Buffer = Buffer.from(this.text)): Promise<void> {
    this.disk = written;
    this.dirty = false;
    await this.track.saved();
  }

  caret(): Span {
    const end = this.place(this.text.length);
    return { start: end, end };
  }

  private place(offset: number): Span['start'] {
    const lines = this.text.slice(0, offset).split('\n');
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  }
}

describe('DocumentTracker, for one open document:', () => {
  it('key presses: leave no time in the edit that a save records', async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.type('two\n');
    await bench.save();
    const [saved] = bench.kept;
    assert.equal(saved?.edit.by.author, 'human');
    const numbers = JSON.stringify(saved.edit).match(/\d+/g) ?? [];
    assert.ok(numbers.length > 0);
    assert.deepEqual(
      numbers.filter((number) => number.length > 3),
      [],
    );
  });

  for (const [what, hours] of [
    ['back', -1],
    ['forward', 1],
  ] as const)
    it(`an edit without a selection event: settles by itself when the clock is set ${what} meanwhile`, async () => {
      const bench = new Bench(Buffer.from('one\n'));
      bench.change(0, 3, 'two');
      bench.now = () => Date.now() + hours * 3_600_000;
      await until(() => bench.settled > 0);
    }).timeout(5_000);

  it("an input method's preview that nothing follows: settles by itself when its time is over", async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.change(bench.text.length, 0, 'に');
    await sleep(300);
    assert.equal(bench.settled, 0, 'its replacement may still come');
    bench.now = () => Date.now() + 15_000;
    await until(() => bench.settled > 0);
  }).timeout(5_000);

  it('a long replaced text is compared in the background, and only what differs is recorded', async () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => `line ${String(i)};\n`);
    const bench = new Bench(Buffer.from(lines.join('')));
    const changed = lines.map((line, i) => (i % 1_000 === 500 ? line.replace('line', 'changed') : line)).join('');
    bench.change(0, bench.text.length, changed, { accepting: true });
    bench.dirtied();
    await bench.save();
    assert.equal(bench.compared, 1);
    const operations = bench.kept[0]?.edit.file.operations ?? [];
    assert.ok(
      operations.length >= 3 && operations.every(({ inserted, deleted }) => inserted.length + deleted < 20),
      JSON.stringify(operations).slice(0, 500),
    );
  });

  it("a paste over a selection: removing the selection is the person's, the pasted text unknown", async () => {
    const selected = (from: number, to: number): Span => ({
      start: { line: 0, character: from },
      end: { line: 0, character: to },
    });
    const authors = async (selection: Span): Promise<unknown[]> => {
      const bench = new Bench(Buffer.from('first second third\n'));
      bench.clipboard = 'from elsewhere';
      bench.change(6, 6, 'from elsewhere', { before: [selection] });
      bench.dirtied();
      await bench.save();
      const { operations = [], hands = [] } = bench.kept[0]?.edit.file ?? {};
      return operations.map(({ deleted, by }) => [deleted > 0 ? 'out' : 'in', hands[by]?.author]);
    };
    assert.deepEqual(await authors(selected(6, 12)), [
      ['out', 'human'],
      ['in', 'unknown'],
    ]);
    assert.deepEqual(await authors(selected(6, 6)), [
      ['out', 'unknown'],
      ['in', 'unknown'],
    ]);
  });

  it('a line typed over a selection: is new from its first character when both begin alike', async () => {
    const bench = new Bench(Buffer.from('const tail = 1;'));
    const line = { start: { line: 0, character: 0 }, end: { line: 0, character: 15 } };
    bench.change(0, 15, 'c', { before: [line] });
    bench.type('ount();');
    await bench.save();
    const { operations = [] } = bench.kept[0]?.edit.file ?? {};
    assert.deepEqual(
      operations.map(({ offset, deleted, inserted }) => [offset, deleted, inserted]),
      [
        [0, 15, ''],
        [0, 0, 'count();'],
      ],
    );
  });

  /** Who put in which text, as it is kept. */
  const putIn = ({ kept }: Bench): string[] => {
    const { operations = [], hands = [] } = kept.at(-1)?.edit.file ?? {};
    return operations
      .filter(({ inserted }) => inserted !== '')
      .map(({ inserted, by }) => `${hands[by]?.author ?? 'nobody'}: ${inserted}`);
  };

  /** The saved lines, each with the author of its text. */
  const linesPutIn = (bench: Bench): string[] => {
    const { edit } = bench.kept.at(-1) ?? assert.fail('nothing was kept');
    const { operations = [], hands = [] } = edit.file;
    const authors = [...operations].flatMap(({ inserted, by }) =>
      [...inserted].map(() => hands[by]?.author ?? 'nobody'),
    );
    assert.equal(operations.map(({ inserted }) => inserted).join(''), bench.text);
    let at = 0;
    return bench.text
      .trimEnd()
      .split('\n')
      .map((line) => {
        const by = [...new Set(authors.slice(at, at + line.length))].join('+');
        at += line.length + 1;
        return `${by}: ${line}`;
      });
  };

  it('lines that a person sorts keep their authors, unless an assistant may have made the change', async () => {
    for (const assistants of ['none', 'able'] as const) {
      const bench = new Bench(Buffer.from(''));
      bench.assistants = assistants;
      bench.type('typed by hand\n');
      bench.change(bench.text.length, 0, 'by an assistant\n', { accepting: true });
      bench.dirtied();
      const sorted = 'by an assistant\ntyped by hand\n';
      bench.change(0, bench.text.length, sorted, { focused: true });
      await bench.save();
      const lines = putIn(bench)
        .map((one) => one.replace(/\n/g, ''))
        .filter((one) => !one.endsWith(': '));
      if (assistants === 'none') assert.deepEqual(lines, ['ai: by an assistant', 'human: typed by hand']);
      else
        assert.ok(
          lines.some((one) => one.startsWith('nobody')),
          JSON.stringify(lines),
        );
    }
  });

  for (const [command, arranged] of Object.entries({
    'sorted ascending': ['export const alpha = 2;', 'export const sumOfRates = 3;', 'export const zebra = 1;'],
    reversed: ['export const alpha = 2;', 'export const zebra = 1;', 'export const sumOfRates = 3;'],
    'sorted by another rule': ['export const zebra = 1;', 'export const sumOfRates = 3;', 'export const alpha = 2;'],
  }))
    it(`lines that begin with the same words: keep their authors when they are ${command}`, async () => {
      const bench = new Bench(Buffer.from(''));
      bench.assistants = 'silent';
      bench.change(0, 0, 'export const sumOfRates = 3;\n', { accepting: true });
      bench.dirtied();
      bench.type('export const zebra = 1;\nexport const alpha = 2;');
      bench.change(0, bench.text.length, arranged.join('\n'), { focused: true });
      await bench.save();
      const expected = arranged.map((line) => `${line.includes('sumOfRates') ? 'ai' : 'human'}: ${line}`);
      assert.deepEqual(linesPutIn(bench), expected);
    });

  it('a short line that an assistant wrote: stays its own when a person sorts it among theirs', async () => {
    const bench = new Bench(Buffer.from(''));
    bench.assistants = 'silent';
    bench.change(0, 0, 'x;\n', { accepting: true });
    bench.dirtied();
    bench.type('b;\na;\n');
    bench.change(0, bench.text.length, 'a;\nb;\nx;\n', { focused: true });
    await bench.save();
    assert.deepEqual(linesPutIn(bench), ['human: a;', 'human: b;', 'ai: x;']);
  });

  it("an assistant's expression: stays its own when a service of the editor moves it into a constant", async () => {
    const bench = new Bench(Buffer.from(''));
    bench.assistants = 'silent';
    const line = 'const least = Math.min(...costs);\n';
    bench.change(0, 0, line, { accepting: true });
    bench.dirtied();
    const constant = 'const newLocal = Math.min(...costs);\n';
    const start = { line: 0, character: 0 };
    bench.text = `${constant}const least = newLocal;\n`;
    bench.track.changed({
      changes: [
        { offset: 0, deleted: 0, inserted: constant, span: { start, end: start } },
        {
          offset: 14,
          deleted: 18,
          inserted: 'newLocal',
          span: { start: { line: 0, character: 14 }, end: { line: 0, character: 32 } },
        },
      ],
      undo: false,
      accepting: false,
      dirty: true,
      focused: true,
      command: 'fix',
    });
    await bench.save();
    assert.ok(putIn(bench).includes('ai: Math.min(...costs)'), putIn(bench).join('\n'));
    assert.ok(putIn(bench).includes('human: const newLocal = '), putIn(bench).join('\n'));
  });

  it("code of the chat: is the assistant's when its button puts it in or a person pastes it, and not when they copied it from their own file", async () => {
    const code = 'export const fromTheChat = 1;';
    const made = async (clipboard: string | undefined, content: string): Promise<string[]> => {
      const bench = new Bench(Buffer.from(content));
      bench.assistants = 'silent';
      bench.answer = code;
      bench.clipboard = clipboard;
      if (content !== '') bench.track.copied([[0, code.length]]);
      bench.change(content.length, 0, code, { focused: true });
      bench.track.selected(false, [bench.caret()]);
      bench.dirtied();
      await bench.save();
      return putIn(bench);
    };
    assert.deepEqual(await made('another text', ''), [`ai: ${code}`]);
    assert.deepEqual(await made(code, ''), [`ai: ${code}`]);
    for (const clipboard of [code, undefined]) assert.deepEqual(await made(clipboard, `${code}\n`), [`human: ${code}`]);
  });

  it("text that equals the chat's: is nobody's when it is put elsewhere than at the caret", async () => {
    const bench = new Bench(Buffer.from('one\ntwo\n'));
    bench.answer = 'export const fromTheChat = 1;';
    bench.change(4, 0, bench.answer, { focused: true });
    bench.track.selected(false, [bench.caret()]);
    bench.dirtied();
    await bench.save();
    assert.deepEqual(bench.kept, []);
  });

  it("an address of the file pasted over words: makes a link that is the person's", async () => {
    const bench = new Bench(Buffer.from('at https://example.org/a\nour words\n'));
    const words = { start: { line: 1, character: 4 }, end: { line: 1, character: 9 } };
    bench.track.copied([[3, 24]]);
    bench.clipboard = 'https://example.org/a';
    bench.change(29, 5, `[words](${bench.clipboard})`, { focused: true, before: [words] });
    bench.dirtied();
    await bench.save();
    assert.deepEqual(bench.kept[0]?.edit.by, { author: 'human', evidence: 'observed' });
  });

  it("a name that a typed character accepts is the person's, unless an assistant may have offered it", async () => {
    const names = async (assistants: Assistants): Promise<string[]> => {
      const bench = new Bench(Buffer.from(''));
      bench.assistants = assistants;
      bench.type('mon');
      const caret = bench.caret();
      bench.change(0, 3, 'monthlyCosts', { focused: true, before: [caret] });
      bench.change(12, 0, '.', { focused: true, before: [caret] });
      bench.track.selected(true, [bench.caret()]);
      await bench.save();
      return putIn(bench);
    };
    assert.deepEqual(await names('silent'), ['human: monthlyCosts.']);
    assert.deepEqual(await names('able'), ['human: mon', 'nobody: thlyCosts', 'human: .']);
    const member = new Bench(Buffer.from(''));
    member.assistants = 'silent';
    member.type('names.reve');
    const caret = member.caret();
    member.change(5, 5, '.reverse', { focused: true, before: [caret] });
    member.change(13, 0, '()', { focused: true, before: [caret] });
    member.track.selected(true, [{ start: { line: 0, character: 14 }, end: { line: 0, character: 14 } }]);
    await member.save();
    assert.deepEqual(putIn(member), ['human: names.reverse()']);
  });

  it("an editor command's edit follows the setting, and the extension that VS Code names", async () => {
    const made = async (rule: CommandsRule, more: Partial<ReportedEvent>): Promise<string[]> => {
      const bench = new Bench(Buffer.from(''));
      bench.rule = rule;
      bench.type('a');
      bench.change(1, 0, ' = await fetch(url);', { focused: true, ...more });
      await bench.save();
      return putIn(bench);
    };
    const by = (extension: string): Partial<ReportedEvent> => ({
      detail: { source: 'codeAction', metadata: { $extensionId: extension } },
    });
    assert.deepEqual(await made('fair', {}), ['human: a', 'nobody:  = await fetch(url);']);
    assert.deepEqual(await made('lenient', {}), ['human: a = await fetch(url);']);
    assert.deepEqual(await made('fair', by('vscode.typescript-language-features')), ['human: a = await fetch(url);']);
    assert.deepEqual(await made('fair', by('an.assistant')), ['human: a', 'unknown:  = await fetch(url);']);
    assert.deepEqual(await made('strict', by('vscode.typescript-language-features')), [
      'human: a',
      'unknown:  = await fetch(url);',
    ]);
    assert.deepEqual(await made('strict', { command: 'command' }), ['human: a = await fetch(url);']);
  });

  it('a save writes one edit, with the author of each part', async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.type('two');
    bench.change(bench.text.length, 0, ' and three', { accepting: true });
    await bench.save();
    assert.deepEqual(bench.kept, [
      {
        before: 'one\n',
        after: 'one\ntwo and three',
        edit: {
          by: { author: 'unknown', reason: 'several' },
          file: {
            path: 'a.txt',
            operations: [
              { offset: 4, deleted: 0, inserted: 'two', by: 0 },
              { offset: 7, deleted: 0, inserted: ' and three', by: 1 },
            ],
            hands: [
              { author: 'human', evidence: 'observed' },
              { author: 'ai', assistant: 'unknown-assistant', evidence: 'observed' },
            ],
          },
        },
      },
    ]);
  });

  it('a save records who first changed a line that two authors changed', async () => {
    const bench = new Bench(Buffer.from('one two'));
    bench.type('!');
    bench.change(3, 0, ' and', { accepting: true });
    await bench.save();
    bench.type('?');
    await bench.save();
    assert.deepEqual(
      bench.kept.map(({ edit: { file } }) =>
        file.firsts?.map(([line, by]) => `${String(line)} ${file.hands?.[by]?.author ?? 'nobody'}`),
      ),
      [['1 human'], undefined],
    );
  });

  it('a byte order mark: is put in and taken out by the person who has the document saved so, beside edits of others', async () => {
    for (const [from, to] of [
      ['', '\uFEFF'],
      ['\uFEFF', ''],
    ] as const) {
      const bench = new Bench(Buffer.from(`${from}one\n`), 'one\n');
      bench.assistants = 'silent';
      await bench.save(Buffer.from(`${to}one\n`));
      bench.change(0, 0, 'two\n', { accepting: true });
      await bench.save(Buffer.from(`${from}two\none\n`));
      assert.deepEqual(
        bench.kept.map(({ edit: { file } }) =>
          file.operations?.map(({ by, ...operation }) => ({ ...operation, by: file.hands?.[by]?.author })),
        ),
        [
          [{ offset: 0, deleted: from.length, inserted: to, by: 'human' }],
          [
            { offset: 0, deleted: to.length, inserted: from, by: 'human' },
            { offset: from.length, deleted: 0, inserted: 'two\n', by: 'ai' },
          ],
        ],
      );
    }
  });

  it('a byte order mark: makes nobody the author of other text that the file had', () => {
    const [before, after] = ['one\nunseen\n', '\uFEFFone\n'].map((text) => contentOf(Buffer.from(text)));
    assert.ok(before && after);
    const encoder = { author: 'human', evidence: 'observed' } as const;
    const edit = { path: 'a.txt', before, after, from: 'one\n', to: 'one\n', operations: [], encoder };
    assert.equal(editOf(edit), undefined);
  });

  it('a byte order mark: is nobody’s while an assistant may edit unseen', async () => {
    const bench = new Bench(Buffer.from('one\n'));
    await bench.save(Buffer.from('\uFEFFone\n'));
    assert.deepEqual(bench.kept, []);
  });

  it("a file from the editor's template: is the person's from its beginning, unless an assistant may edit unseen", async () => {
    for (const assistants of ['silent', 'able'] as const) {
      const bench = new Bench(
        Buffer.from('{}'),
        '{}',
        new ClipboardHistory(),
        false,
        '.vscode/settings.json',
        assistants,
      );
      await bench.track.settle();
      assert.deepEqual(
        bench.kept.map(({ edit, before, after }) => [edit.by.author, before, after]),
        assistants === 'silent' ? [['human', null, '{}']] : [],
      );
    }
  });

  it('a save records who first wrote in a blank line', async () => {
    const bench = new Bench(Buffer.from('one\n\n'));
    const at = (character: number): Span => ({ start: { line: 1, character }, end: { line: 1, character } });
    bench.change(4, 0, 'x', { before: [at(0)] });
    bench.track.selected(true, [at(1)]);
    bench.change(5, 0, '\nof an assistant', { before: [at(1)], accepting: true });
    await bench.save();
    const [{ file }] = bench.kept.map(({ edit }) => edit) as [Edit];
    assert.deepEqual(
      file.firsts?.map(([line, by]) => [line, file.hands?.[by]?.author]),
      [[2, 'human']],
    );
  });

  it('the first key press is typing, though VS Code calls the document clean then', async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.type('x');
    await bench.save();
    assert.deepEqual(bench.kept[0]?.edit.by, { author: 'human', evidence: 'observed' });
  });

  it('a save writes nothing when no author is known, or nothing changed', async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.change(4, 0, 'by a program\n');
    await bench.save();
    bench.type('x');
    bench.change(bench.text.length - 1, 1, '', { undo: true });
    await bench.save();
    assert.equal(bench.kept.length, 0);
  });

  it('text read from disk is where the next edit starts', async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.disk = Buffer.from('one\noutside\n');
    bench.change(4, 0, 'outside\n', { dirty: false });
    await sleep(200);
    await bench.track.settle();
    bench.type('x');
    await bench.save();
    assert.equal(bench.kept.length, 1);
    assert.equal(bench.kept[0]?.before, 'one\noutside\n');
  });

  it('each text read from disk is reported', async () => {
    const bench = new Bench(Buffer.from('one\n'));
    const becomes = async (text: string): Promise<void> => {
      bench.disk = Buffer.from(text);
      bench.change(0, bench.text.length, text, { dirty: false });
      await sleep(200);
      await bench.track.settle();
    };
    await becomes('one\noutside\n');
    bench.type('x');
    await bench.save();
    await becomes('one\n');
    assert.deepEqual(bench.had, ['one\noutside\n', 'one\n']);
  });

  it('undoing a reload brings back the unsaved text, with who had removed what', async () => {
    for (const read of ['one\ntwo', 'outside\none\ntwo']) {
      const bench = new Bench(Buffer.from('one\ntwo'));
      bench.change(6, 1, '');
      bench.dirtied();
      bench.track.selected(true, [bench.caret()]);
      bench.type('x');
      bench.disk = Buffer.from(read);
      bench.dirty = false;
      bench.change(0, bench.text.length, read, { dirty: false });
      await sleep(200);
      await bench.track.settle();
      bench.change(0, bench.text.length, 'one\ntwx', { undo: true, dirty: false });
      bench.dirtied();
      await bench.save();
      const { operations = [], hands = [] } = bench.kept[0]?.edit.file ?? {};
      const told = operations.map(({ offset, deleted, inserted, by, back }) => ({
        offset,
        deleted,
        inserted,
        by: hands[by]?.author,
        isBack: back !== undefined,
      }));
      assert.deepEqual(
        told.slice(-2),
        [
          { offset: 6, deleted: 1, inserted: '', by: 'human', isBack: false },
          { offset: 6, deleted: 0, inserted: 'x', by: 'human', isBack: false },
        ],
        read,
      );
      assert.deepEqual(
        told.slice(0, -2),
        read.startsWith('outside') ? [{ offset: 0, deleted: 8, inserted: '', by: 'human', isBack: true }] : [],
      );
      assert.equal(bench.kept[0]?.before, read);
    }
  });

  it('a save by nobody over known text is reported, unless another program writes the file right after', async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.change(0, 3, 'uno');
    await bench.save();
    bench.type('x');
    await bench.save();
    bench.change(0, 3, 'ein');
    await bench.save(Buffer.from('another program\n'));
    assert.deepEqual([bench.kept.length, bench.had], [1, ['one\n then uno\n']]);
  });

  it("text that was unsaved when the document opened is nobody's", async () => {
    const bench = new Bench(Buffer.from('one\n'), 'one\nfrom the last time\n', new ClipboardHistory(), true);
    bench.type('x');
    await bench.save();
    assert.deepEqual(bench.kept[0]?.edit.file.operations, [
      { offset: 4, deleted: 0, inserted: 'from the last time\n', by: -1 },
      { offset: 23, deleted: 0, inserted: 'x', by: 0 },
    ]);
  });

  it('the edit has the saved text, even when another program writes the file right after', async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.type('two');
    await bench.save(Buffer.from('one\ntwo\nanother program\n'));
    assert.equal(bench.kept[0]?.after, 'one\ntwo');
  });

  it('text typed during a save belongs to the next edit', async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.type('two');
    bench.type(' three');
    // The editor says that all is saved, which it is not.
    await bench.save(Buffer.from('one\ntwo'));
    bench.dirty = true;
    bench.change(0, 4, '', { before: [{ start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }] });
    await bench.save();
    const told = bench.kept.map(({ edit, before, after }) => [
      before,
      edit.file.operations?.map(({ offset, deleted, inserted, by }) => [
        offset,
        deleted,
        inserted,
        edit.file.hands?.[by]?.author,
      ]),
      after,
    ]);
    assert.deepEqual(told, [
      ['one\n', [[4, 0, 'two', 'human']], 'one\ntwo'],
      [
        'one\ntwo',
        [
          [0, 4, '', 'human'],
          [3, 0, ' three', 'human'],
        ],
        'two three',
      ],
    ]);
  });

  it('a file that is not UTF-8 has no operations, and an edit only when one author made it', async () => {
    const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
    const bench = new Bench(latin('caf\u00e9\n'), 'caf\u00e9\n');
    bench.type('x');
    await bench.save(latin('caf\u00e9\nx'));
    assert.deepEqual(bench.kept[0]?.edit, { by: { author: 'human', evidence: 'observed' }, file: { path: 'a.txt' } });
    bench.type('y');
    bench.change(bench.text.length, 0, 'by a program');
    await bench.save(latin('caf\u00e9\nxyby a program'));
    assert.equal(bench.kept.length, 1);
  });

  it('a byte order mark counts in offsets, though documents do not show it', async () => {
    const bench = new Bench(Buffer.from('\uFEFFone\n'), 'one\n');
    bench.type('x');
    await bench.save(Buffer.from('\uFEFFone\nx'));
    assert.deepEqual(bench.kept[0]?.edit.file.operations, [{ offset: 5, deleted: 0, inserted: 'x', by: 0 }]);
  });

  it('text cut here and pasted into another document keeps its authors', async () => {
    const cuttings = new ClipboardHistory();
    const from = new Bench(Buffer.from(''), '', cuttings);
    from.change(0, 0, 'completed by AI', { accepting: true });
    from.change(0, 15, '', { before: [{ start: { line: 0, character: 0 }, end: { line: 0, character: 15 } }] });
    await sleep(200); // no selection event follows what a program does
    await from.track.settle();
    const to = new Bench(Buffer.from('x\n'), 'x\n', cuttings);
    to.change(2, 0, 'completed by AI\n');
    await to.save();
    const { operations = [], hands = [] } = to.kept[0]?.edit.file ?? {};
    assert.deepEqual(
      operations.map(({ inserted, by }) => [inserted, hands[by]?.author]),
      [
        ['completed by AI', 'ai'],
        ['\n', 'human'],
      ],
    );
  });

  it('a pasted line of unknown author: stays unknown when a longer text that was cut before has the same line', async () => {
    const cuttings = new ClipboardHistory();
    const from = new Bench(Buffer.from(''), '', cuttings);
    from.change(0, 0, 'first of mine\n');
    from.track.selected(true, [from.caret()]);
    from.type('second of mine');
    from.change(0, 28, '', { before: [{ start: { line: 0, character: 0 }, end: { line: 1, character: 14 } }] });
    await sleep(200);
    await from.track.settle();
    const to = new Bench(Buffer.from('x\n'), 'x\n', cuttings);
    to.clipboard = 'second of mine';
    to.change(2, 0, 'second of mine');
    await to.save();
    const { operations = [], hands = [] } = to.kept[0]?.edit.file ?? {};
    assert.deepEqual(
      operations.map(({ inserted, by }) => [inserted, hands[by]?.author ?? to.kept[0]?.edit.by.author]),
      [['second of mine', 'unknown']],
    );
  });

  it('the draft of an input method is not recorded, only the text it becomes', async () => {
    const bench = new Bench(Buffer.from('\n'), '\n');
    bench.change(1, 0, 'n');
    bench.dirtied();
    bench.change(1, 1, 'ni');
    await sleep(300);
    bench.change(1, 2, '你');
    bench.track.selected(true, [bench.caret()]);
    await bench.save();
    assert.deepEqual(bench.kept[0]?.edit.file.operations, [{ offset: 1, deleted: 0, inserted: '你', by: 0 }]);
    assert.deepEqual(bench.kept[0].edit.by, { author: 'human', evidence: 'observed' });
  });

  it("a key press is still the person's when its selection event comes late", async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.change(4, 0, 'x', { dirty: false });
    bench.dirtied();
    await bench.track.settle();
    bench.track.selected(true, [bench.caret()]);
    await bench.save();
    assert.deepEqual(bench.kept[0]?.edit.by, { author: 'human', evidence: 'observed' });
  });

  it("text that no assistant can have made: is a person's when it is a snippet's, and as before when a comparison's arrow takes it over", async () => {
    const linesOf = async (prepare: (bench: Bench) => Promise<void> | void): Promise<string | undefined> => {
      const bench = new Bench(Buffer.from('one\ntwo\n'));
      bench.assistants = 'silent';
      await prepare(bench);
      const inserted = 'first words\nmore words\n';
      bench.change(4, 4, inserted, { focused: true });
      bench.track.selected(false, [bench.caret()]);
      await bench.save();
      const edit = bench.kept.at(-1)?.edit;
      return (edit?.file.hands ?? [edit?.by])
        .map((by) => by?.author ?? 'nobody')
        .sort()
        .join(' ');
    };
    const left = new Bench(Buffer.from('zero\n'));
    left.change(5, 0, 'first words\nmore words\n', { accepting: true });
    assert.equal(await linesOf(() => undefined), 'nobody');
    assert.equal(
      await linesOf((bench) => {
        bench.snippet = 'first words\nmore words\n';
      }),
      'human',
    );
    assert.equal(
      await linesOf((bench) => {
        bench.left = left.track;
      }),
      'ai human',
    );
  });

  it('the next save is recorded after one that could not be written', async () => {
    const failures: unknown[] = [];
    let full = true;
    let kept = 0;
    let text = 'one\n';
    const track = new DocumentTracker(
      'a.txt',
      {
        read: () => Promise.resolve(Buffer.from(text)),
        readNow: () => Buffer.from(text),
        clipboard: () => Promise.resolve(undefined),
        surroundings: () => ({ assistants: 'able', rule: 'fair', offersItems: false }),
        isAssistant: () => false,
        authorInChat: () => Promise.resolve(undefined),
        areSnippets: () => Promise.resolve(false),
        arePaths: () => false,
        comparedWith: () => undefined,
        copiesAreTold: () => false,
        pasted: () => ({ author: 'unknown', reason: 'pasted' }),
        readable: () => undefined,
        had: () => Promise.resolve(),
        keep: () => {
          if (full) return Promise.reject(new Error('the disk is full'));
          kept++;
          return Promise.resolve();
        },
        authorsOf: () => Promise.reject(new Error('not asked')),
        compare: () => Promise.reject(new Error('not asked')),
        document: () => ({ text, dirty: false }),
        keptUnsaved: () => undefined,
        settled: () => undefined,
        failed: (error) => failures.push(error),
      },
      new ClipboardHistory(),
      Date.now,
    );
    const typeAndSave = async (): Promise<void> => {
      const at = { line: text.split('\n').length - 1, character: text.length - text.lastIndexOf('\n') - 1 };
      track.changed({
        changes: [{ offset: text.length, deleted: 0, inserted: 'x', span: { start: at, end: at } }],
        undo: false,
        accepting: false,
        dirty: true,
        before: [{ start: at, end: at }],
      });
      text += 'x';
      const after = { line: at.line, character: at.character + 1 };
      track.selected(true, [{ start: after, end: after }]);
      await track.saved();
    };
    await typeAndSave();
    full = false;
    await typeAndSave();
    assert.deepEqual([failures.length, kept], [1, 1]);
  });

  it('nothing is recorded when tracker and editor disagree on the text, and the next save is again', async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.track.changed({
      changes: [{ offset: 100, deleted: 5, inserted: 'x', span: bench.caret() }],
      undo: false,
      accepting: false,
      dirty: true,
    });
    bench.text = 'something else\n';
    await bench.save();
    assert.equal(bench.kept.length, 0);
    bench.type('y');
    await bench.save();
    assert.equal(bench.kept[0]?.before, 'something else\n');
  });

  it('unsaved returns the text on disk and the operations since then', async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.type('x');
    await bench.track.settle();
    const { base, operations, exact } = await bench.track.unsaved();
    assert.equal(base?.text, 'one\n');
    assert.equal(exact, true);
    assert.deepEqual(
      operations.map(({ inserted }) => inserted),
      ['x'],
    );
    assert.ok(bench.settled > 0);
  });

  it('a change read from disk is not recorded when the person types at once', async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.disk = Buffer.from('one\nby an agent\n');
    bench.change(4, 0, 'by an agent\n', { dirty: false });
    bench.type('x');
    await bench.save();
    assert.equal(bench.kept.length, 1);
    assert.equal(bench.kept[0]?.before, 'one\nby an agent\n');
    assert.deepEqual(bench.kept[0].edit.file.operations, [{ offset: 16, deleted: 0, inserted: 'x', by: 0 }]);
  });

  it('a saved untitled document keeps its authors, also when the file is on disk first', async () => {
    const untitled = new Bench(null, '');
    untitled.type('typed');
    untitled.change(5, 0, ' and completed', { accepting: true });
    const named = new Bench(Buffer.from(''));
    named.disk = Buffer.from(untitled.text);
    named.change(0, 0, untitled.text, { dirty: false, takenOver: untitled.track.whole() });
    await sleep(200);
    await named.track.settle();
    await named.save();
    assert.deepEqual(
      named.kept[0]?.edit.file.operations?.map(({ inserted }) => inserted),
      ['typed', ' and completed'],
    );
    assert.deepEqual(
      named.kept[0].edit.file.hands?.map(({ author }) => author),
      ['human', 'ai'],
    );
  });

  it("an edit starts from the document's text when the file was written before it was first read", async () => {
    const bench = new Bench(Buffer.from('one\nx'), 'one\n');
    bench.type('x');
    await bench.save();
    assert.deepEqual(
      bench.kept.map(({ before, after }) => [before, after]),
      [['one\n', 'one\nx']],
    );
  });

  it("an edit starts from the file's bytes when VS Code shows other line breaks", async () => {
    const bench = new Bench(Buffer.from('one\r\ntwo\n'), 'one\r\ntwo\r\n');
    bench.type('x');
    await bench.save();
    assert.deepEqual(
      bench.kept.map(({ before, after }) => [before, after]),
      [['one\r\ntwo\n', 'one\r\ntwo\r\nx']],
    );
  });

  it('copied text is remembered with its authors, and those of older text are looked up', async () => {
    const cuttings = new ClipboardHistory();
    const bench = new Bench(Buffer.from('old text\n'), undefined, cuttings);
    bench.type('typed');
    bench.track.copied([[0, bench.text.length]]);
    await bench.track.settle();
    await until(() => cuttings.find('old text\ntyped')?.parts.every(({ origin }) => origin.by !== undefined) === true);
    assert.deepEqual(
      cuttings.find('old text\ntyped')?.parts.map(({ origin, length }) => [length, origin.by?.author]),
      [
        [9, 'human'],
        [5, 'human'],
      ],
    );
  });

  it("an assistant's text that is committed meanwhile is the person's when pasted elsewhere", async () => {
    const bench = new Bench(Buffer.from('one\n'));
    bench.change(4, 0, 'by an assistant\n', { accepting: true });
    bench.dirtied();
    await bench.save();
    bench.kept.length = 0;
    bench.track.copied([[4, 19]]);
    await bench.track.settle();
    bench.clipboard = 'by an assistant';
    bench.change(20, 0, bench.clipboard);
    const line = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
    bench.track.changed({
      changes: [
        { offset: 0, deleted: 4, inserted: '', span: { start: { line: 0, character: 0 }, end: line.start } },
        { offset: 20, deleted: 0, inserted: 'one\n', span: line },
      ],
      undo: false,
      accepting: false,
      dirty: true,
      before: [line],
    });
    bench.text = 'by an assistant\none\nby an assistant';
    await bench.save();
    assert.deepEqual(
      bench.kept.map(({ edit: { by } }) => by),
      [{ author: 'human', evidence: 'observed' }],
    );
  });

  it("the line break of pasted lines, and what they replace, are the person's", async () => {
    const bench = new Bench(Buffer.from('older text\nhead tail\n'));
    const between = { start: { line: 1, character: 4 }, end: { line: 1, character: 5 } };
    bench.track.copied([[0, 11]]);
    bench.change(15, 1, 'older text\n', { before: [between] });
    bench.dirtied();
    await bench.save();
    const { operations = [], hands = [] } = bench.kept[0]?.edit.file ?? {};
    assert.deepEqual(
      operations.map(({ deleted, inserted, by }) => [deleted, inserted, hands[by]?.author]),
      [
        [1, '', 'human'],
        [0, 'older text\n', 'human'],
      ],
    );
  });

  it('a save waits for the authors of text that was just copied', async () => {
    const cuttings = new ClipboardHistory();
    const from = new Bench(Buffer.from('old text\n'), undefined, cuttings);
    const into = new Bench(Buffer.from('one\n'), undefined, cuttings);
    let answer = (): void => undefined;
    from.answered = new Promise((resolve) => (answer = resolve));
    from.track.copied([[0, 8]]);
    await until(() => from.asked === 1);
    into.clipboard = 'old text';
    into.change(4, 0, 'old text');
    const saved = into.save();
    await sleep(5);
    answer();
    await saved;
    assert.deepEqual(into.kept[0]?.edit.by, { author: 'human', evidence: 'observed' });
  });

  it('text that a service of the editor moves to another file: waits for its authors when they are still being looked up', async () => {
    const cuttings = new ClipboardHistory();
    const from = new Bench(Buffer.from('export const old = 1;\n'), undefined, cuttings);
    const into = new Bench(Buffer.from('one\n'), undefined, cuttings);
    let answer = (): void => undefined;
    from.answered = new Promise((resolve) => (answer = resolve));
    const start = { line: 0, character: 0 };
    from.change(0, 22, '', { before: [{ start, end: { line: 1, character: 0 } }] });
    from.track.selected(false, [{ start, end: start }]);
    await until(() => from.asked === 1);
    into.assistants = 'silent';
    into.change(4, 0, 'export const old = 1;\n', { focused: true, isBehind: true });
    const saved = into.save();
    await sleep(5);
    answer();
    await saved;
    assert.deepEqual(into.kept[0]?.edit.by, { author: 'human', evidence: 'observed' });
  });

  const MOVED = 'function share(part: number): number {\n  const all = 100;\n\n  return part / all;\n}';

  /** The function is moved to a new file, which gets an import and an export. */
  async function movedToNewFile(
    from: Bench,
    into: Bench,
    inserted = `import { kept } from './a';\n\n${MOVED}\n`,
  ): Promise<readonly string[]> {
    from.assistants = into.assistants = 'silent';
    const at = from.text.indexOf(`\n${MOVED}`);
    from.change(at, MOVED.length + 1, '', { focused: true, command: 'fix' });
    from.track.selected(false, [from.caret()]);
    from.dirtied();
    const { line, character } = from.caret().start;
    into.change(0, 0, inserted, {
      focused: true,
      isBehind: true,
      before: [{ start: { line, character }, end: { line, character } }],
    });
    into.dirtied();
    await into.save();
    await from.save();
    return linesPutIn(into).filter((one) => !one.endsWith(': '));
  }

  const movedBy = (author: string): readonly string[] => [
    "human: import { kept } from './a';",
    ...MOVED.split('\n')
      .filter((line) => line !== '')
      .map((line) => `${author}: ${line}`),
  ];

  it('a function of an assistant: stays its own when a refactoring moves it to a new file, saved or not', async () => {
    for (const isSaved of [false, true]) {
      const cuttings = new ClipboardHistory();
      const from = new Bench(Buffer.from('export const kept = 1;'), undefined, cuttings);
      from.change(from.text.length, 0, `\n${MOVED}`, { accepting: true });
      from.dirtied();
      if (isSaved) await from.save();
      from.older = CHAT;
      const lines = await movedToNewFile(from, new Bench(Buffer.from(''), undefined, cuttings));
      assert.deepEqual(lines, movedBy('ai'), isSaved ? 'saved' : 'not saved');
    }
  });

  it('a function of an assistant: keeps its lines when the refactoring exports it on the way', async () => {
    const cuttings = new ClipboardHistory();
    const from = new Bench(Buffer.from('export const kept = 1;'), undefined, cuttings);
    from.change(from.text.length, 0, `\n${MOVED}`, { accepting: true });
    from.dirtied();
    const exported = `import { kept } from './a';\n\nexport ${MOVED}\n`;
    const lines = await movedToNewFile(from, new Bench(Buffer.from(''), undefined, cuttings), exported);
    assert.deepEqual(
      lines.filter((line) => !/ai: /.test(line)),
      ["human: import { kept } from './a';"],
    );
    assert.ok(lines.includes(`human+ai: export ${MOVED.split('\n')[0] ?? ''}`), lines.join('\n'));
  });

  it("a person's own function: stays theirs when a refactoring moves it to a new file, and what is committed becomes so", async () => {
    const cuttings = new ClipboardHistory();
    const from = new Bench(Buffer.from('export const kept = 1;'), undefined, cuttings);
    from.type(`\n${MOVED}`);
    assert.deepEqual(await movedToNewFile(from, new Bench(Buffer.from(''), undefined, cuttings)), movedBy('human'));
    const committed = new Bench(Buffer.from(`export const kept = 1;\n${MOVED}`), undefined, cuttings);
    const lines = await movedToNewFile(committed, new Bench(Buffer.from(''), undefined, cuttings));
    assert.deepEqual(lines, movedBy('human'));
  });

  it('a function that nobody is known to have written: stays unknown when a refactoring moves it to a new file', async () => {
    const cuttings = new ClipboardHistory();
    const from = new Bench(Buffer.from('export const kept = 1;'), undefined, cuttings);
    from.change(from.text.length, 0, `\n${MOVED}`);
    from.dirtied();
    const lines = await movedToNewFile(from, new Bench(Buffer.from(''), undefined, cuttings));
    assert.deepEqual(lines, movedBy('nobody'));
  });

  it("a short text is not taken as typed when it equals an assistant's copied text", async () => {
    const hands = async (copied: string, clipboard: string): Promise<unknown> => {
      const bench = new Bench(Buffer.from('person\n'));
      bench.change(7, 0, copied, { accepting: true });
      bench.dirtied();
      bench.track.copied([[7, 7 + copied.length]]);
      bench.clipboard = clipboard;
      bench.type('\nt');
      await bench.save();
      return bench.kept[0]?.edit.file.operations?.findLast(({ inserted }) => inserted.endsWith('t'))?.by;
    };
    assert.equal(await hands('t', 't'), -1);
    assert.notEqual(await hands('t', 'text'), -1);
    assert.notEqual(await hands('text', 'text'), -1);
  });

  it("a short text is not taken as typed when it equals an assistant's text that was cut", async () => {
    const bench = new Bench(Buffer.from('person\n'));
    bench.change(7, 0, 't', { accepting: true });
    bench.dirtied();
    bench.change(7, 1, '', { before: [{ start: { line: 1, character: 0 }, end: { line: 1, character: 1 } }] });
    bench.track.selected(true, [bench.caret()]);
    bench.clipboard = 't';
    bench.type('t');
    await bench.save();
    assert.deepEqual(bench.kept, []);
  });

  it('a key press is compared with the clipboard of its own time, not with a later one', async () => {
    const hands = async (then: string, soon: string): Promise<unknown> => {
      const bench = new Bench(Buffer.from('person\n'));
      bench.change(7, 0, 't', { accepting: true });
      bench.dirtied();
      bench.track.copied([[7, 8]]);
      await bench.track.settle();
      bench.clipboard = then;
      bench.type('\nt');
      bench.clipboard = soon;
      await bench.save();
      return bench.kept[0]?.edit.file.operations?.findLast(({ inserted }) => inserted.endsWith('t'))?.by;
    };
    assert.notEqual(await hands('text', 't'), -1);
    assert.equal(await hands('t', 'text'), -1);
  });

  it('pasted text: unknown when something else is cut before the clipboard is read', async () => {
    const pasted = async (then: (bench: Bench) => void): Promise<unknown> => {
      const bench = new Bench(Buffer.from('person\n'));
      bench.clipboard = 'from elsewhere';
      bench.change(7, 0, 'from elsewhere');
      bench.dirtied();
      bench.track.selected(true, [bench.caret()]);
      then(bench);
      await bench.save();
      const { operations = [], hands: authors = [] } = bench.kept[0]?.edit.file ?? {};
      return operations.filter(({ inserted }) => inserted !== '').map(({ by }) => authors[by]?.author);
    };
    assert.deepEqual(await pasted(() => undefined), ['unknown']);
    const cut = (bench: Bench): void => {
      bench.clipboard = 'person';
      bench.track.copied([[0, 6]]);
    };
    assert.deepEqual(await pasted(cut), []); // the record says nothing about it
  });

  it("a path of the repository: is the person's when they paste it, or a menu puts it in beside a silent assistant", async () => {
    const authors = async (inserted: string, change: (bench: Bench) => void): Promise<unknown> => {
      const bench = new Bench(Buffer.from('person\n'));
      change(bench);
      bench.change(7, 0, inserted, { focused: true });
      bench.dirtied();
      bench.track.selected(false, [bench.caret()]);
      await bench.save();
      return bench.kept[0]?.edit.by.author;
    };
    const pasted = (text: string) => (bench: Bench) => void (bench.clipboard = text);
    const beside = (assistants: Assistants) => (bench: Bench) => void (bench.assistants = assistants);
    assert.equal(await authors(PATH, pasted(PATH)), 'human');
    assert.equal(await authors('from elsewhere', pasted('from elsewhere')), 'unknown');
    assert.equal(await authors(`${PATH}\n`, beside('silent')), 'human');
    assert.equal(await authors('other words\n', beside('silent')), undefined);
    for (const assistants of ['able', 'working'] as const)
      assert.equal(await authors(`${PATH}\n`, beside(assistants)), undefined, assistants);
  });

  it("a snippet around copied text: is the person's, and the copied text keeps its authors", async () => {
    const authors = async (by: string, snippet: string): Promise<unknown> => {
      const bench = new Bench(Buffer.from('one\n'));
      bench.assistants = 'silent';
      bench.snippet = snippet;
      bench.change(4, 0, 'feeOfOthers * 7', { accepting: by === 'ai' });
      bench.dirtied();
      if (by === 'human') bench.track.selected(false, [bench.caret()]);
      bench.track.copied([[4, 19]]);
      bench.change(19, 0, '\n');
      bench.track.selected(true, [bench.caret()]);
      bench.change(20, 0, 'guarded(feeOfOthers * 7);\n', { focused: true });
      bench.track.selected(false, [bench.caret()]);
      await bench.save();
      const { operations = [], hands = [] } = bench.kept[0]?.edit.file ?? {};
      return operations.map(({ inserted, by: hand }) => `${hands[hand]?.author ?? 'nobody'}: ${inserted.trim()}`);
    };
    const ofAi = await authors('ai', `guarded(${CLIPBOARD});\n`);
    assert.deepEqual(ofAi, ['ai: feeOfOthers * 7', 'human: guarded(', 'ai: feeOfOthers * 7', 'human: );']);
    assert.deepEqual(((await authors('ai', 'other($0)')) as string[]).at(-1), 'nobody: guarded(feeOfOthers * 7);');
  });

  it('a key press is typing again after two other copies, though the clipboard cannot be read', async () => {
    const hands = async (copies: number): Promise<unknown> => {
      const bench = new Bench(Buffer.from('person\n'));
      bench.change(7, 0, 't', { accepting: true });
      bench.dirtied();
      bench.track.copied([[7, 8]]);
      for (let i = 0; i < copies; i++) bench.track.copied([[0, 6]]);
      bench.type('\nt');
      await bench.save();
      return bench.kept[0]?.edit.file.operations?.findLast(({ inserted }) => inserted.endsWith('t'))?.by;
    };
    assert.equal(await hands(0), -1);
    assert.equal(await hands(1), -1);
    assert.notEqual(await hands(2), -1);
  });

  it('cut text counts as a copy and deleted text does not, when the editor reports cuts', async () => {
    const hands = async (
      play: (bench: Bench, cut: (from: number) => void, taken: (from: number) => void) => void,
    ): Promise<unknown> => {
      const bench = new Bench(Buffer.from('person\n'));
      bench.copiesAreTold = true;
      bench.change(7, 0, 'tu', { accepting: true });
      bench.dirtied();
      const at = (character: number): Span['start'] => ({ line: 1, character });
      const taken = (from: number): void => {
        bench.change(7 + from, 1, '', { before: [{ start: at(from), end: at(from + 1) }] });
        bench.track.selected(true, [{ start: at(from), end: at(from) }]);
      };
      const cut = (from: number): void => {
        taken(from);
        bench.track.copied([[7 + from, 8 + from]], {
          spans: [{ start: at(from), end: at(from + 1) }],
          selected: [{ start: at(from), end: at(from) }],
        });
      };
      play(bench, cut, taken);
      await bench.save();
      return bench.kept[0]?.edit.file.operations?.findLast(({ inserted }) => inserted !== '')?.by;
    };
    assert.equal(
      await hands((bench, cut) => {
        cut(0);
        bench.type('\nt');
      }),
      -1,
      'what was cut',
    );
    assert.notEqual(
      await hands((bench, cut) => {
        cut(0);
        bench.type('\nu');
      }),
      -1,
      'what stands in its place now',
    );
    assert.notEqual(
      await hands((bench, _cut, taken) => {
        taken(0);
        bench.type('\nt');
      }),
      -1,
      'what was only taken out',
    );
    assert.notEqual(
      await hands((bench, cut) => {
        cut(0);
        cut(0);
        bench.type('\nt');
      }),
      -1,
      'what was cut before',
    );
  });

  it("a short text is still not typed when a person's equal text was deleted since the copy", async () => {
    const bench = new Bench(Buffer.from('person t'));
    bench.change(8, 0, 't', { accepting: true });
    bench.dirtied();
    bench.track.copied([[8, 9]]);
    bench.clipboard = 'other text';
    bench.type('t');
    await bench.track.settle();
    const [start, end] = [9, 10].map((character) => ({ line: 0, character })) as [Span['start'], Span['end']];
    bench.change(9, 1, '', { before: [{ start, end }] });
    bench.track.selected(false, [bench.caret()]);
    bench.clipboard = 't';
    bench.type('\nt');
    await bench.save();
    assert.equal(bench.kept[0]?.edit.file.operations?.findLast(({ inserted }) => inserted.endsWith('t'))?.by, -1);
  });

  it("a short text that equals a person's copied text is the person's", async () => {
    const bench = new Bench(Buffer.from('old t\n'));
    bench.track.copied([[4, 5]]);
    await bench.track.settle();
    await until(() => bench.asked === 1);
    bench.clipboard = 't';
    bench.type('t');
    await bench.save();
    assert.deepEqual(bench.kept[0]?.edit.by, { author: 'human', evidence: 'observed' });
  });

  it("an assistant's copied line does not become the person's who copied the same text without blanks", async () => {
    const bench = new Bench(Buffer.from('}\nend\n'));
    bench.track.copied([[0, 1]]);
    await bench.track.settle();
    await until(() => bench.asked === 1);
    bench.change(6, 0, '    }\n', { accepting: true });
    bench.dirtied();
    bench.track.copied([[6, 12]]);
    bench.clipboard = '    }\n';
    bench.change(12, 0, '    }\n');
    await bench.save();
    const { operations = [], hands = [] } = bench.kept[0]?.edit.file ?? {};
    assert.deepEqual(
      operations.map(({ inserted, by }) => [inserted, hands[by]?.author]),
      [
        ['    }\n', 'ai'],
        ['    }\n', 'unknown'],
      ],
    );
  });

  it('authors of text that is too short, or too much, to remember are not looked up', async () => {
    const bench = new Bench(Buffer.from('old text;\n'.repeat(1_000)));
    bench.change(bench.text.length - 1, 1, '');
    bench.track.selected(false, [bench.caret()]);
    await bench.track.settle();
    assert.equal(bench.asked, 0);
    const spans = Array.from({ length: 1_000 }, (_, line) => ({
      start: { line, character: 0 },
      end: { line, character: 3 },
    }));
    bench.track.changed({
      changes: spans.map((span, i) => ({ offset: i * 10, deleted: 3, inserted: '', span })),
      undo: false,
      accepting: false,
      dirty: true,
      before: spans,
    });
    bench.track.selected(false, []);
    await bench.track.settle();
    assert.equal(bench.asked, 1);
  });

  for (const [what, lineBreak] of [
    ['lines that are doubled their authors', '\n'],
    ['the last line its author when it is doubled, though no line break ends it', ''],
  ] as const) {
    it(`gives ${what}`, async () => {
      const bench = new Bench(Buffer.from('one\n'));
      bench.change(4, 0, `by an assistant${lineBreak}`, { accepting: true });
      bench.dirtied();
      const caret = { start: { line: 1, character: 3 }, end: { line: 1, character: 3 } };
      bench.change(4, 0, 'by an assistant\n', { before: [caret] });
      bench.track.selected(false, [caret]);
      await bench.save();
      const { operations = [], hands = [] } = bench.kept[0]?.edit.file ?? {};
      const words = operations.filter(({ inserted }) => inserted.trim() !== '');
      assert.deepEqual(
        words.map(({ by }) => hands[by]?.author),
        words.map(() => 'ai'),
      );
      assert.match(words.map(({ inserted }) => inserted).join(''), /by an assistant\s*by an assistant/);
    });
  }
});

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await sleep(1);
};
