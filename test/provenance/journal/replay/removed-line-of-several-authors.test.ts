import assert from 'node:assert/strict';
import { attributeLines, diffLines, splitLines } from '../../../../src/provenance/authorship';
import {
  replay,
  type By,
  type FileEdit,
  type JournalRecord,
  type KeptOperation,
} from '../../../../src/provenance/journal';
import { KeptContents } from '../../../support/kept';

const PERSON: By = { author: 'human', evidence: 'observed' };
const ASSISTANT: By = { author: 'ai', evidence: 'observed', assistant: 'claude-code' };
const [BY_PERSON, BY_ASSISTANT, BY_NOBODY] = [0, 1, -1];
const LINE = 'let rate = cost + next;\n';
const BASE = `first line;\n${LINE}last line;\n`;

/** Who took lines out, of which each save tells operations; the text at the end is committed. */
const removed = (...saves: readonly (readonly KeptOperation[])[]): readonly string[] => removedWith([], ...saves);

/** The same where the last save but one tells of lines who was the first to change them. */
function removedWith(
  firsts: NonNullable<FileEdit['firsts']>,
  ...saves: readonly (readonly KeptOperation[])[]
): readonly string[] {
  const { keep, content } = new KeptContents();
  let text = BASE;
  const records = saves.map((operations, index): { name: string; record: JournalRecord } => {
    const from = keep(text);
    text = operations.reduce(
      (so, { offset, deleted, inserted }) => so.slice(0, offset) + inserted + so.slice(offset + deleted),
      text,
    );
    return {
      name: `${String(index)}.json`,
      record: {
        version: 1,
        kind: 'edit',
        at: index + 1,
        by: PERSON,
        files: [
          {
            path: 'a.ts',
            from,
            to: keep(text),
            operations,
            hands: [PERSON, ASSISTANT],
            ...(index === saves.length - 2 && firsts.length > 0 ? { firsts } : {}),
          },
        ],
      },
    };
  });
  const now =
    replay(records, content, [{ path: 'a.ts', base: Buffer.from(BASE), target: Buffer.from(text) }], { now: 100 }).get(
      'a.ts',
    ) ?? assert.fail('no text');
  return attributeLines(now, diffLines(splitLines(BASE), splitLines(text))).removed.map(
    ({ line, by }) => `${String(line)} ${by.author}`,
  );
}

describe('attribution of a removed line that several authors had changed', () => {
  const at = BASE.indexOf(LINE);
  const put = (by: number, inserted: string, offset = at): KeptOperation => ({ offset, deleted: 0, inserted, by });
  const renamed = (by: number, more: number): KeptOperation => ({
    offset: at + more + LINE.indexOf('next'),
    deleted: 4,
    inserted: 'other',
    by,
  });
  const cut = (by: number, deleted: number): KeptOperation => ({ offset: at, deleted, inserted: '', by });
  const out = (more: number): KeptOperation => cut(BY_PERSON, LINE.length + more);

  it("unknown when one save has a person's and an unknown change", () => {
    assert.deepEqual(removed([put(BY_PERSON, 'typed '), renamed(BY_NOBODY, 6)], [out(7)]), ['2 unknown']);
  });

  it("unknown when one save has a person's and an assistant's change", () => {
    assert.deepEqual(removed([put(BY_PERSON, 'typed '), renamed(BY_ASSISTANT, 6)], [out(7)]), ['2 unknown']);
  });

  it('the author whom the editor recorded as first', () => {
    const save = [put(BY_PERSON, 'typed '), renamed(BY_NOBODY, 6)];
    assert.deepEqual(removedWith([[2, BY_PERSON]], save, [out(7)]), ['2 human']);
    assert.deepEqual(removedWith([[2, BY_ASSISTANT]], save, [out(7)]), ['2 ai']);
  });

  it('unknown when the editor recorded the first author of other lines only', () => {
    assert.deepEqual(
      removedWith(
        [
          [1, BY_PERSON],
          [3, BY_ASSISTANT],
        ],
        [put(BY_PERSON, 'typed '), renamed(BY_NOBODY, 6)],
        [out(7)],
      ),
      ['2 unknown'],
    );
  });

  it('unknown when an earlier save by nobody changed the line', () => {
    const next = 'typed '.length + LINE.indexOf('next');
    assert.deepEqual(
      removedWith(
        [[2, BY_PERSON]],
        [renamed(BY_NOBODY, 0)],
        [put(BY_PERSON, 'typed '), { offset: at + next, deleted: 5, inserted: 'third', by: BY_ASSISTANT }],
        [out(7)],
      ),
      ['2 unknown'],
    );
  });

  it('unknown when a person and nobody inserted text at one place', () => {
    assert.deepEqual(removed([put(BY_PERSON, 'typed '), put(BY_NOBODY, 'other ', at + 6)], [out(12)]), ['2 unknown']);
  });

  it('unknown when an earlier save by nobody is removed in a save by nobody and a person', () => {
    assert.deepEqual(removed([put(BY_NOBODY, 'other ')], [cut(BY_NOBODY, 6), renamed(BY_PERSON, 0)], [out(1)]), [
      '2 unknown',
    ]);
  });

  it('the person when nobody only inserted whole lines beside it', () => {
    assert.deepEqual(
      removed(
        [put(BY_NOBODY, 'other;\n'), put(BY_PERSON, 'typed ', at + 7)],
        [{ offset: at + 7, deleted: LINE.length + 6, inserted: '', by: BY_PERSON }],
      ),
      ['2 human'],
    );
  });

  it('the person whose save came first', () => {
    assert.deepEqual(removed([put(BY_PERSON, 'typed ')], [renamed(BY_NOBODY, 6)], [out(7)]), ['2 human']);
  });

  it('the assistant when a person went on in a later save', () => {
    assert.deepEqual(removed([renamed(BY_ASSISTANT, 0)], [put(BY_PERSON, 'typed ')], [out(7)]), ['2 ai']);
  });
});
