import assert from 'node:assert/strict';
import {
  attributeLines,
  AuthoredText,
  diffLines,
  splitLines,
  type Provenance,
  type TextEdit,
} from '../../../../src/provenance/authorship';
import type { By, JournalRecord } from '../../../../src/provenance/journal';
import { attributed } from '../../../support/attributed';
import { commonEnds } from '../../../support/common-ends';

const PERSON: By = { author: 'human', evidence: 'observed' };
const AGENT: By = { author: 'ai', assistant: 'claude-code', evidence: 'reported' };

type Change = readonly [by: By, was: string, is: string, isWhole?: boolean];

/** What was typed to make one text of the other. */
function typed(
  was: string,
  is: string,
): { readonly before: number; readonly deleted: number; readonly inserted: string } {
  const { head, tail } = commonEnds(was, is);
  return { before: head, deleted: was.length - head - tail, inserted: is.slice(head, is.length - tail) };
}

/**
 * Who is told for each line that is added, when texts (each the first one of its kind) are replaced one after another.
 * `isWhole`: with what they have in common, as agents do.
 */
function told(base: string, ...changes: readonly Change[]): string[] {
  const texts = changes.reduce((list, [, was, is]) => [...list, (list.at(-1) ?? '').replace(was, is)], [base]);
  const last = texts.at(-1) ?? '';
  const { added } = attributed(base, last, (keep) =>
    changes.map(([by, was, is, isWhole = false], i): JournalRecord => {
      const [from, to] = [texts[i] ?? '', texts[i + 1] ?? ''];
      const { before, ...change } = isWhole ? { before: 0, deleted: was.length, inserted: is } : typed(was, is);
      const operations = [{ offset: from.indexOf(was) + before, ...change, by: 0 }];
      return {
        version: 1,
        kind: 'edit',
        at: i + 1,
        by,
        files: [{ path: 'a.ts', from: keep(from), to: keep(to), hands: [by], operations }],
      };
    }),
  );
  const lines = last.split('\n');
  return added.map(({ line, by }) => `${by.author}: ${lines[line - 1] ?? ''}`);
}

describe('attributeLines: an assistant removes a part of a line that a person split', () => {
  const base = 'first();\nlet rate = cost + ship;\nlast();\n';

  it("the assistant gets the line with that part, and not the person's line inserted below it", () => {
    const changes: Change[] = [
      [PERSON, 'let rate = cost ', ''],
      [PERSON, '+ ship;', '\n+ ship;'],
      [PERSON, '+ ship;', '+ ship;\ntyped by hand'],
      [AGENT, '+ ship;\n', '+ wage;\n', true],
    ];
    assert.deepEqual(told(base, ...changes), ['human: ', 'ai: + wage;', 'human: typed by hand']);
  });

  it('the assistant gets the line with that part, and not the part that stayed above it', () => {
    assert.deepEqual(told(base, [PERSON, 'cost', '\ncost'], [AGENT, 'cost + ship;', 'wage;']), [
      'human: let rate = ',
      'ai: wage;',
    ]);
    assert.deepEqual(told(base, [PERSON, 'cost', '\ncost'], [AGENT, 'cost ', '']), [
      'human: let rate = ',
      'ai: + ship;',
    ]);
  });

  it('the assistant gets the line in which the part stood, with what others inserted there', () => {
    assert.deepEqual(
      told(base, [PERSON, ' = cost', '\nmine cost'], [PERSON, ' + ship', ' + ship yours\n'], [AGENT, ' + ship', '']),
      ['human: let rate', 'ai: mine cost yours', 'human: ;'],
    );
    assert.deepEqual(
      told(base, [PERSON, ' = cost', '\nmine '], [PERSON, ' + ship', ' + ship yours\n'], [AGENT, ' + ship', '']),
      ['human: let rate', 'ai: mine  yours', 'human: ;'],
    );
  });

  it('the assistant gets nothing when the part was a line by itself and is gone', () => {
    assert.deepEqual(told(base, [PERSON, ' = cost', '\ncost'], [PERSON, 'cost', 'cost\n'], [AGENT, 'cost\n', '']), [
      'human: let rate',
      'human:  + ship;',
    ]);
    assert.deepEqual(told(base, [PERSON, ' = cost', '\ncost'], [PERSON, 'cost', 'cost\n'], [AGENT, '\ncost', '']), [
      'human: let rate',
      'human:  + ship;',
    ]);
    assert.deepEqual(told(base, [PERSON, 'ship;', 'ship;\ntyped();'], [AGENT, 'let rate = cost + ship;\n', '']), [
      'human: typed();',
    ]);
  });

  it('the assistant gets the whole line when it joined the parts again', () => {
    assert.deepEqual(
      told(base, [PERSON, ' = cost', '\n = cost'], [PERSON, ' = cost', ' = cost\n'], [AGENT, '\n = cost\n', '']),
      ['ai: let rate + ship;'],
    );
  });
});

describe('attributeLines: a line that lost its old text beside inserted text', () => {
  const base = 'let rate = cost;\n';
  const person: Provenance = { author: 'human', evidence: 'observed' };
  const agent: Provenance = { author: 'ai', assistant: 'one', evidence: 'reported' };
  const put = '\nmine  yours\n';
  const pieces = [
    { length: 8, base: 0, by: null },
    { length: put.length, base: -1, by: person },
    { length: 2, base: 15, by: null },
  ];
  const gone = [{ start: 8, end: 15, by: agent, order: 2, parted: { before: true, behind: true, beside: 9 } }];
  const made = AuthoredText.of(base, `let rate${put};\n`, pieces, gone, new Map());
  const told = (edit: Omit<TextEdit, 'by'>): string[] => {
    const text = made.edit({ ...edit, by: person });
    const lines = text.text.split('\n');
    return attributeLines(text, diffLines(splitLines(base), splitLines(text.text))).added.map(
      ({ line, by }) => `${by.author}: ${lines[line - 1] ?? ''}`,
    );
  };

  it('stays credited when text is inserted or removed around it', () => {
    assert.deepEqual(told({ offset: 9, deleted: 0, inserted: 'new\n' }), [
      'human: let rate',
      'human: new',
      'ai: mine  yours',
      'human: ;',
    ]);
    assert.deepEqual(told({ offset: 0, deleted: 4, inserted: '' }), ['human: rate', 'ai: mine  yours', 'human: ;']);
    assert.deepEqual(told({ offset: 20, deleted: 0, inserted: '\nnew' }), [
      'human: let rate',
      'ai: mine  yours',
      'human: new',
      'human: ;',
    ]);
  });

  it('is no longer credited to whoever removed the old text when the text beside it goes too', () => {
    assert.deepEqual(told({ offset: 9, deleted: 4, inserted: 'other' }), [
      'human: let rate',
      'human: other  yours',
      'human: ;',
    ]);
  });
});
