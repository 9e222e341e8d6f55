import assert from 'node:assert/strict';
import { until } from '../../editor/host';
import { expectedTrailers } from '../committed';
import { FROM_SOURCE_CONTROL } from '../commits';
import type { Step } from '../step';

export const previewed: Step = {
  title: 'June stages the sources and looks at the trailers before she commits',
  async play(stage) {
    const { editor } = stage;
    await editor.command('Terminal: Focus Terminal');
    await editor.terminal.run('git add src');
    await until(
      () =>
        editor.workspace.git('diff', '--cached', '--name-only').split('\n').length === FROM_SOURCE_CONTROL.paths.length,
      { what: 'the sources to be staged' },
    );
    await editor.command('Linekeeper: Preview Trailers of Next Commit');
    const want = expectedTrailers(stage, FROM_SOURCE_CONTROL);
    let have: string[] = [];
    const agrees = async (): Promise<boolean> => {
      const text = await editor.inside.run((vscode) => vscode.window.activeTextEditor?.document.getText() ?? '');
      have = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
      return JSON.stringify(have) === JSON.stringify(want);
    };
    await until(agrees, { timeout: 10_000, what: 'the preview' }).catch(() => undefined);
    assert.deepEqual(have, want, 'the trailers that are previewed');
    await stage.shot('the-trailers-before-the-commit');
    return have;
  },
};
