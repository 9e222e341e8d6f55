import assert from 'node:assert/strict';
import { available, runSession } from '../../support/real-assistants/claude-code';
import { playRecorded } from '../../support/real-assistants/claude-code-recorded';
import { until } from '../../editor/host';
import { AGAIN, DATABASE } from '../after-merge';
import { claudeSteps } from '../agents';
import type { Stage } from '../stage';
import type { Step } from '../step';

export const warned: Step = {
  title: 'Weeks later an agent does the same: it is told at once, the editor warns, and the gate knows it too',
  async play(stage) {
    const { editor, linekeeper, later, ending } = stage;
    assert.ok(later.incident);
    const { id } = later.incident;
    const heard = await askClaude(stage);
    const told = /Linekeeper: an edit like this caused [^"\\]+/.exec(heard)?.[0];
    assert.ok(told, 'the agent was told nothing');
    assert.ok(told.includes(id), told);
    ending.warning = told;

    await editor.text.open(DATABASE);
    const warning = await until(
      async () => (await editor.diagnostics(DATABASE)).find(({ code }) => code === `lesson/${id}`),
      { timeout: 15_000, what: 'the warning of the lesson' },
    );
    assert.equal(
      warning.line,
      editor.workspace
        .read(DATABASE)
        .split('\n')
        .findIndex((line) => line.includes('deletion_protection')) + 1,
    );
    assert.ok(warning.message.includes(`caused ${id}`));
    await editor.text.goto(warning.line, 3);
    await editor.hover('deletion_protection', new RegExp(id));
    await stage.shot('the-editor-knows-the-outage');
    await editor.press('Escape');

    editor.workspace.git('commit', '--quiet', '--all', '--message', 'Make room for the archive');
    const gate = await linekeeper.run('check', '--base', 'origin/main', '--head', 'HEAD', '--actor', 'june');
    assert.equal(gate.code, 1, gate.err);
    const said = gate.out.split('\n').find((line) => line.includes(`such a change caused ${id}`));
    assert.ok(said !== undefined, gate.out);
    return [
      `the agent:  ${told}`,
      `the editor: ${DATABASE}:${String(warning.line)}: ${warning.message}`,
      `the gate:   ${said.trim()}`,
    ];
  },
};

/** Has Claude Code do it once more; gives all that it heard. */
async function askClaude({ editor }: Stage): Promise<string> {
  const session = {
    cwd: editor.workspace.root,
    home: editor.home,
    prompt: AGAIN.prompt,
    steps: claudeSteps(AGAIN.changes),
  };
  if (!(await available()).available) {
    const { hooks } = await playRecorded(session);
    return hooks.map(({ result }) => result.stdout).join('\n');
  }
  const { completed, program, heard } = await runSession(session);
  assert.ok(completed, `Claude Code did not do everything: ${program.stderr || program.stdout}`);
  return heard;
}
