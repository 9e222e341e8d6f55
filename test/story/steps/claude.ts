import assert from 'node:assert/strict';
import { available, runSession } from '../../support/real-assistants/claude-code';
import { playRecorded } from '../../support/real-assistants/claude-code-recorded';
import { claudeSteps } from '../agents';
import { FOR_CLAUDE } from '../plot';
import { expectRecorded } from '../recorded';
import type { Step } from '../step';
import { CLAUDE } from '../writers';

export const claude: Step = {
  title: 'June asks Claude Code, whose hooks "linekeeper install" sets up',
  async play(stage) {
    const { editor, ledger } = stage;
    await editor.terminal.open();
    await editor.terminal.run('linekeeper install --git --assistant claude-code --user');
    await editor.terminal.wait(/Claude Code: installed in/);
    await stage.shot('hooks-are-installed');
    const session = {
      cwd: editor.workspace.root,
      home: editor.home,
      prompt: FOR_CLAUDE.prompt,
      steps: claudeSteps(FOR_CLAUDE.changes),
    };
    const here = await available();
    if (here.available) {
      const { completed, program, surprises } = await runSession(session);
      assert.ok(completed, `Claude Code did not do everything: ${program.stderr || program.stdout}`);
      assert.deepEqual(surprises, []);
    } else {
      const { hooks } = await playRecorded(session);
      assert.ok(
        hooks.length > 0 && hooks.every((hook) => hook.result.code === 0),
        'the hooks that are set up took every payload',
      );
    }
    for (const change of FOR_CLAUDE.changes) ledger.note(CLAUDE, change);
    const told = await expectRecorded(stage, ['migrations/0003_budgets.sql', 'src/invoice.ts', 'src/usage.ts']);
    return [
      here.available
        ? `Claude Code ${here.version}, the real program, against a model of the story's`
        : `NOT the real program: its recorded payloads were played, because ${here.why}`,
      ...told,
    ];
  },
};
