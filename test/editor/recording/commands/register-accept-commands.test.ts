import assert from 'node:assert/strict';
import '../../../support/vscode/register';
import type * as vscode from 'vscode';
import { registerAcceptCommands } from '../../../../src/editor/recording/commands/register-accept-commands';
import { Accepting } from '../../../../src/editor/recording/commands/accepting-completion';
import { commands } from '../../../support/vscode/commands';
import { current, newWindow } from '../../../support/vscode/state';
import { changeSettings } from '../../../support/vscode/workspace';

const NEXT_LINE = 'editor.action.inlineSuggest.acceptNextLine';

describe("the editor's own commands that accept ghost text", () => {
  let registered: vscode.Disposable | undefined;
  afterEach(() => {
    registered?.dispose();
  });

  function begin(isCopilotTheOnlyOne = true): void {
    newWindow();
    registered = registerAcceptCommands(new Accepting(Date.now), { isCopilotTheOnlyOne });
  }
  const isTaken = (): boolean => current.window.commands.has(NEXT_LINE);

  it('each of several calls at once: is answered by the editor once, and the id is ours again after them', async () => {
    begin();
    assert.ok(isTaken());
    await Promise.all([1, 2, 3].map(() => commands.executeCommand(NEXT_LINE)));
    assert.equal(current.window.acceptances, 3);
    assert.ok(isTaken());
  });

  it('an id: is left to the editor when another assistant is installed', async () => {
    begin(false);
    assert.ok(!isTaken());
    await commands.executeCommand(NEXT_LINE);
    assert.equal(current.window.acceptances, 1);
  });

  it('an id: is given back when the setting turns our keys off, and taken again when it turns them on', () => {
    begin();
    changeSettings({ 'linekeeper.keybindings.enabled': false });
    assert.ok(!isTaken());
    changeSettings({ 'linekeeper.keybindings.enabled': true });
    assert.ok(isTaken());
  });

  it("another extension's id: stays its own", () => {
    newWindow();
    const theirs = commands.registerCommand(NEXT_LINE, () => undefined);
    registered = registerAcceptCommands(new Accepting(Date.now), { isCopilotTheOnlyOne: true });
    theirs.dispose();
    assert.ok(!isTaken());
  });
});
