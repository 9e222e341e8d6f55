import assert from 'node:assert/strict';
import { copilotCalls } from '../agents';
import { FOR_COPILOT } from '../plot';
import { expectRecorded } from '../recorded';
import type { Step } from '../step';
import { COPILOT } from '../writers';

export const copilot: Step = {
  title: "June asks the editor's own agent, whose hooks the extension brings along",
  async play(stage) {
    const { editor, ledger, model } = stage;
    const { changes, prompt, say, end } = FOR_COPILOT;
    await editor.chat.enable();
    await editor.chat.open();
    const [first, ...others] = copilotCalls(changes, (path) => editor.workspace.at(path));
    model.play([{ say, calls: first ? [first] : [] }, ...others.map((call) => ({ calls: [call] })), { say: end }]);
    await editor.chat.ask(prompt);
    await editor.chat.wait(end, 120_000);
    assert.deepEqual(model.surprises, []);
    assert.ok(model.finished, 'the agent did everything that the model said');
    for (const change of changes) ledger.note(COPILOT, change);
    const told = await expectRecorded(stage, ['src/budget.ts', 'src/service.ts', 'infra/prod/main.tf']);
    await editor.text.open('infra/prod/main.tf');
    await stage.shot('the-agent-worked');
    await editor.chat.keepAll();
    await editor.workbench.tidy();
    return told;
  },
};
