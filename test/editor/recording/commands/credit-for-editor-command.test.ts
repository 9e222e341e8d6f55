import assert from 'node:assert/strict';
import { isAssistantExtension } from '../../../../src/editor/recording/classify/is-assistant-extension';
import { CommandBrackets } from '../../../../src/editor/recording/commands/command-brackets';
import {
  isPersonsCommand,
  type CommandsRule,
} from '../../../../src/editor/recording/commands/credit-for-editor-command';
import type { Assistants } from '../../../../src/editor/recording/chat/assistants-editing-unseen';
import type { SeenChange, Signals, Span } from '../../../../src/editor/recording/classify/change-event';

const change = (deleted: string, inserted: string, line = 3): SeenChange => ({
  span: { start: { line, character: 0 }, end: { line, character: deleted.length } },
  deleted,
  inserted,
});
const signals = (changes: readonly SeenChange[], more: Partial<Signals> = {}): Signals => ({
  changes,
  undo: false,
  accepting: false,
  dirty: true,
  focused: true,
  aftermath: 'other',
  ...more,
});

const LINE = signals([change('', 'const total = rates.reduce((sum, rate) => sum + rate, 0);')]);
const isPersons = (
  given: Signals,
  assistants: Assistants,
  rule: CommandsRule = 'fair',
  offersItems = assistants === 'able',
): boolean => isPersonsCommand(given, { assistants, rule, offersItems });

