import assert from 'node:assert/strict';
import { classify, needsClipboard, type Verdict } from '../../../src/editor/recording/classify/classify';
import type { SeenChange, Signals, Span } from '../../../src/editor/recording/classify/change-event';

const span = (line: number, from: number, toLine = line, to = from): Span => ({
  start: { line, character: from },
  end: { line: toLine, character: to },
});
const caret = span;
const put = (at: Span, inserted: string, deleted = ''): SeenChange => ({ span: at, deleted, inserted });

const plain: Signals = {
  changes: [],
  undo: false,
  accepting: false,
  dirty: true,
  before: [caret(3, 5)],
  aftermath: 'none',
};
const signals = (more: Partial<Signals>): Signals => ({ ...plain, ...more });
const typed = (
  inserted: string,
  at: Span = caret(3, 5),
  after: Span = caret(at.start.line, at.start.character + inserted.length),
): Signals => signals({ changes: [put(at, inserted)], aftermath: 'keyboard', after: [after] });

function who(verdict: Verdict): string {
  if (verdict.kind === 'tool') return `tool ${verdict.by.reason ?? ''} ${verdict.extension ?? ''}`.trim();
  if (verdict.kind !== 'by') return verdict.kind;
  const { author, assistant, reason, evidence } = verdict.by;
  return [author, assistant, reason, evidence].filter((word) => word !== undefined).join(' ');
}
const check = (given: Signals, expected: string): void => {
  assert.equal(who(classify(given)), expected);
};

const PERSON = 'human observed';

