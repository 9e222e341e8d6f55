/** Jobs that did not run, ran twice, or ran at the wrong time. */
import { either } from '../../../base/patterns';
import { type Clue, type Symptom } from './types';
import { symptomIn } from './match-symptoms';
import { workloadsIn } from './mentioned-workloads';

const ABOUT =
  /schedule|cron|suspend|time_?zone|concurrencyPolicy|startingDeadline|activeDeadline|backoffLimit|rate\(|\bat\(|interval|every|hour|minute|retr|parallelism|completions|HistoryLimit/i;
const TROUBLE: readonly Symptom[] = [
  {
    pattern: either(
      /cron ?job|cron\b|crontab|scheduled (?:job|task|run|event|rule)|missed (?:start|starting|schedule)/i,
      /FailedNeedsStart|(?:did|has|have|was|were) not (?:run|start|trigger)|ran twice|BackoffLimitExceeded/i,
      /DeadlineExceeded.*job|job .{0,60}(?:deadline|backoff)|last successful run|nightly|celery beat/i,
      /EventBridge|scheduler/i,
    ),
    says: 'a job did not run as it should',
    about: ABOUT,
  },
];
const NAMED =
  /\b(?:cron ?job|job|task|rule|schedule|backup|report|workflow)s?["']?\s*[=:/]?\s*["'`]?([a-z][\w.-]{2,80})/gi;
const WORDS: ReadonlySet<string> = new Set(
  'not did has was failed missed run ran the for with for that start named name controller scheduler from never since yesterday today'.split(
    ' ',
  ),
);

export function schedules(lines: readonly string[]): readonly Clue[] {
  return lines.flatMap((line): Clue[] => {
    const trouble = symptomIn(TROUBLE, line);
    if (trouble === undefined) return [];
    const named = [...line.matchAll(NAMED)].map(([, name = '']) => name.replace(/-\d{8,10}(?:-\w{5})?$/, ''));
    const names = [...new Set([...workloadsIn(line), ...named])].filter((name) => !WORDS.has(name.toLowerCase()));
    return [{ says: `${trouble.says}${names[0] === undefined ? '' : ` (${names[0]})`}`, names, about: ABOUT }];
  });
}
