import assert from 'node:assert/strict';
import '../../../support/vscode/register';
import type * as vscode from 'vscode';
import { registerEditorCommands } from '../../../../src/editor/recording/commands/register-editor-commands';
import { CommandBrackets } from '../../../../src/editor/recording/commands/command-brackets';
import { CodeActionTriggerKind } from '../../../support/vscode/enums';
import { newWindow, type WindowState } from '../../../support/vscode/state';
import { CodeActionKind, Uri } from '../../../support/vscode/values';

const FILE = Uri.file('/here/a.js');

describe('commands of a person that the recorder knows to be running:', () => {
  let state: WindowState;
  let brackets: CommandBrackets;
  let registered: vscode.Disposable;

  beforeEach(() => {
    state = newWindow();
    brackets = new CommandBrackets();
    registered = registerEditorCommands(brackets);
  });
  afterEach(() => {
    registered.dispose();
  });

  /** The editor asks for actions: of a kind, and by itself or because the person opened a menu. */
  function asked(only: CodeActionKind | undefined, triggerKind: vscode.CodeActionTriggerKind): string | undefined {
    for (const { provider } of state.actions)
      void provider.provideCodeActions(
        { uri: FILE } as never,
        undefined as never,
        { diagnostics: [], triggerKind, only } as never,
        undefined as never,
      );
    return brackets.covering(FILE.toString());
  }

  it("a linter's fix of a save: belongs to the save when the editor asks for it before it reports the save", () => {
    const ofFile = new CodeActionKind('source.fixAll');
    assert.equal(asked(ofFile, CodeActionTriggerKind.Automatic), 'save');
    state.on.save.fire({ uri: FILE } as never);
    assert.equal(brackets.covering(FILE.toString()), undefined);
  });

  it('a light bulb: is no command when the editor looks for fixes by itself', () => {
    assert.equal(asked(undefined, CodeActionTriggerKind.Automatic), undefined);
    assert.equal(asked(CodeActionKind.QuickFix, CodeActionTriggerKind.Automatic), undefined);
  });
});
