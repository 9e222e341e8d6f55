/** What is kept of a run that a person asked for, for everybody who answers for it later. */
import path from 'node:path';
import { runCommandOf } from '../guard/hook';
import { excerptOf } from '../guard/hook/prompt-excerpt';
import { keepRun } from '../provenance/commits';
import type { Repository } from '../git';
import { firstCall, guardTouchedRepositories, type Action } from '../guard';
import { oneLine, reasonText, timeOf } from '../provenance/journal/permitted-and-refused-runs';
import { keptOfRuns } from '../policy/load';
import type { RunRequest } from '../guard/run-approval';
import type { Terminal } from './verb';

/** Keeps a request as much as the policy lets: what the guard says of its command. Throws a GitError. */
export async function keepRequested(
  repository: Repository,
  id: string,
  { command: line, directory, requestedBy, requestedAt, reason, head }: RunRequest,
  { home, env, now }: Pick<Terminal, 'home' | 'env' | 'now'>,
): Promise<void> {
  const action: Action = { files: [], command: line, cwd: path.join(repository.root, directory) };
  const { answer, policy } = await guardTouchedRepositories(repository, action, { home, env, hookFiles: () => [] });
  const detail = keptOfRuns(policy);
  if (detail === undefined) return;
  const held = answer.verdict === 'allow' ? undefined : answer;
  const call = held?.call ?? firstCall(repository, action, { home });
  keepRun(
    repository,
    {
      id,
      at: timeOf(Date.parse(requestedAt), detail),
      event: 'requested',
      by: oneLine(requestedBy),
      reason: reasonText((await excerptOf(reason)) ?? '', detail),
      command: {
        ...runCommandOf(repository, { ...held, call }),
        line: detail.line ? ((await excerptOf(line)) ?? null) : null,
      },
    },
    now(),
    head,
  );
}