describe('who made a change, without a reason from the editor', () => {
  it("calls typed characters the person's, by the selection event that follows them", () => {
    check(typed('a'), PERSON);
    check(typed('()', caret(3, 5), caret(3, 6)), PERSON);
    check(
      signals({
        changes: [put(span(3, 2, 3, 5), 'x', 'old')],
        before: [span(3, 2, 3, 5)],
        aftermath: 'keyboard',
        after: [caret(3, 3)],
      }),
      PERSON,
    );
    check(signals({ changes: [put(caret(3, 5), 'a')], aftermath: 'other', after: [caret(3, 6)] }), 'nobody');
    check(signals({ changes: [put(caret(3, 5), 'a')], aftermath: 'none' }), 'nobody');
  });

  it('knows several carets, and a selection that gets brackets around it', () => {
    const before = [caret(1, 4), caret(2, 4)];
    check(
      signals({
        before,
        changes: before.map((at) => put(at, 'x')),
        aftermath: 'keyboard',
        after: [caret(1, 5), caret(2, 5)],
      }),
      PERSON,
    );
    check(
      signals({
        before: [span(3, 2, 3, 5)],
        changes: [put(caret(3, 2), '('), put(caret(3, 5), ')')],
        aftermath: 'keyboard',
        after: [span(3, 3, 3, 6)],
      }),
      PERSON,
    );
  });

  it('knows a character typed over selected lines, after which the editor speaks of no key', () => {
    const lines = span(3, 2, 5, 1);
    const over = signals({
      before: [lines],
      changes: [put(lines, 'x', 'a\nb\nc')],
      aftermath: 'other',
      after: [caret(3, 3)],
    });
    check(over, PERSON);
    check({ ...over, changes: [put(lines, 'xy', 'a\nb\nc')], after: [caret(3, 4)] }, 'nobody');
    check({ ...over, changes: [put(span(3, 2, 6, 0), 'x', 'a\nb\nc\n')] }, 'nobody');
    check({ ...over, after: [lines] }, 'nobody');
    check({ ...over, aftermath: 'none' }, 'nobody');
  });

  it('takes what an input method puts in place of its own draft as typed', () => {
    check(
      signals({
        before: [caret(3, 5)],
        changes: [put(span(3, 3, 3, 5), '你', 'ni')],
        aftermath: 'keyboard',
        after: [caret(3, 4)],
      }),
      PERSON,
    );
  });

  it("does not take a program's text at the caret for typing because an arrow key came next", () => {
    check(signals({ changes: [put(caret(3, 5), 'x')], aftermath: 'keyboard', after: [caret(2, 5)] }), 'nobody');
    check(signals({ changes: [put(caret(9, 0), 'x')], aftermath: 'keyboard', after: [caret(3, 6)] }), 'nobody');
  });

  it('sees that an address was pasted over a word, which made a link of it', () => {
    const link = (address: string): Signals =>
      signals({
        changes: [put(span(3, 2, 3, 6), `[word](${address})`, 'word')],
        before: [span(3, 2, 3, 6)],
        aftermath: 'other',
        after: [caret(3, 30)],
      });
    const address = 'https://example.com/a_(b)';
    assert.ok(needsClipboard(link(address)));
    check({ ...link(address), clipboard: `${address}\n` }, 'pasted');
    check({ ...link(`<${address}>`), clipboard: address }, 'pasted');
    check({ ...link(''), clipboard: '' }, 'nobody');
    check({ ...link(address), clipboard: 'another' }, 'nobody');
  });

  it('compares longer text with the clipboard before it calls it typed', () => {
    const word = typed('hello');
    assert.equal(needsClipboard(word), true);
    assert.equal(needsClipboard(typed('a')), false);
    assert.equal(needsClipboard(typed('()')), false);
    check({ ...word, clipboard: 'something else' }, PERSON);
    check({ ...word, clipboard: 'hello' }, 'pasted');
    check(word, 'nobody');
  });

  it('recognises pasted lines, also with another indentation, and one line for each caret', () => {
    check(
      signals({ changes: [put(caret(3, 5), 'a();\r\n  b();')], aftermath: 'other', clipboard: 'a();\n\tb();\n' }),
      'pasted',
    );
    const before = [caret(1, 4), caret(2, 4)];
    check(
      signals({
        before,
        changes: [put(caret(1, 4), 'one'), put(caret(2, 4), 'two')],
        aftermath: 'other',
        clipboard: 'one\ntwo',
      }),
      'pasted',
    );
    check(signals({ changes: [put(caret(3, 5), 'a();\nb();')], aftermath: 'other', clipboard: 'a();' }), 'nobody');
  });

  it('knows an empty line that changes places with the one above or below it', () => {
    const text = 'let a = 1;';
    const empty = signals({
      before: [caret(6, 0)],
      changes: [put(caret(6, 0), text), put(span(5, 0, 5, text.length), '', text)],
      lines: ['\n'],
      aftermath: 'other',
    });
    check(empty, 'moved');
    check({ ...empty, changes: empty.changes.toReversed(), lines: [''] }, 'moved');
    check({ ...empty, changes: [put(caret(6, 0), text), put(span(7, 0, 7, text.length), '', text)] }, 'moved');
    check({ ...empty, lines: ['more\n'] }, 'nobody');
    check({ ...empty, before: [caret(4, 0)] }, 'nobody');
    check({ ...empty, changes: [put(caret(6, 0), text), put(span(3, 0, 3, text.length), '', text)] }, 'nobody');
    check({ ...empty, changes: [put(caret(6, 0), 'let b = 1;'), put(span(5, 0, 5, text.length), '', text)] }, 'nobody');
  });

  it('does not take a bracket with its line break for one key press', () => {
    const bracket = signals({ changes: [put(caret(3, 5), '}\n')], aftermath: 'keyboard', after: [caret(4, 0)] });
    assert.equal(needsClipboard(bracket), true);
    check({ ...bracket, clipboard: '}\n' }, 'pasted');
    check(bracket, 'nobody');
  });

  it('recognises Enter by its shape, with indentation, a comment or brackets', () => {
    for (const text of ['\n', '\r\n    ', '\n  \n', '\n * ', '\n// ', '\n# ', '\n- '])
      check(signals({ changes: [put(caret(3, 5), text)], aftermath: 'other' }), PERSON);
    check(signals({ changes: [put(span(3, 5, 3, 8), '\n', '   ')], aftermath: 'other' }), PERSON);
    check(signals({ changes: [put(caret(3, 5), '\nreturn 1;')], aftermath: 'other' }), 'nobody');
    check(signals({ changes: [put(caret(7, 0), '\n')], aftermath: 'other' }), 'nobody');
  });

  it('recognises a closing bracket that the editor puts further left as it is typed', () => {
    check(
      signals({ before: [caret(3, 4)], changes: [put(span(3, 0, 3, 4), '}', '    ')], aftermath: 'other' }),
      PERSON,
    );
    check(
      signals({ before: [caret(3, 8)], changes: [put(span(3, 0, 3, 8), '    )', '        ')], aftermath: 'keyboard' }),
      PERSON,
    );
    check(
      signals({ before: [caret(3, 4)], changes: [put(span(3, 0, 3, 4), '}', 'x = ')], aftermath: 'other' }),
      'nobody',
    );
    check(
      signals({ before: [caret(3, 4)], changes: [put(span(3, 0, 3, 4), '});', '    ')], aftermath: 'other' }),
      'nobody',
    );
    check(
      signals({ before: [caret(5, 4)], changes: [put(span(3, 0, 3, 4), '}', '    ')], aftermath: 'other' }),
      'nobody',
    );
  });

  it('recognises Tab and Shift+Tab on the lines of the selection', () => {
    check(signals({ changes: [put(caret(3, 5), '  ')], aftermath: 'other' }), PERSON);
    const before = [span(2, 0, 4, 3)];
    check(signals({ before, changes: [2, 3, 4].map((line) => put(caret(line, 0), '\t')), aftermath: 'other' }), PERSON);
    check(signals({ before, changes: [put(span(2, 0, 2, 4), '', '    ')], aftermath: 'other' }), PERSON);
    check(signals({ before, changes: [put(caret(9, 0), '\t')], aftermath: 'other' }), 'nobody');
  });

  it('recognises Backspace, Delete, words, selections, pairs and whole lines', () => {
    check(signals({ changes: [put(span(3, 4, 3, 5), '', 'x')], aftermath: 'other' }), PERSON);
    check(signals({ changes: [put(span(3, 5, 3, 9), '', 'word')] }), PERSON);
    check(signals({ changes: [put(span(2, 9, 3, 5), '', '\n     ')], aftermath: 'other' }), PERSON);
    check(
      signals({ before: [span(1, 2, 6, 1)], changes: [put(span(1, 2, 6, 1), '', 'much')], aftermath: 'other' }),
      PERSON,
    );
    check(signals({ changes: [put(span(3, 4, 3, 6), '', '()')], aftermath: 'other' }), PERSON);
    check(signals({ changes: [put(span(3, 0, 4, 0), '', 'a line\n')], aftermath: 'other' }), PERSON);
  });

  it("calls a deletion somewhere else, or of much around the caret, nobody's", () => {
    check(signals({ changes: [put(span(8, 0, 8, 4), '', 'gone')], aftermath: 'other' }), 'nobody');
    check(signals({ changes: [put(span(1, 0, 6, 0), '', 'a\nb\nc\nd\ne\n')], aftermath: 'other' }), 'nobody');
    check(signals({ changes: [put(span(3, 5, 8, 0), '', 'a\nb\nc\nd\ne\n')], aftermath: 'other' }), 'nobody');
  });

  it('sees that lines were moved', () => {
    const changes = [put(span(2, 10, 3, 8), '', '\n  line B'), put(caret(2, 0), '  line B\n')];
    check(signals({ changes, aftermath: 'other' }), 'moved');
    check(
      signals({ changes: [changes[0] as SeenChange, put(caret(2, 0), '  line C\n')], aftermath: 'other' }),
      'nobody',
    );
  });

  it('sees that a line was moved past a blank one', () => {
    const down = [put(caret(3, 0), '\n'), put(span(3, 10, 4, 0), '', '\n')];
    const up = [put(span(2, 0, 3, 0), '', '\n'), put(caret(3, 10), '\n')];
    for (const changes of [down, [...down].reverse(), up, [...up].reverse()])
      check(signals({ changes, aftermath: 'other' }), 'moved');
    check(
      signals({ changes: [put(caret(1, 0), '\n'), put(span(3, 10, 4, 0), '', '\n')], aftermath: 'other' }),
      'nobody',
    );
    check(
      signals({ changes: [put(caret(3, 0), '\n'), put(span(3, 10, 5, 0), '', '\n\n')], aftermath: 'other' }),
      'nobody',
    );
    check(signals({ changes: [put(caret(3, 0), '\n'), put(caret(3, 10), '\n')], aftermath: 'other' }), 'nobody');
  });

  it('sees that lines were commented out or in', () => {
    check(
      signals({
        before: [span(1, 0, 2, 4)],
        changes: [put(caret(1, 2), '// '), put(caret(2, 2), '// ')],
        aftermath: 'other',
      }),
      PERSON,
    );
    check(signals({ changes: [put(span(3, 0, 3, 2), '', '# ')], aftermath: 'other' }), PERSON);
    check(signals({ changes: [put(caret(3, 5), '// note')], aftermath: 'other' }), 'nobody');
  });

  it("calls a completion that our own command accepts AI's, and does not name whose it is", () => {
    check(
      signals({ changes: [put(span(3, 2, 3, 5), 'function f() {}', 'fun')], accepting: true, aftermath: 'other' }),
      'ai unknown-assistant observed',
    );
  });

  it('leaves an undo to what was there before', () => {
    check(signals({ undo: true, changes: [put(span(3, 4, 3, 5), '', 'x')] }), 'restored');
  });

  it('calls nobody the author of what no editor shows and of what leaves the file clean', () => {
    const { before: _before, ...unseen } = typed('a');
    check(unseen, 'nobody');
    check({ ...typed('a'), dirty: false }, 'nobody');
    check(signals({ changes: [put(span(3, 4, 3, 5), '', 'x')], dirty: false }), 'nobody');
  });
});

