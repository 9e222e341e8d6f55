import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { blobId, openJournal, type Journal } from '../../../../src/provenance/journal';

const BY = { author: 'ai', assistant: 'claude-code', evidence: 'reported' } as const;
const LONG_AGO_S = 1_000_000;

describe("a content that an assistant's hook keeps without computing its git id", () => {
  let folder: string;
  /** As a hook opens it, and as those do who read. */
  let hook: Journal;
  const reader = (): Journal => openJournal(folder, Date.now);
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-unnamed-'));
    hook = openJournal(folder, Date.now, { namesLater: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const place = (...names: string[]): string => path.join(folder, 'linekeeper', ...names);
  const edit = (from: string | null, to: string | null): string =>
    hook.add({ kind: 'edit', by: BY, files: [{ path: 'a.txt', from, to }] });
  const keep = (text: string, likely?: string | null): string => hook.keep(Buffer.from(text), likely);
  const idOf = (text: string): string => blobId(Buffer.from(text));
  /** What readers are told, by a journal that knows nothing yet. */
  const told = (): unknown[] =>
    reader()
      .read()
      .flatMap(({ record }) =>
        record.kind === 'session'
          ? []
          : record.files.map((file) => ('to' in file ? [file.from, file.to] : file.content)),
      );

  it("has git's id for every reader, for random records", () => {
    const step = fc.record({
      kind: fc.constantFrom('seen', 'edit'),
      name: fc.constantFrom('a.txt', 'b.txt'),
      text: fc.option(fc.constantFrom('', 'one\n', 'two\n', 'one\r\n', 'three\n')),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        rmSync(place(), { recursive: true, force: true });
        const expected: unknown[] = [];
        for (const { kind, name, text } of steps) {
          const last = hook.lastContent(name) ?? null;
          const before = last === null ? null : hook.content(last);
          const now = text === null ? null : keep(text, last);
          assert.equal(
            now === last,
            before === null ? text === null : before?.toString() === text,
            'the same content has the same name',
          );
          const [was, is] = [before ? blobId(before) : null, text === null ? null : idOf(text)];
          if (kind === 'seen') hook.add({ kind, files: [{ path: name, content: now }] });
          else hook.add({ kind: 'edit', by: BY, files: [{ path: name, from: last, to: now }] });
          expected.push(kind === 'seen' ? is : [was, is]);
          if (expected.length % 3 === 0) assert.deepEqual(told(), expected);
        }
        assert.deepEqual(told(), expected);
        for (const id of expected.flat())
          if (typeof id === 'string') assert.equal(blobId(reader().content(id) ?? Buffer.from('not there')), id);
      }),
    );
  });

  it('is found by its temporary name and by its id, before and after a reader computed it', () => {
    const [from, to] = [keep('one\n'), keep('two\n')];
    edit(from, to);
    assert.match(from, /^unnamed:/);
    assert.equal(hook.content(from)?.toString(), 'one\n');
    const first = reader();
    assert.deepEqual(told(), [[idOf('one\n'), idOf('two\n')]]);
    for (const journal of [first, hook, reader()]) {
      assert.equal(journal.content(to)?.toString(), 'two\n');
      assert.equal(journal.content(idOf('two\n'))?.toString(), 'two\n');
    }
    assert.equal(keep('two\n', to), to);
    assert.equal(hook.lastContent('a.txt'), to);
    assert.deepEqual([...hook.recentContents(['a.txt'])], [['a.txt', to]]);
  });

  it('is computed once, and takes no second copy on disk', () => {
    const name = keep('one\n');
    edit(null, name);
    told();
    const id = idOf('one\n');
    assert.equal(
      statSync(place('contents', id.slice(0, 2), id.slice(2))).ino,
      statSync(place('unnamed', name.slice('unnamed:'.length))).ino,
    );
    const file = place('unnamed', readdirSync(place('unnamed')).find((name) => !name.includes('.')) ?? '');
    writeFileSync(file, 'what nobody looks at any more\n');
    assert.deepEqual(told(), [[null, idOf('one\n')]]);
  });

  it('gets its id from the next reader when the first was killed', () => {
    edit(null, keep('one\n'));
    told();
    const marker = readdirSync(place('unnamed')).find((name) => name.includes('.')) ?? '';
    rmSync(place('unnamed', marker));
    assert.deepEqual(told(), [[null, idOf('one\n')]]);
    assert.ok(existsSync(place('unnamed', marker)));
    rmSync(place('unnamed', marker));
    rmSync(place('contents'), { recursive: true });
    assert.deepEqual(told(), [[null, idOf('one\n')]]);
    assert.equal(reader().content(idOf('one\n'))?.toString(), 'one\n');
  });

  it('can be read when its id cannot be written', () => {
    const name = keep('one\n');
    edit(null, name);
    writeFileSync(place('contents'), 'no folder');
    const journal = reader();
    assert.deepEqual(
      journal.read().flatMap(({ record }) => (record.kind === 'edit' ? record.files.map(({ to }) => to) : [])),
      [idOf('one\n')],
    );
    assert.equal(journal.content(idOf('one\n'))?.toString(), 'one\n');
  });

  it('keeps its temporary name when it is lost', () => {
    const name = keep('one\n');
    edit(null, name);
    rmSync(place('unnamed'), { recursive: true });
    assert.deepEqual(told(), [[null, name]]);
    assert.equal(reader().content(name), undefined);
  });

  it('that cannot be written is an error', function () {
    mkdirSync(place(), { recursive: true });
    writeFileSync(place('unnamed'), 'no folder');
    assert.throws(() => keep('one\n'), /could not write/);
  });

  it('is deleted with the last record that needs it', () => {
    const [one, two] = [keep('one\n'), keep('two\n')];
    const lost = keep('of a hook that was ended\n');
    const [first, second] = [edit(null, one), edit(one, two)];
    told();
    const age = (): void => {
      for (const dir of ['unnamed', 'contents']) {
        for (const name of readdirSync(place(dir), { recursive: true, encoding: 'utf8' }))
          if (statSync(place(dir, name)).isFile()) utimesSync(place(dir, name), LONG_AGO_S, LONG_AGO_S);
      }
    };
    reader().drop([first]);
    assert.ok(hook.content(lost), 'a record may be about to be written');
    age();
    reader().drop([]);
    assert.deepEqual(
      [one, two, lost].map((name) => hook.content(name)?.toString()),
      ['one\n', 'two\n', undefined],
    );
    assert.deepEqual(told(), [[idOf('one\n'), idOf('two\n')]]);
    assert.deepEqual(
      ['one\n', 'two\n'].map((text) => reader().content(idOf(text))?.toString()),
      ['one\n', 'two\n'],
    );
    reader().drop([second]);
    assert.deepEqual(
      [one, two, idOf('one\n'), idOf('two\n')].map((name) => reader().content(name)),
      [undefined, undefined, undefined, undefined],
    );
    assert.deepEqual(readdirSync(place('unnamed')), []);
  });

  it('stays for a record of a newer version', () => {
    const name = keep('one\n');
    const record = edit(null, name);
    const file = place('journal', record);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"version": 1', '"version": 99'));
    assert.deepEqual(told(), []);
    utimesSync(place('unnamed', name.slice('unnamed:'.length)), LONG_AGO_S, LONG_AGO_S);
    reader().drop([]);
    assert.equal(hook.content(name)?.toString(), 'one\n');
  });

  it('is not read from outside its folder', () => {
    writeFileSync(path.join(folder, 'secret'), 'not ours\n');
    for (const name of ['unnamed:../../secret', 'unnamed:1-../../secret', 'unnamed:/etc/passwd']) {
      edit(null, name);
      assert.equal(reader().content(name), undefined);
    }
    assert.deepEqual(told(), []);
    assert.equal(reader().asides().length, 3);
  });
});
