import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChangeAttribution, LineRange } from '../../../../src/provenance/authorship/types';
import {
  endsInTrailers,
  readTrailers,
  trailerLine,
  trailersFor,
  withTrailers,
  type MessageRules,
  type TrailerChoice,
} from '../../../../src/provenance/commits/message/trailers';

const ALL: TrailerChoice = { assistedBy: true, lines: true, risk: true, session: true };
const TEXT: MessageRules = { comment: null, takes: 'nothing', former: [], evenEmpty: false };
const EDITED: MessageRules = { ...TEXT, comment: '#', takes: 'comments' };

const range = (start: number, end: number, by: Partial<LineRange> = {}): LineRange => ({
  start,
  end,
  author: 'ai',
  edited: false,
  assistant: 'claude-code',
  model: 'm',
  session: 's',
  evidence: 'reported',
  ...by,
});

function change(ranges: readonly LineRange[], removed: readonly LineRange[] = []): ChangeAttribution {
  const count = (list: readonly LineRange[], author: string): number =>
    list.filter((r) => r.author === author).reduce((sum, r) => sum + r.end - r.start + 1, 0);
  const counts = (list: readonly LineRange[]): ChangeAttribution['added'] => ({
    ai: count(list, 'ai'),
    human: count(list, 'human'),
    unknown: count(list, 'unknown'),
  });
  return {
    files: [{ path: 'a', from: null, status: 'M', binary: false, ranges, removed, change: null }],
    added: counts(ranges),
    removed: counts(removed),
  };
}

const linesFor = (of: ChangeAttribution, choice = ALL, risk: string | null = null): string[] =>
  trailersFor(of, choice, risk).map(trailerLine);

describe('trailersFor: the trailers of a change', () => {
  it('name each assistant and model once, sorted, and count lines', () => {
    const of = change(
      [
        range(1, 2),
        range(3, 3, { model: null }),
        range(4, 4, { assistant: 'amp', session: null }),
        range(5, 9, { author: 'human', assistant: null, model: null, session: null }),
      ],
      [range(1, 1)],
    );
    assert.deepEqual(linesFor(of, ALL, 'critical'), [
      'Assisted-by: amp:m',
      'Assisted-by: claude-code:m',
      'AI-Lines: +4 -1 of +9 -1',
      'AI-Risk: critical',
      'AI-Session: claude-code:s',
    ]);
  });

  it('a change without lines: names the assistant, and counts nothing, when AI made only that', () => {
    const image = { ...range(1, 1), start: undefined, end: undefined };
    const of = change([]);
    const [file] = of.files;
    assert.ok(file);
    const by = (author: LineRange['author']): ChangeAttribution => ({
      ...of,
      files: [{ ...file, binary: true, change: { ...image, author } }],
    });
    assert.deepEqual(linesFor(by('ai'), { ...ALL, session: false }), ['Assisted-by: claude-code:m']);
    assert.deepEqual(linesFor(by('human')), []);
  });

  it('are empty without AI lines, and count unknown lines only if there are any', () => {
    assert.deepEqual(linesFor(change([range(1, 3, { author: 'human' }), range(4, 4, { author: 'unknown' })])), []);
    assert.match(
      linesFor(change([range(1, 3), range(4, 5, { author: 'unknown' })])).join(),
      /AI-Lines: \+3 -0 of \+5 -0, unknown \+2 -0/,
    );
    assert.match(
      linesFor(change([range(1, 3)], [range(1, 1, { author: 'unknown' })])).join(),
      /of \+3 -1, unknown \+0 -1/,
    );
  });

  it("replace the counts that the message's trailers have, but not other text of that name", () => {
    const ours = trailersFor(change([range(1, 3)]), { ...ALL, session: false }, null);
    assert.equal(
      withTrailers('Subject\n\nFixes: 3\nAI-Lines: +9 -0 of +9 -0\n', ours, TEXT),
      'Subject\n\nFixes: 3\nAssisted-by: claude-code:m\nAI-Lines: +3 -0 of +3 -0\n',
    );
    assert.equal(
      withTrailers('Subject\n\nAI-Lines: +9 -0 of +9 -0, unknown +1 -0\n', ours, TEXT),
      'Subject\n\nAssisted-by: claude-code:m\nAI-Lines: +3 -0 of +3 -0\n',
    );
    assert.match(withTrailers('Subject\n\nAI-Lines: many\n', ours, TEXT), /AI-Lines: many\nAssisted-by/);
    assert.match(
      withTrailers('Subject\n\nAI-Lines: +9 -0 of +9 -0\nis what it said.\n', ours, TEXT),
      /AI-Lines: \+9 -0 of \+9 -0\nis what it said/,
    );
  });

  it('stand once where the message names the same assistant already', () => {
    const ours = trailersFor(change([range(1, 3)]), { ...ALL, session: false }, null);
    assert.equal(
      withTrailers('Subject\n\nAssisted-by: claude-code:m\nFixes: 3\nAssisted-by: Jane\n', ours, TEXT),
      'Subject\n\nFixes: 3\nAssisted-by: Jane\nAssisted-by: claude-code:m\nAI-Lines: +3 -0 of +3 -0\n',
    );
  });

  it('count a removal alone', () => {
    assert.deepEqual(linesFor(change([], [range(1, 2)]), { ...ALL, session: false }), [
      'Assisted-by: claude-code:m',
      'AI-Lines: +0 -2 of +0 -2',
    ]);
  });

  it('name an unknown assistant, also beside others', () => {
    assert.deepEqual(
      linesFor(change([range(1, 1, { assistant: null, model: null, session: null })]), { ...ALL, lines: false }),
      ['Assisted-by: unknown-assistant'],
    );
    assert.deepEqual(
      linesFor(
        change([
          range(1, 1, { assistant: 'unknown-assistant', model: null, session: null }),
          range(2, 2, { session: null }),
        ]),
        { ...ALL, lines: false },
      ),
      ['Assisted-by: claude-code:m', 'Assisted-by: unknown-assistant'],
    );
  });

  it('can each be switched off', () => {
    const of = change([range(1, 1)]);
    assert.deepEqual(linesFor(of, { assistedBy: false, lines: false, risk: false, session: false }, 'critical'), []);
    assert.deepEqual(linesFor(of, { ...ALL, assistedBy: false, session: false }, null), ['AI-Lines: +1 -0 of +1 -0']);
  });

  it('stay on single lines without control characters, for hostile assistant names', () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        'x\nSigned-off-by: Eve <e@example.com>',
        'x\r\nAI-Lines: +0 -0 of +0 -0',
        '\u202egnp',
        '\u001b[31mred',
        '---',
        '# x',
        ' ',
        '\u2028',
        'a\u0000b',
        'a b',
        '\ufeff',
        'x'.repeat(5000),
        '🦀'.repeat(300),
        '\ud800',
        'a:b:c',
      ),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (assistant, model, session, risk) => {
        const lines = linesFor(change([range(1, 1, { assistant, model, session })]), ALL, risk);
        for (const line of lines) {
          assert.match(line, /^(?:Assisted-by|AI-Lines|AI-Risk|AI-Session): \S/);
          assert.doesNotMatch(line.replace(/ (?=[+-]|of )/g, '').slice(line.indexOf(': ') + 2), /[\s\p{C}]/u);
          assert.ok(line.length < 700);
          assert.equal(Buffer.from(line).toString('utf8'), line);
        }
        assert.equal(lines.filter((line) => line.startsWith('AI-Lines: ')).length, 1);
        const message = withTrailers(
          'Subject\n',
          trailersFor(change([range(1, 1, { assistant, model, session })]), ALL, risk),
          TEXT,
        );
        assert.deepEqual(readTrailers(message).map(trailerLine), lines);
      }),
      { numRuns: 300 },
    );
  });
});