describe("isPersons: whether an editor command's edit is the person's", () => {
  it('yes without an assistant that may edit unseen, no with one', () => {
    assert.deepEqual(
      (['none', 'silent', 'able', 'working'] as const).map((assistants) => isPersons(LINE, assistants)),
      [true, true, false, false],
    );
  });

  it('no for a clean document, a window in the background, an accepted completion and an undo', () => {
    assert.equal(isPersons({ ...LINE, dirty: false }, 'none'), false);
    assert.equal(isPersons({ ...LINE, focused: false }, 'none'), false);
    assert.equal(isPersons({ ...LINE, accepting: true }, 'none'), false);
    assert.equal(isPersons({ ...LINE, undo: true }, 'none'), false);
  });

  it('the setting strict always says no, and lenient only while an assistant is working', () => {
    assert.deepEqual(
      (['none', 'silent', 'able', 'working'] as const).map((assistants) => isPersons(LINE, assistants, 'strict')),
      [false, false, false, false],
    );
    assert.deepEqual(
      (['none', 'silent', 'able', 'working'] as const).map((assistants) => isPersons(LINE, assistants, 'lenient')),
      [true, true, true, false],
    );
    assert.equal(isPersons({ ...LINE, command: 'command' }, 'able', 'strict'), true);
  });

  it("yes when the person was seen calling the command or a rename, but not for a rename's new lines", () => {
    assert.equal(isPersons({ ...LINE, command: 'command', focused: false }, 'working'), true);
    assert.equal(isPersons({ ...signals([change('rate', 'price')]), command: 'rename' }, 'able'), true);
    assert.equal(isPersons({ ...LINE, changes: [change('', 'one;\ntwo;')], command: 'rename' }, 'able'), false);
  });

  it('yes for Organize Imports that reorders lines, no when a new line comes with it', () => {
    const imports = signals(
      [
        change("import { b } from './b';", "import { a } from './a';"),
        change("import { a } from './a';", "import { b } from './b';", 4),
      ],
      { command: 'imports' },
    );
    assert.equal(isPersons(imports, 'able'), true);
    assert.equal(isPersons({ ...imports, changes: [...imports.changes, change('', 'fetch(url);', 9)] }, 'able'), false);
  });

  it('several changes: may be one accepted edit only with the caret behind the last of them', () => {
    const at = (line: number, character = 4): Span => ({ start: { line, character }, end: { line, character } });
    const isTheirs = (changes: readonly SeenChange[], after: Span, before = [at(9)]): boolean =>
      isPersons(signals(changes, { before, after: [after] }), 'silent');
    const two = [change('cost', 'toll'), change('Cost', 'Toll', 5)];
    assert.equal(isTheirs(two, at(3)), true);
    assert.equal(isTheirs(two, at(5)), false);
    assert.equal(isPersons(signals(two, { before: [at(9)], after: [at(3)] }), 'able'), false);
    // The same in two lines, and what only deletes, as an editor reports a next edit of two lines.
    assert.equal(isTheirs([change('cost', 'toll'), change('cost', 'toll', 5)], at(5)), false);
    assert.equal(isTheirs([change('fee', ''), change('fee', '', 5)], at(5, 0)), false);
    assert.equal(isTheirs([change('fee', ''), change('fee', '', 5)], at(9)), true);
    // The caret was there already, and went along.
    assert.equal(isTheirs(two, at(5), [at(5)]), true);
    assert.equal(isTheirs([change('cost', 'toll'), change('rate', 'cost', 5)], at(5), [at(5)]), false);
    // What is accepted goes to each caret, and may bring an import.
    assert.equal(isTheirs(two, at(3), [at(3), at(5)]), false);
    assert.equal(isTheirs([change('cost', 'toll'), change('', "import { a } from './a';\n", 9)], at(3)), false);
  });

  it("a formatter's work: is theirs when it writes words in capitals on new lines", () => {
    const behind: Partial<Signals> = { before: [{ start: { line: 3, character: 9 }, end: { line: 3, character: 9 } }] };
    assert.equal(isPersons(signals([change('a from b', 'a\nFROM b')], behind), 'silent'), true);
    assert.equal(isPersons(signals([change('a from b', 'a\nFROM c')], behind), 'silent'), false);
  });

  it('lines with a tag around each: are theirs over the selected ones', () => {
    const selected: Span = { start: { line: 3, character: 0 }, end: { line: 4, character: 3 } };
    const wrapped = (inserted: string, before: readonly Span[], deleted = 'one\ntwo'): Signals =>
      signals([{ span: selected, deleted, inserted }], { before, after: before });
    assert.equal(isPersons(wrapped('<li>one</li>\n<li>two</li>', [selected]), 'silent'), true);
    assert.equal(isPersons(wrapped('<ul>\n  <li>one</li>\n  <li>two</li>\n</ul>', [selected]), 'silent'), true);
    assert.equal(isPersons(wrapped('<li>one</li>\n<li>three</li>', [selected]), 'silent'), false);
    // Other tags in place of the selected ones, and comparisons that look like tags.
    assert.equal(isPersons(wrapped('<a href="/b">one</a>', [selected], '<a href="/a">one</a>'), 'silent'), false);
    assert.equal(isPersons(wrapped('if (a < q || z > d)', [selected], 'if (a < b && c > d)'), 'silent'), false);
  });

  it('text with the caret within it: is theirs beside a silent assistant, unless that offers items of a list', () => {
    const place: Span = { start: { line: 3, character: 1 }, end: { line: 3, character: 5 } };
    const link = signals([change('', '[text](target.md)')], { before: [place], after: [place] });
    assert.deepEqual(
      [isPersons(link, 'silent'), isPersons(link, 'silent', 'fair', true), isPersons(link, 'able')],
      [true, false, false],
    );
  });

  it('action on the whole file: is theirs when it only adds imports beside a silent assistant', () => {
    const added = (text: string): Signals =>
      signals([change('', text, 0)], {
        command: 'source',
        before: [{ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }],
        after: [{ start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }],
      });
    assert.equal(isPersons(added("import { due } from './due';\n\n"), 'silent'), true);
    assert.equal(isPersons(added('charge(due);\n\n'), 'silent'), false);
    assert.equal(isPersons(added("import { due } from './due';\n\n"), 'able'), false);
  });

  it('the commands save and move change nothing in the answer', () => {
    for (const command of ['save', 'move'] as const)
      assert.deepEqual(
        [isPersons({ ...LINE, command }, 'none'), isPersons({ ...LINE, command }, 'able')],
        [true, false],
      );
  });

  it('yes for a name from the suggestion list, and for a longer item when no assistant offers any', () => {
    const item = (text: string): Signals => ({ ...signals([change('mon', text)]), command: 'suggestion' });
    for (const name of ['monthlyCosts', '.toUpperCase', '?.length', 'total()', 'color: ;', 'href=""'])
      assert.equal(isPersons(item(name), 'able'), true, name);
    assert.equal(isPersons(item('for (const item of list) {\n}'), 'able'), false);
    assert.equal(isPersons(item('for (const item of list) {\n}'), 'silent'), true);
  });

  it('beside an assistant whose edits are seen: yes for an edit that cannot be an accepted suggestion', () => {
    const caret = (line: number, character: number, to = character): Span => ({
      start: { line, character },
      end: { line, character: to },
    });
    const left = (of: Signals, before: Span, after: Span): Signals => ({ ...of, before: [before], after: [after] });
    const tag = signals([{ ...change('', '</main>'), span: caret(3, 6) }]);
    const fix = signals([change('', "import { a } from './a';\n", 0)]);
    const at = (one: SeenChange, character: number): SeenChange => ({
      ...one,
      span: {
        start: { line: one.span.start.line, character },
        end: { line: one.span.end.line, character: character + one.deleted.length },
      },
    });
    const price = signals([at(change('rate', 'costs'), 2)]);
    const yes: readonly Signals[] = [
      // What has the shape of a command, wherever the caret is.
      ...[
        signals([change('const  a=1', 'const a = 1;')]),
        signals([change('rate', 'price'), change('rate', 'price', 9)]),
        signals([change('one', 'ONE')]),
        signals([change('one = 1;\ntwo = 2;', 'ONE = 1;\nTWO = 2;')]),
        signals([change('costOfAll', 'cost_of_all')]),
        signals([change('pear\napple\n', 'apple\npear\n')]),
        signals([change('ts', 'st')]),
        signals([change('mon', 'monthlyCosts')], { typedNext: true }),
      ].map((one) => left(one, caret(3, 0), { start: caret(9, 9).end, end: caret(9, 9).end })),
      left(tag, caret(3, 6), caret(3, 6)),
      left(fix, caret(7, 4), caret(8, 4)),
      left(price, caret(3, 3), caret(3, 3)),
      // No acceptance selects anything where nothing was selected.
      left(price, caret(3, 6), caret(3, 2, 6)),
      left(signals([at(change('rate', 'costs'), 2), at(change('', ' = 1;', 1), 7)]), caret(3, 2, 6), caret(3, 2, 7)),
      // A snippet, with the caret at its first place.
      left(signals([at(change('', 'for (;;) {\n}'), 2)]), caret(3, 2), caret(3, 7)),
      { ...fix, aftermath: 'none', before: [caret(7, 4)] },
      { ...signals([change('', 'moved();\n', 0)]), aftermath: 'none' },
      { ...left(signals([change('one();\n', '')]), caret(7, 2), caret(6, 2)), command: 'fix' },
      // Over the selected words, with the caret behind them and another text on the clipboard.
      { ...left(price, caret(3, 2, 6), caret(3, 7)), clipboard: 'copied' },
      // Behind another document, wherever its caret is, as from a row of the Search view.
      { ...left(signals([change('rate', 'price')]), caret(3, 0), caret(3, 5)), isBehind: true },
    ];
    const no: readonly Signals[] = [
      left(price, caret(3, 4), caret(3, 7)),
      left(price, caret(9, 0), caret(3, 7)),
      left(price, caret(3, 2, 6), caret(3, 2, 7)),
      left(price, caret(3, 2, 6), caret(3, 7)),
      left(signals([change('rate', 'price'), change('rate', 'cost', 9)]), caret(3, 2), caret(9, 4)),
      { ...signals([at(change('cost', 'sums'), 2)]), aftermath: 'none', before: [caret(3, 6)] },
      // Whole lines for whole lines, as a suggestion of a review puts them; lines that only come, or only go.
      left(signals([change('call(one);', 'call(two);')]), caret(3, 2), caret(3, 2)),
      left(signals([change('call(one);', 'return 2')]), caret(3, 2), caret(3, 2)),
      left(signals([change('', 'call(one);\n')]), caret(7, 2), caret(8, 2)),
      left(signals([change('call(one);\n', '')]), caret(7, 2), caret(6, 2)),
      // What may have been dropped, or pasted above the line.
      left(signals([at(change('', 'from elsewhere'), 2)]), caret(7, 2), caret(3, 2, 16)),
      left(signals([change('', 'import from elsewhere;\n')]), caret(3, 2), caret(4, 2)),
    ];
    for (const one of yes)
      assert.deepEqual([isPersons(one, 'silent'), isPersons(one, 'able')], [true, false], JSON.stringify(one));
    for (const one of no) assert.equal(isPersons(one, 'silent'), false, JSON.stringify(one));
  });
});

