/** Keys of the policy that are a word, or keys with details: unknown lines, prompts and runs. Pure. */
import type { Policy } from '../types';
import type { PolicyShape } from './schema';

export function unknownOf({ unknown }: PolicyShape): Pick<Policy, 'unknown' | 'noRecorder'> {
  if (typeof unknown === 'string') return { unknown };
  const noRecorder = unknown['no-recorder'];
  return { unknown: unknown.default, ...(noRecorder === undefined ? {} : { noRecorder }) };
}

export function promptsOf({ prompts }: PolicyShape): Pick<Policy, 'prompts' | 'promptsForDays'> {
  if (typeof prompts === 'string') return { prompts };
  return { prompts: prompts.keep, ...(prompts.for === undefined ? {} : { promptsForDays: parseInt(prompts.for, 10) }) };
}

export function runsOf({ runs }: PolicyShape): Pick<Policy, 'runs' | 'runsMore'> {
  if (typeof runs === 'string') return { runs };
  const more = {
    ...(runs.time === 'minute' ? { minute: true as const } : {}),
    ...(runs.reason ? { reason: true as const } : {}),
    ...(runs.for === undefined ? {} : { forDays: parseInt(runs.for, 10) }),
  };
  return { runs: runs.keep, ...(Object.keys(more).length === 0 ? {} : { runsMore: more }) };
}
