/** Entries of logs beside what our own record says that sessions ran at the time. */
import type { TimelineEntry } from '../../../policy/incidents';
import { commandWords } from '../../runs/describe-runs-and-exceptions';
import type { KnownRun } from '../../runs/runs-with-checked-approvals';
import type { KnownLog, LogEntry } from '.';

const MINUTE = 60_000;
/** The record is to the minute. What a command sets off may go on for a while after it. */
const BEFORE = MINUTE;
const AFTER = 15 * MINUTE;
const HOURS = 3600_000;
/** Entries of logs from so long before it began until so long after. */
const SINCE = 24 * HOURS;
const UNTIL = 24 * HOURS;
const ENTRIES_AT_MOST = 40;

interface LaidOut {
  readonly timeline: readonly TimelineEntry[];
  readonly notices: readonly string[];
}

interface Placed {
  readonly entry: LogEntry & { readonly at: number };
  readonly kind: string;
}

/** Entries near the time, those that destroy something first where there are too many. */
export function besideSessions(logs: readonly KnownLog[], runs: readonly KnownRun[], began: number): LaidOut {
  const notices: string[] = [];
  const near: Placed[] = [];
  for (const { name, kind, entries, problems } of logs) {
    const timed = entries.flatMap((entry): Placed[] =>
      entry.at === null ? [] : [{ entry: { ...entry, at: entry.at }, kind }],
    );
    const here = timed.filter(({ entry: { at } }) => at >= began - SINCE && at <= began + UNTIL);
    near.push(...here);
    notices.push(
      `${name} (${kind}): ${entries.length === 0 ? 'nothing in it changes anything' : `${String(here.length)} of ${String(entries.length)} entries that change something are within a day of when it began`}.`,
      ...problems.map(({ line, message }) => `${name}:${String(line)}: ${message}.`),
    );
    if (entries.length > timed.length && kind.startsWith('Terraform'))
      notices.push(
        `${name} has lines without a time, so they are not in the timeline. "terraform apply -json" has times, and so has a job's raw log.`,
      );
  }
  const nearest = [...near]
    .sort(
      (a, b) =>
        Number(b.entry.destroys) - Number(a.entry.destroys) ||
        Math.abs(a.entry.at - began) - Math.abs(b.entry.at - began),
    )
    .slice(0, ENTRIES_AT_MOST);
  if (near.length > nearest.length)
    notices.push(
      `${String(near.length - nearest.length)} more entries of the logs are not in the timeline: what destroys something and what is near in time comes first.`,
    );
  return {
    timeline: nearest.map((placed) => ({
      at: new Date(placed.entry.at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
      what: words(placed, runs),
    })),
    notices,
  };
}

/** All that was destroyed near the time, as text in which names can be looked for. */
export const destroyedIn = (logs: readonly KnownLog[], began: number): string =>
  logs
    .flatMap(({ entries }) => entries)
    .filter(({ destroys, at }) => destroys && (at === null || (at >= began - SINCE && at <= began + UNTIL)))
    .slice(0, 200)
    .map(({ what }) => what)
    .join('\n');

function words({ entry, kind }: Placed, runs: readonly KnownRun[]): string {
  const { what: action, by, program, at } = entry;
  const meanwhile = runs
    .filter((run) => run.outcome === 'ran' && at >= Date.parse(run.at) - BEFORE && at <= Date.parse(run.at) + AFTER)
    .sort((a, b) => Number(isSame(b, program)) - Number(isSame(a, program)) || Date.parse(b.at) - Date.parse(a.at))
    .slice(0, 2)
    .map(
      (run) =>
        `${run.assistant ?? 'an assistant'}${run.session === null ? '' : `, session ${run.session},`} ran ${commandWords(run)} at ${run.at.slice(11, 16)}${isSame(run, program) ? '' : ', another program'}`,
    );
  return `${kind}: ${action}${by === null ? '' : `, by ${by}`}${program === null || kind.toLowerCase().startsWith(program.toLowerCase()) ? '' : `, with ${program}`}${meanwhile.length === 0 ? '' : `. At that time ${meanwhile.join('; ')}`}`;
}

const isSame = ({ command }: KnownRun, program: string | null): boolean =>
  program !== null && familyOf(command?.program ?? '') === familyOf(program);

/** What a program calls itself to a cloud may not be how it is called at the prompt. */
const familyOf = (program: string): string =>
  program
    .toLowerCase()
    .replace(/^(?:tofu|opentofu|terragrunt)$/, 'terraform')
    .replace(/^aws-cli$/, 'aws');