describe('withTrailers: trailers in a commit message', () => {
  const ours = [
    { key: 'Assisted-by', value: 'claude-code:m' },
    { key: 'AI-Lines', value: '+1 -0 of +1 -0' },
  ];
  const block = 'Assisted-by: claude-code:m\nAI-Lines: +1 -0 of +1 -0\n';
  const fragment = fc.constantFrom(
    '',
    '',
    ' ',
    '\t',
    'Subject',
    'text',
    'Fixes: 3',
    'Note : x',
    'Signed-off-by: A <a@b.c>',
    '(cherry picked from commit abc)',
    '  continued',
    '- item',
    '> quoted: x',
    '---',
    'a b: c',
    'https://x.y',
    'Ticket: ',
    'Assisted-by: Jane',
    'AI-Lines: many',
    '#12',
  );
  const message = fc
    .tuple(fc.array(fragment, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([lines, newline, open]) => lines.join(newline) + (open ? '' : newline));

  it('come last, can be read back, and leave every other byte, for random messages', () => {
    fc.assert(
      fc.property(message, (text) => {
        const result = withTrailers(text, ours, TEXT);
        if (text.trim() === '') {
          assert.equal(result, text);
          return;
        }
        const added = block.replaceAll('\n', text.includes('\r\n') ? '\r\n' : '\n');
        const at = result.lastIndexOf(added);
        assert.ok(at > 0);
        const [before, after] = [result.slice(0, at), result.slice(at + added.length)];
        assert.deepEqual(
          after.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#')),
          [],
        );
        // Behind the block is what was behind the text; between them at most one blank line that was not there.
        assert.ok(
          [
            before + after,
            before.replace(/\r?\n$/, '') + after,
            before.replace(/\r?\n$/, '').replace(/\r?\n$/, '') + after,
          ].includes(text),
          JSON.stringify([text, result]),
        );
        assert.deepEqual(readTrailers(result).slice(-2), ours);
        // git drops blank lines at the start, and the subject is never a trailer.
        assert.deepEqual(readTrailers(result).slice(0, -2), readTrailers(text.replace(/^(?:[ \t]*\r?\n)+/, '')));
      }),
      { numRuns: 1000 },
    );
  });

  it('are removed again without a trace, for random messages', () => {
    fc.assert(
      fc.property(message, (text) => {
        const result = withTrailers(text, ours, TEXT);
        const back = withTrailers(result, [], { ...TEXT, former: ours.map(trailerLine) });
        const normal = (of: string): string =>
          of.replace(/\r?\n[ \t]*(?:\r?\n[ \t]*)*$/, '\n').replace(/([^\n])$/, '$1\n');
        if (text.trim() !== '') assert.equal(normal(back).trimEnd(), normal(text).trimEnd());
      }),
      { numRuns: 1000 },
    );
  });

  it('go above the comments and the patch that git strips', () => {
    const hints = '\n# Please enter the commit message\n#\n#\tmodified: a\n#\n';
    assert.equal(withTrailers(`Subject\n${hints}`, ours, EDITED), `Subject\n\n${block}${hints}`);
    const patch =
      '# ------------------------ >8 ------------------------\n# Do not modify\ndiff --git a/a b/a\n+Fixes: 3\n';
    assert.equal(withTrailers(`Subject\n${hints}${patch}`, ours, EDITED), `Subject\n\n${block}${hints}${patch}`);
    assert.equal(
      withTrailers(`Subject\n\nFixes: 3\n# aside\n${hints}`, ours, EDITED),
      `Subject\n\nFixes: 3\n${block}# aside\n${hints}`,
    );
    assert.equal(
      withTrailers(`Subject\n# kept\n${patch}`, ours, { ...EDITED, takes: 'below-scissors' }),
      `Subject\n# kept\n\n${block}${patch}`,
    );
    assert.equal(withTrailers(`Subject\n; one\n`, ours, { ...EDITED, comment: ';' }), `Subject\n\n${block}; one\n`);
    assert.equal(withTrailers(`Subject\n// one\n`, ours, { ...EDITED, comment: '//' }), `Subject\n\n${block}// one\n`);
  });

  it('stand in an empty message below room for the text, if asked for', () => {
    assert.equal(withTrailers('', ours, { ...EDITED, evenEmpty: true }), `\n\n${block}`);
    assert.equal(withTrailers('\n# hints\n', ours, { ...EDITED, evenEmpty: true }), `\n\n${block}\n# hints\n`);
    assert.equal(withTrailers('\n# hints\n', ours, EDITED), '\n# hints\n');
  });

  it('replace our former trailers wherever git copied them, and no others', () => {
    const former = ['Assisted-by: claude-code:m', 'AI-Lines: +7 -7 of +7 -7'];
    const old = `${former.join('\n')}\n`;
    assert.equal(
      withTrailers(`One\n\nAssisted-by: Jane\n${old}`, ours, { ...TEXT, former }),
      `One\n\nAssisted-by: Jane\n${block}`,
    );
    assert.equal(
      withTrailers(`One\n\n${old}\nTwo\n\nFixes: 3\n${old}`, ours, { ...TEXT, former }),
      `One\n\nTwo\n\nFixes: 3\n${block}`,
    );
    assert.equal(withTrailers(`One\n\n${old}`, [], { ...TEXT, former }), 'One\n');
  });

  it('endsInTrailers agrees with git on what a trailer block is', () => {
    for (const text of [
      'S\n\nFixes: 3',
      'S\n\nFixes: 3\n  more',
      'S\n\nBody\n\nFixes : 3',
      'S\n\na\nb\nc\nSigned-off-by: A',
      'S\n\n# x\nFixes: 3',
      '\nFixes: 3',
    ])
      assert.ok(endsInTrailers(text), text);
    for (const text of [
      'Fixes: 3',
      'S\nFixes: 3',
      'S\n\nFixes: 3\ntext',
      'S\n\n  Fixes: 3',
      'S\n\na b: 3',
      'S\n\na\nb\nc\nd\nSigned-off-by: A',
      'S\n\n> Fixes: 3',
      'S\n\nConflicts:\n\ta',
      'S\n\n# x',
    ])
      assert.ok(!endsInTrailers(text), text);
  });

  it('take less than two seconds for hostile messages', () => {
    for (const text of [
      '\n'.repeat(200_000),
      ' \n'.repeat(100_000) + 'x',
      'x\n' + ' '.repeat(300_000),
      'a: '.repeat(100_000),
      'S\n\n' + 'Fixes: 3\n'.repeat(50_000),
    ]) {
      const started = process.cpuUsage(); // a busy machine makes nobody wait longer by it
      readTrailers(withTrailers(text, ours, { ...EDITED, former: ['Fixes: 3'] }));
      assert.ok(process.cpuUsage(started).user < 2_000_000, JSON.stringify(text.slice(0, 10)));
    }
  });
});
