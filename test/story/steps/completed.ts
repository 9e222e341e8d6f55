import assert from 'node:assert/strict';
import { expectRecorded } from '../recorded';
import { COMPLETED } from '../plot';
import type { Stage } from '../stage';
import type { Status } from '../shapes';
import type { Step } from '../step';
import { COMPLETION, JUNE_WRITES } from '../writers';

export const completed: Step = {
  title: 'An inline completion is accepted with Tab, in an editor as everybody has it',
  play: async (stage) => {
    const told = await acceptCompletion(stage);
    assert.deepEqual(await evidenceOfCompletion(stage), ['observed'], 'our key binding has seen the accept');
    return told;
  },
};

/** June begins a line at the end of the file and takes what is offered. */
export async function acceptCompletion(stage: Stage): Promise<string[]> {
  const { editor, ledger } = stage;
  await editor.text.open(COMPLETED.path);
  await editor.text.goto(ledger.text(COMPLETED.path).split('\n').length);
  await editor.press('Enter');
  await editor.type(COMPLETED.beginning, 15);
  await editor.text.waitGhost('total: number');
  await stage.shot('a-completion-is-offered');
  await editor.press('Tab');
  await editor.text.waitLine('RangeError');
  await editor.press('Control+End', 'Enter');
  await editor.text.save();
  ledger.note(JUNE_WRITES, { replace: { path: COMPLETED.path, old: '', new: '\n' } });
  ledger.note(COMPLETION, { replace: { path: COMPLETED.path, old: '', new: COMPLETED.text } });
  const told = await expectRecorded(stage, [COMPLETED.path]);
  await stage.shot('a-completion-is-accepted');
  return told;
}

/** How Linekeeper knows of the completion: each way once. */
export async function evidenceOfCompletion({ linekeeper }: Stage): Promise<string[]> {
  const { files } = await linekeeper.json<Status>('status');
  const ranges =
    files.find((file) => file.path === COMPLETED.path)?.ranges.filter((range) => range.author === 'ai') ?? [];
  return [...new Set(ranges.map((range) => range.evidence ?? 'none'))];
}