describe('lines that are put in twice, and names that change places', () => {
  it('knows the lines of the selection, put in once more beside them', () => {
    const copy = signals({ changes: [put(caret(3, 0), 'a line;\n')], lines: ['a line;\n'], aftermath: 'other' });
    check(copy, 'doubled');
    check({ ...copy, lines: ['another line;\n'] }, 'nobody');
    check({ ...copy, changes: [put(caret(9, 0), 'a line;\n')] }, 'nobody');
  });

  it("tells them from the clipboard's text by the line break that comes with them", () => {
    const copy = signals({ changes: [put(caret(3, 0), 'a line;\n')], lines: ['a line;\n'], aftermath: 'other' });
    check({ ...copy, clipboard: 'a line;' }, 'doubled');
    check({ ...copy, clipboard: 'a line;\r\n' }, 'pasted');
    check({ ...copy, clipboard: 'a line;', lines: ['another line;\n'] }, 'pasted');
  });

  it('does not take what a tool put in order for lines that a person moved', () => {
    check(
      signals({ changes: [put(span(3, 9, 3, 10), 'a', 'b'), put(span(4, 9, 4, 10), 'b', 'a')], aftermath: 'none' }),
      'nobody',
    );
    const semicolons = [put(span(3, 9, 3, 10), '', ';'), put(caret(4, 9), ';')];
    check(signals({ changes: semicolons, aftermath: 'none' }), 'nobody');
    check(signals({ changes: semicolons, before: [span(3, 9, 3, 10)], aftermath: 'other' }), 'moved');
  });
});

