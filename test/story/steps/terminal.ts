import { until } from '../../editor/host';
import { expectCommit } from '../committed';
import { FROM_TERMINAL } from '../commits';
import type { Step } from '../step';
import { expectCommitShown } from '../window';

export const terminal: Step = {
  title: 'June commits the rest in the terminal',
  async play(stage) {
    const { editor } = stage;
    const before = editor.workspace.head();
    await editor.terminal.run(`git add --all; git commit -m "${FROM_TERMINAL.subject}"; git log -1 --format=%B`);
    const commit = await until(() => editor.workspace.head() !== before && editor.workspace.head(), {
      what: 'the commit',
    });
    await editor.terminal.wait('AI-Lines');
    await expectCommitShown(stage, FROM_TERMINAL.subject, []);
    await stage.shot('committed-in-the-terminal');
    const message = await expectCommit(stage, commit, FROM_TERMINAL);
    stage.ending.message = message.join('\n');
    return message;
  },
};
