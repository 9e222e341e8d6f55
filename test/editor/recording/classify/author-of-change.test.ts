import assert from 'node:assert/strict';
import { classify, needsClipboard, type Verdict } from '../../../../src/editor/recording/classify/author-of-change';
import type { SeenChange, Signals, Span } from '../../../../src/editor/recording/classify/change-event';

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

describe('classify, for an edit without a reason from VS Code', () => {
  it("typed characters are the person's when a keyboard selection follows them at the right place", () => {
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

  it("a key press: is the person's when a program has moved the caret away from it meanwhile", () => {
    check({ ...typed('e', caret(0, 6)), before: [caret(6, 1)] }, PERSON);
    check({ ...typed('e', caret(0, 6), caret(6, 1)), before: [caret(6, 1)] }, 'nobody');
    check({ ...typed('else', caret(0, 6)), before: [caret(6, 1)] }, 'nobody');
    check({ ...typed('e', caret(0, 6)), before: [caret(6, 1)], aftermath: 'other' }, 'nobody');
    const over = (inserted: string): Signals =>
      signals({
        changes: [put(span(0, 5, 0, 6), inserted, ' ')],
        before: [caret(6, 1)],
        aftermath: 'keyboard',
        after: [caret(0, 6)],
      });
    check(over('x'), PERSON);
    check({ ...over('x'), aftermath: 'other' }, 'nobody');
  });

  it("a Korean syllable: is the person's when an input method composes it without a move of the caret", () => {
    const composed = (deleted: string, inserted: string, at = span(3, 4, 3, 5)): Signals =>
      signals({ changes: [put(at, inserted, deleted)] });
    check(composed('ㅎ', '하'), PERSON);
    check(composed('하', '한'), PERSON);
    check(composed('하', '한', span(3, 5, 3, 6)), 'nobody');
    check(composed('a', 'b'), 'nobody');
    check(composed('<', '≤'), 'nobody');
    check(composed('하나', '둘셋', span(3, 3, 3, 5)), 'nobody');
    check({ ...composed('하', '한'), aftermath: 'other', after: [caret(3, 5)] }, 'nobody');
  });

  it("an accented letter: is the person's in the place of its accent alone, as a dead key composes it", () => {
    const composed = (deleted: string, inserted: string): Signals =>
      signals({ changes: [put(span(3, 4, 3, 5), inserted, deleted)] });
    for (const [deadKey, letter] of [
      ['´', 'é'],
      ['^', 'ô'],
      ['~', 'ñ'],
      ["'", 'É'],
    ] as const)
      check(composed(deadKey, letter), PERSON);
    check(composed('e', 'é'), 'nobody');
    check(composed('´', 'e'), 'nobody');
    check(composed("'", '’'), 'nobody');
    check({ ...composed('´', 'é'), aftermath: 'other', after: [caret(3, 5)] }, 'nobody');
  });

  it('the selected text inserted elsewhere: counts as doubled only when the editor selects it there, as a drop does', () => {
    const dropped = (after: Span, selected = 'source'): Signals =>
      signals({
        changes: [put(caret(2, 0), 'source')],
        before: [span(0, 0, 0, 6)],
        aftermath: 'other',
        after: [after],
        selected,
      });
    check(dropped(span(2, 0, 2, 6)), 'doubled');
    check(dropped(caret(2, 6)), 'nobody');
    check(dropped(span(2, 0, 2, 6), 'others'), 'nobody');
  });

  it("typing at several carets, and brackets put around a selection, are the person's", () => {
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

  it("one character typed over selected lines is the person's, without a keyboard selection too", () => {
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

  it("the text that an input method puts in place of its draft is the person's", () => {
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

  it("text inserted at the caret is nobody's when the next selection lies elsewhere", () => {
    check(signals({ changes: [put(caret(3, 5), 'x')], aftermath: 'keyboard', after: [caret(2, 5)] }), 'nobody');
    check(signals({ changes: [put(caret(9, 0), 'x')], aftermath: 'keyboard', after: [caret(3, 6)] }), 'nobody');
  });

  it('a link made by pasting an address over a word counts as pasted', () => {
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

  it("longer typed text is the person's only when the clipboard is known to hold other text", () => {
    const word = typed('hello');
    assert.equal(needsClipboard(word), true);
    assert.equal(needsClipboard(typed('a')), false);
    assert.equal(needsClipboard(typed('()')), false);
    check({ ...word, clipboard: 'something else' }, PERSON);
    check({ ...word, clipboard: 'hello' }, 'pasted');
    check(word, 'nobody');
  });

  it('lines of the clipboard count as pasted, also re-indented or one for each caret', () => {
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

  it('an empty line swapped with the line above or below it counts as moved', () => {
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

  it('a bracket with its line break is not one key press', () => {
    const bracket = signals({ changes: [put(caret(3, 5), '}\n')], aftermath: 'keyboard', after: [caret(4, 0)] });
    assert.equal(needsClipboard(bracket), true);
    check({ ...bracket, clipboard: '}\n' }, 'pasted');
    check(bracket, 'nobody');
  });

  it("Enter is the person's, with indentation, a comment prefix or between brackets", () => {
    for (const text of ['\n', '\r\n    ', '\n  \n', '\n * ', '\n// ', '\n# ', '\n- '])
      check(signals({ changes: [put(caret(3, 5), text)], aftermath: 'other' }), PERSON);
    check(signals({ changes: [put(span(3, 5, 3, 8), '\n', '   ')], aftermath: 'other' }), PERSON);
    check(signals({ changes: [put(caret(3, 5), '\nreturn 1;')], aftermath: 'other' }), 'nobody');
    check(signals({ changes: [put(caret(7, 0), '\n')], aftermath: 'other' }), 'nobody');
  });

  it("a closing bracket that the editor outdents is the person's", () => {
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

  it("Tab and Shift+Tab on the selected lines are the person's", () => {
    check(signals({ changes: [put(caret(3, 5), '  ')], aftermath: 'other' }), PERSON);
    const before = [span(2, 0, 4, 3)];
    check(signals({ before, changes: [2, 3, 4].map((line) => put(caret(line, 0), '\t')), aftermath: 'other' }), PERSON);
    check(signals({ before, changes: [put(span(2, 0, 2, 4), '', '    ')], aftermath: 'other' }), PERSON);
    check(signals({ before, changes: [put(caret(9, 0), '\t')], aftermath: 'other' }), 'nobody');
  });

  it("Backspace and Delete of a character, word, selection, bracket pair or line are the person's", () => {
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

  it("a deletion away from the caret, or of many lines around it, is nobody's", () => {
    check(signals({ changes: [put(span(8, 0, 8, 4), '', 'gone')], aftermath: 'other' }), 'nobody');
    check(signals({ changes: [put(span(1, 0, 6, 0), '', 'a\nb\nc\nd\ne\n')], aftermath: 'other' }), 'nobody');
    check(signals({ changes: [put(span(3, 5, 8, 0), '', 'a\nb\nc\nd\ne\n')], aftermath: 'other' }), 'nobody');
  });

  it('lines that change places count as moved', () => {
    const changes = [put(span(2, 10, 3, 8), '', '\n  line B'), put(caret(2, 0), '  line B\n')];
    check(signals({ changes, aftermath: 'other' }), 'moved');
    check(
      signals({ changes: [changes[0] as SeenChange, put(caret(2, 0), '  line C\n')], aftermath: 'other' }),
      'nobody',
    );
  });

  it('a line moved past a blank one counts as moved', () => {
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

  it("a comment mark put before the selected lines, or taken away, is the person's", () => {
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

  it("a completion accepted by our own command is AI's, by an unknown assistant", () => {
    check(
      signals({ changes: [put(span(3, 2, 3, 5), 'function f() {}', 'fun')], accepting: true, aftermath: 'other' }),
      'ai unknown-assistant observed',
    );
  });

  it("a single name that is accepted: is nobody's when the editor's own services may have offered it, and more is AI's", () => {
    const accepted = (inserted: string, mayBeOwnOffer?: true): Signals =>
      signals({
        changes: [put(span(3, 2, 3, 5), inserted, 'cha')],
        accepting: true,
        ...(mayBeOwnOffer ? { mayBeOwnOffer } : {}),
      });
    check(accepted('charges', true), 'nobody');
    check(accepted('charges'), 'ai unknown-assistant observed');
    check(accepted('charges(of, all)', true), 'ai unknown-assistant observed');
  });

  it('an undo is classified as restored text', () => {
    check(signals({ undo: true, changes: [put(span(3, 4, 3, 5), '', 'x')] }), 'restored');
  });

  it("an edit that no text editor shows, or that leaves the document clean, is nobody's", () => {
    const { before: _before, ...unseen } = typed('a');
    check(unseen, 'nobody');
    check({ ...typed('a'), dirty: false }, 'nobody');
    check(signals({ changes: [put(span(3, 4, 3, 5), '', 'x')], dirty: false }), 'nobody');
  });
});

describe('classify, for duplicated lines and swapped names', () => {
  it('a copy of the selected lines beside them counts as doubled', () => {
    const copy = signals({ changes: [put(caret(3, 0), 'a line;\n')], lines: ['a line;\n'], aftermath: 'other' });
    check(copy, 'doubled');
    check({ ...copy, lines: ['another line;\n'] }, 'nobody');
    check({ ...copy, changes: [put(caret(9, 0), 'a line;\n')] }, 'nobody');
  });

  it('copied lines at several carets: count as doubled when each is of its own caret', () => {
    const copies = signals({
      changes: [put(caret(7, 0), 'beta;\n'), put(caret(3, 0), 'alpha;\n')],
      before: [caret(3, 2), caret(7, 1)],
      lines: ['alpha;\n', 'beta;\n'],
      aftermath: 'other',
    });
    check(copies, 'doubled');
    check({ ...copies, lines: ['beta;\n', 'alpha;\n'] }, 'nobody');
    check({ ...copies, before: [caret(3, 2)], lines: ['alpha;\n'] }, 'nobody');
  });

  it('a line break at the end tells pasted lines from duplicated ones', () => {
    const copy = signals({ changes: [put(caret(3, 0), 'a line;\n')], lines: ['a line;\n'], aftermath: 'other' });
    check({ ...copy, clipboard: 'a line;' }, 'doubled');
    check({ ...copy, clipboard: 'a line;\r\n' }, 'pasted');
    check({ ...copy, clipboard: 'a line;', lines: ['another line;\n'] }, 'pasted');
  });

  it("a swap of characters without a selection event is nobody's, with one it counts as moved", () => {
    check(
      signals({ changes: [put(span(3, 9, 3, 10), 'a', 'b'), put(span(4, 9, 4, 10), 'b', 'a')], aftermath: 'none' }),
      'nobody',
    );
    const semicolons = [put(span(3, 9, 3, 10), '', ';'), put(caret(4, 9), ';')];
    check(signals({ changes: semicolons, aftermath: 'none' }), 'nobody');
    check(signals({ changes: semicolons, before: [span(3, 9, 3, 10)], aftermath: 'other' }), 'moved');
  });
});

describe("classify, for an edit with VS Code's reason", () => {
  const because = (source: string, metadata: Record<string, unknown> = {}, more: Partial<Signals> = {}): Signals =>
    signals({ changes: [put(caret(3, 5), 'text text')], detail: { source, metadata }, ...more });

  it("the reasons of an accepted suggestion and a chat edit make it AI's; other sources make it nobody's", () => {
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

  it('a chat edit names model and session, and malformed names are dropped', () => {
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

  it('typing, pasting, renames, code actions and undone chat edits are told apart', () => {
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

  it("a name from the suggestion list is the person's, a suggestion of an assistant's extension is AI's", () => {
    const name = { changes: [put(span(3, 2, 3, 5), 'monthlyCosts', 'mon')] };
    check(because('suggest', {}, name), PERSON);
    check(because('suggest', { $extensionId: 'vscode.typescript-language-features' }, name), PERSON);
    check(because('suggest', { $extensionId: 'TabNine.tabnine-vscode' }, name), 'ai tabnine reported');
    check(because('codeAction', { $extensionId: 'GitHub.copilot-chat' }), 'ai github-copilot reported');
    check(because('suggest', {}, { changes: [put(caret(3, 5), 'for (const x of y) {}')] }), 'tool suggestion');
  });

  it("a built-in command is judged by the shape of its change, and an extension's edit is nobody's", () => {
    const lines = { changes: [put(span(3, 0, 4, 0), '', 'a line\n')] };
    check(because('unknown', { name: 'editor.action.deleteLines' }, lines), PERSON);
    check(because('unknown', { name: 'editor.action.insertFromSomewhere' }), 'nobody');
    check(because('unknown', { name: 'MainThreadTextEditor' }, lines), 'nobody');
  });

  it("an unknown reason makes the edit nobody's, whatever its shape and our own bracket", () => {
    check(because('unknown', {}, { accepting: true }), 'nobody');
    check(because('unknown', {}, { changes: [put(span(3, 4, 3, 5), '', 'x')] }), 'nobody');
  });
});
