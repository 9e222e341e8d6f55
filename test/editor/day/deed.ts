/** What an assistant does in a window, and that nothing of it is ever a person's. */
import assert from 'node:assert/strict';
import { authorsOf } from '../authors';
import { until } from '../host';
import { Stage } from '../kinds';
import type { SharedEditor } from '../use-editor';
import type { Deed } from './settings';

/** Expects what only the assistant wrote to be AI's or nobody's. */
export async function playDeed(
  { editor, model }: SharedEditor,
  { files, perform, by, isKnown, areOthersTheirs, settings = {} }: Deed,
): Promise<void> {
  await editor.workbench.tidy();
  await editor.settings(settings);
  const [file = '', content = ''] = Object.entries(files)[0] ?? [];
  const stage = new Stage(editor, model, 'stock', file);
  await stage.begin(content);
  await perform(stage);
  await stage.save();
  let lines: readonly string[] = [];
  await until(async () => (lines = await authorsOf(editor.workspace, file)).some((line) => by.test(line)), {
    what: 'the record',
  });
  for (const line of lines)
    if (by.test(line)) assert.match(line, isKnown === true ? /^-?A/ : /^-?[A?.]/, lines.join('\n'));
    else if (areOthersTheirs) assert.doesNotMatch(line, /^-?[A?]/, lines.join('\n'));
}