describe('isAssistant: whether an extension is an assistant', () => {
  const check = (expected: boolean, id: string, manifest: Readonly<Record<string, unknown>> = {}): void => {
    assert.equal(isAssistantExtension(id, manifest), expected, id);
  };

  it('yes for known ones, and by contributed tools, participants, keywords, proposals and dependencies', () => {
    check(true, 'GitHub.copilot-chat', { isBuiltin: true, publisher: 'GitHub' });
    check(true, 'someone.helper', { contributes: { languageModelTools: [{ name: 'x' }] } });
    check(true, 'someone.helper', { contributes: { chatParticipants: [{}] } });
    check(true, 'someone.helper', { categories: ['Other', 'AI'] });
    check(true, 'someone.helper', { description: 'Writes whole functions with an LLM.' });
    check(true, 'someone.helper', { keywords: ['GPT-4'] });
    check(true, 'someone.helper', { enabledApiProposals: ['inlineCompletionsAdditions'] });
    check(true, 'someone.helper', { extensionDependencies: ['github.copilot-chat'] });
  });

  it('no for formatters, Vim, language services and malformed manifests', () => {
    check(false, 'esbenp.prettier-vscode', {
      displayName: 'Prettier - Code formatter',
      description: 'Code formatter using prettier',
      categories: ['Formatters'],
    });
    check(false, 'vscodevim.vim', {
      description: 'Vim emulation for Visual Studio Code',
      keywords: ['vim', 'keybindings'],
    });
    check(false, 'ms-python.python', {
      description: 'Python language support with IntelliSense, formatting and debugging.',
    });
    check(false, 'vscode.mermaid-markdown-features', {
      publisher: 'vscode',
      isBuiltin: true,
      contributes: { languageModelTools: [{ name: 'diagram' }] },
    });
    check(true, 'vscode.mermaid-markdown-features', {
      publisher: 'vscode',
      contributes: { languageModelTools: [{ name: 'diagram' }] },
    });
    check(false, 'odd.one', {
      displayName: 7,
      categories: 'AI',
      keywords: [null, 3],
      contributes: 'chatParticipants',
      description: ['AI'],
    });
  });
});

describe('CommandBrackets', () => {
  it('a running command covers its document, or all, until each begin has its end', () => {
    const brackets = new CommandBrackets();
    brackets.begin('command', 'a');
    assert.deepEqual([brackets.covering('a'), brackets.covering('b')], ['command', undefined]);
    brackets.begin('rename', undefined);
    brackets.begin('command', 'a');
    assert.deepEqual([brackets.covering('a'), brackets.covering('b')], ['command', 'rename']);
    brackets.end('command', 'a');
    brackets.end('rename', undefined);
    assert.deepEqual([brackets.covering('a'), brackets.covering('b')], ['command', undefined]);
    brackets.end('command', 'a');
    brackets.end('command', 'a');
    assert.equal(brackets.covering('a'), undefined);
  });
});
