/**
 * The program of the background: answers requests one after another. Whoever else needs its parts loads them from here,
 * so that they are bundled once (scripts/build.ts).
 */
import { traceTo } from '../../base/debug-trace';
import { Work } from './tasks';
import { thrown } from './messages';
import { portOfHelper } from './helper-port';

export { Work };
export * from '../../provenance/authorship';
export * from '../../provenance/commits';
export * from '../../policy/decision';
export * from '../../policy/findings';
export * from '../../git';
export * from '../../provenance/journal';
export * from '../../policy/local-work';
export * from '../../policy';

/** Answers the editor until it has no more questions. Throws in a program that no editor has started. */
export function answerEditor(): void {
  const work = new Work(Date.now);
  const { listen, send } = portOfHelper();
  listen(({ id, task, question, traced }) => {
    traceTo(traced ? (step, text) => send({ step, text }) : undefined);
    // The sender pairs tasks with their requests; the type of the pairing is lost on the way.
    const answering = (work[task] as (question: unknown) => Promise<unknown>)(question);
    answering.then(
      (answer) => send({ id, answer }),
      (error: unknown) => send({ id, error: thrown(error) }),
    );
  });
}
