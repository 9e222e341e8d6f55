/** The door to background work. */
import path from 'node:path';
import type { Sink } from '../../base/debug-trace';
import { Background } from './helper-lifecycle';

export { BackgroundError, type Background } from './helper-lifecycle';
export type { CommittedRun } from './committed-ai-runs';
export { linesFrom, splicesFrom } from './compact-lines-for-messages';
export type { HadContent } from './journal-lacks-content';
export type {
  FillAnswer,
  FillQuestion,
  Foresight,
  LinesQuestion,
  NextCommit,
  PolicyHelp,
  PolicyReading,
  SessionWork,
  Standing,
} from './helper-questions';

/** A process besides this one. `root`: the extension's installation folder. `traced`: where the steps of its work are traced to. */
export function backgroundOf(
  root: string,
  tell: (sentence: string) => void,
  traced: () => Sink | undefined,
): Background {
  return new Background({
    programs: { helper: path.join(root, 'dist', 'helper.js'), relay: path.join(root, 'dist', 'relay.js') },
    here: async () => {
      const { Work } = await import('./helper-program');
      const work = new Work(Date.now);
      return (task, question) => (work[task] as (question: unknown) => Promise<unknown>)(question); // paired by the caller
    },
    tell,
    traced,
  });
}
