/** A command that takes away what git can't bring back: a person is asked, and sees what it is. */
import { dangerOfLoss, type Effect } from '../effects-of-commands-and-tools';
import { byDanger } from '../judge-dangers';
import type { GuardAnswer, GuardInput } from '../types';
import { shownLosses } from '.';

export function* byLoss(input: GuardInput, operation: Extract<Effect, { kind: 'danger' }>): Generator<GuardAnswer> {
  const { danger } = operation;
  if (danger.loses === undefined || input.lost === undefined) return;
  const lost = input.lost(danger.loses, danger.places);
  if (lost.length === 0) return;
  const [command = ''] = /^"[^]*?" (?=[a-z])/.exec(danger.message) ?? [''];
  const answer = byDanger(input, {
    ...operation,
    danger: dangerOfLoss(`${command === '' ? 'This ' : command}deletes what Git cannot restore: ${shownLosses(lost)}`),
    instead: 'Commit it, or move it out of the way; else ask the person.',
  });
  if (answer.verdict !== 'allow') yield { ...answer, loses: lost };
}
