import assert from 'node:assert/strict';
import { isAssistantExtension } from '../../../src/editor/recording/classify/assistant-extensions';
import { CommandBrackets } from '../../../src/editor/recording/commands/command-brackets';
import {
  isPersonsCommand,
  type Assistants,
  type CommandsRule,
} from '../../../src/editor/recording/commands/editor-commands';
import type { SeenChange, Signals } from '../../../src/editor/recording/classify/change-event';

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

describe('whose it is what a command of the editor did', () => {
  it("is the person's where no assistant is, and nobody's where one may have made it", () => {
    assert.deepEqual(
      (['none', 'idle', 'able', 'working'] as const).map((assistants) => isPersons(LINE, assistants)),
      [true, false, false, false],
    );
  });

  it("is nobody's when it came from disk, while the window was not in front, or with an accepted completion", () => {
    assert.equal(isPersons({ ...LINE, dirty: false }, 'none'), false);
    assert.equal(isPersons({ ...LINE, focused: false }, 'none'), false);
    assert.equal(isPersons({ ...LINE, accepting: true }, 'none'), false);
    assert.equal(isPersons({ ...LINE, undo: true }, 'none'), false);
  });

  it('follows the setting', () => {
    assert.deepEqual(
      (['none', 'idle', 'able', 'working'] as const).map((assistants) => isPersons(LINE, assistants, 'strict')),
      [false, false, false, false],
    );
    assert.deepEqual(
      (['none', 'idle', 'able', 'working'] as const).map((assistants) => isPersons(LINE, assistants, 'lenient')),
      [true, true, true, false],
    );
    assert.equal(isPersons({ ...LINE, command: 'command' }, 'able', 'strict'), true);
  });

  it("is the person's whoever else is there when they were seen to call it", () => {
    assert.equal(isPersons({ ...LINE, command: 'command', focused: false }, 'working'), true);
    assert.equal(isPersons({ ...signals([change('rate', 'price')]), command: 'rename' }, 'able'), true);
    assert.equal(isPersons({ ...LINE, changes: [change('', 'one;\ntwo;')], command: 'rename' }, 'able'), false);
  });

  it('takes what comes behind Organize Imports only as far as it is made of what was there', () => {
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

  it('knows of a save and a move only what it knows without them', () => {
    for (const command of ['save', 'move'] as const)
      assert.deepEqual(
        [isPersons({ ...LINE, command }, 'none'), isPersons({ ...LINE, command }, 'able')],
        [true, false],
      );
  });

  it('takes a name from the list as chosen, and longer items where no assistant offers any', () => {
    const item = (text: string): Signals => ({ ...signals([change('mon', text)]), command: 'suggestion' });
    for (const name of ['monthlyCosts', '.toUpperCase', '?.length', 'total()', 'color: ;', 'href=""'])
      assert.equal(isPersons(item(name), 'able'), true, name);
    assert.equal(isPersons(item('for (const item of list) {\n}'), 'able'), false);
    assert.equal(isPersons(item('for (const item of list) {\n}'), 'idle'), true);
  });

  it('beside an assistant that rests and reports its turns takes only what no completion does', () => {
    const yes: readonly Signals[] = [
      signals([change('const  a=1', 'const a = 1;')]),
      signals([change('rate', 'price'), change('rate', 'price', 9)]),
      signals([change('one', 'ONE')]),
      signals([change('pear\napple\n', 'apple\npear\n')]),
      signals([change('mon', 'monthlyCosts')], { typedNext: true }),
    ];
    const no: readonly Signals[] = [
      signals([change('rate', 'price')]),
      signals([change('rate', 'price'), change('rate', 'cost', 9)]),
      signals([change('pear\napple\n', 'apple\nplum\n')]),
      signals([change('mon', 'monthlyCosts')]),
      signals([change('', 'x\n'), change('', 'x\n', 5)]),
    ];
    for (const one of yes)
      assert.deepEqual([isPersons(one, 'idle'), isPersons(one, 'able')], [true, false], JSON.stringify(one.changes));
    for (const one of no) assert.equal(isPersons(one, 'idle'), false, JSON.stringify(one.changes));
  });
});

describe('which extensions are assistants', () => {
  const check = (expected: boolean, id: string, manifest: Readonly<Record<string, unknown>> = {}): void => {
    assert.equal(isAssistantExtension(id, manifest), expected, id);
  };

  it('knows those that it knows, and others by what they contribute or say', () => {
    check(true, 'GitHub.copilot-chat', { isBuiltin: true, publisher: 'GitHub' });
    check(true, 'someone.helper', { contributes: { languageModelTools: [{ name: 'x' }] } });
    check(true, 'someone.helper', { contributes: { chatParticipants: [{}] } });
    check(true, 'someone.helper', { categories: ['Other', 'AI'] });
    check(true, 'someone.helper', { description: 'Writes whole functions with an LLM.' });
    check(true, 'someone.helper', { keywords: ['GPT-4'] });
    check(true, 'someone.helper', { enabledApiProposals: ['inlineCompletionsAdditions'] });
    check(true, 'someone.helper', { extensionDependencies: ['github.copilot-chat'] });
  });

  it('takes language services, formatters and themes for none, and reads odd manifests', () => {
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

describe('commands that are at work', () => {
  it('covers a document, or all, for as long as they last', () => {
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
