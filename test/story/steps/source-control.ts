import { expectCommit } from '../committed';
import { FROM_SOURCE_CONTROL, FROM_TERMINAL } from '../commits';
import type { Step } from '../step';
import { expectCommitShown } from '../window';

export const sourceControl: Step = {
  title: 'June commits them from the Source Control view',
  async play(stage) {
    const { editor } = stage;
    const commit = await editor.scm.commit(FROM_SOURCE_CONTROL.subject);
    await expectCommitShown(stage, FROM_SOURCE_CONTROL.subject, FROM_TERMINAL.paths);
    await stage.shot('committed-in-source-control');
    return expectCommit(stage, commit, FROM_SOURCE_CONTROL);
  },
};