describe('who made a change, when the editor gives its reason', () => {
  const because = (source: string, metadata: Record<string, unknown> = {}, more: Partial<Signals> = {}): Signals =>
    signals({ changes: [put(caret(3, 5), 'text text')], detail: { source, metadata }, ...more });

  it("takes exactly what the editor itself takes for an assistant's work", () => {
    check(because('inlineCompletionAccept', { $extensionId: 'GitHub.copilot' }), 'ai github-copilot reported');
    check(because('inlineCompletionPartialAccept', { $extensionId: 'somebody.else' }), 'ai unknown-assistant reported');
    check(
      because(
        'Chat.applyEdits',
        { $extensionId: 'GitHub.copilot-chat', $modelId: 'a|b|c', $$sessionId: 's1' },
        { dirty: false },
      ),
      'ai github-copilot reported',
    );
    check(because('inlineChat.applyEdits', {}), 'ai unknown-assistant reported');
    for (const source of [
      'unknown',
      'applyEdits',
      'setValue',
      'eolChange',
      'reloadFromDisk',
      'something new',
      'constructor',
    ])
      check(because(source), 'nobody');
  });

  it('names the model and the session, and lets nothing in that is no name', () => {
    const verdict = classify(
      because('Chat.applyEdits', {
        $extensionId: 'GitHub.copilot-chat',
        $modelId: 'copilot|x|gpt-5',
        $$sessionId: 's1',
      }),
    );
    assert.deepEqual(verdict, {
      kind: 'by',
      by: { author: 'ai', assistant: 'github-copilot', model: 'gpt-5', session: 's1', evidence: 'reported' },
    });
    const hostile = classify(because('Chat.applyEdits', { $modelId: 'x|evil\nAI-Lines: +0', $$sessionId: 7 }));
    assert.deepEqual(hostile, {
      kind: 'by',
      by: { author: 'ai', assistant: 'unknown-assistant', evidence: 'reported' },
    });
  });

  it('knows typing, pasting, tools and undone chat edits', () => {
    check(because('cursor', { kind: 'type', detailedSource: 'keyboard' }), PERSON);
    check(because('cursor', { kind: 'compositionEnd' }), PERSON);
    check(because('cursor', { kind: 'paste' }), 'pasted');
    check(because('cursor', { kind: 'executeCommands' }), PERSON);
    check(because('suggest'), 'tool suggestion');
    check(because('rename'), 'tool rename');
    check(
      because('codeAction', { $extensionId: 'vscode.css-language-features' }),
      'tool code action vscode.css-language-features',
    );
    check(because('Chat.undoEdits'), 'restored');
  });

  it("takes one name from the suggestion list as chosen, and what an assistant's extension offers as its own", () => {
    const name = { changes: [put(span(3, 2, 3, 5), 'monthlyCosts', 'mon')] };
    check(because('suggest', {}, name), PERSON);
    check(because('suggest', { $extensionId: 'vscode.typescript-language-features' }, name), PERSON);
    check(because('suggest', { $extensionId: 'TabNine.tabnine-vscode' }, name), 'ai tabnine reported');
    check(because('codeAction', { $extensionId: 'GitHub.copilot-chat' }), 'ai github-copilot reported');
    check(because('suggest', {}, { changes: [put(caret(3, 5), 'for (const x of y) {}')] }), 'tool suggestion');
  });

  it("knows a command of the editor's by its shape, and an extension's edit as nobody's", () => {
    const lines = { changes: [put(span(3, 0, 4, 0), '', 'a line\n')] };
    check(because('unknown', { name: 'editor.action.deleteLines' }, lines), PERSON);
    check(because('unknown', { name: 'editor.action.insertFromSomewhere' }), 'nobody');
    check(because('unknown', { name: 'MainThreadTextEditor' }, lines), 'nobody');
  });

  it('believes the reason rather than a shape or our own bracket', () => {
    check(because('unknown', {}, { accepting: true }), 'nobody');
    check(because('unknown', {}, { changes: [put(span(3, 4, 3, 5), '', 'x')] }), 'nobody');
  });
});
