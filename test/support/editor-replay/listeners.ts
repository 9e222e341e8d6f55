/** What is bundled for a replay, with `vscode` left open: those who listen to edits, as `src/editor/activate.ts` makes them. */
export { recordingOf } from '../../../src/editor/activation/wire-recording';
export { readClipboard } from '../../../src/editor/read-clipboard';
export { listenToEdits } from '../../../src/editor/recording/recording-listeners';
export { PlaceFinder } from '../../../src/editor/workspace/worktree-of-file';
export { Worktrees } from '../../../src/editor/workspace/worktrees';
