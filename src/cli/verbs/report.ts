/** `linekeeper report`: how much of the changes AI wrote, over time, and what became of it. */
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { mayHaveNotes, RUNS_REF } from '../../provenance/commits';
import type { Repository } from '../../git';
import { jsonText, printable, signOffs } from '../../policy';
import { knownTeams, loadPolicy } from '../../policy/load';
import { makeReport, reportCsv, reportPage, reportText, type Report, type ReportedRun } from '../../aftermath/report';
import { findAhead } from '../../review/pull-request';
import { assistantOf } from '../../provenance/assistants';
import { unheardSessions, unheardWords } from '../../provenance/assistants/coverage';
import { fillFirst, settleNotes } from '../backfill-and-settle-notes';
import { noCommit, noCommitYet } from '../arguments/unknown-revision-error';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';
import { dayFrom } from '../arguments/parse-day';
import { progressTo } from '../output/progress';
import { writeAnswer } from '../output/write-output-file';

const FORMATS = ['text', 'json', 'csv', 'html'] as const;
type Format = (typeof FORMATS)[number];

const MOST_DEPTH = 10;

export const report: Verb = {
  name: 'report',
  summary: 'Report how much AI wrote, and how much of it remains',
  example: 'linekeeper report --since 90d',
  usage:
    '[REV] [--since DAY] [--until DAY] [--format text|json|csv|html] [--output FILE] [--findings] [--people] [--depth N] [--fresh]',
  options: {
    since: { type: 'string', value: 'DAY', says: 'a day (2026-01-31) or an age (90d); default: 52 weeks ago' },
    until: { type: 'string', value: 'DAY', says: 'up to this day, included' },
    format: { type: 'string', value: 'FORMAT', says: 'text (default), json, csv or html' },
    output: { type: 'string', value: 'FILE', says: 'write the report to this file' },
    findings: { type: 'boolean', says: 'add the findings in each commit; slow the first time' },
    people: { type: 'boolean', says: 'also by person, if at least five took part' },
    depth: { type: 'string', value: 'N', says: 'folder depth by which paths are grouped; default: 1' },
    fresh: { type: 'boolean', says: 'read all commits again, not only new ones' },
  },
  words: 1,
  async run(call): Promise<ExitCode> {
    const { terminal, values, positionals } = call;
    const format = formatOf(call);
    const depth = depthOf(values['depth']);
    const now = terminal.now();
    const [since, until] = [
      dayFrom('--since', values['since'], now, 'start'),
      dayFrom('--until', values['until'], now, 'end'),
    ];
    if (since !== undefined && since > (until ?? now / 1000))
      throw new CannotSay('--since is after the end, so there is nothing to report.');
    const repository = call.repository();
    await settleNotes(repository, terminal);
    const ref = positionals[0] ?? 'HEAD';
    const tip = await repository.commitId(ref);
    if (tip === undefined)
      throw new CannotSay(
        ref === 'HEAD' ? noCommitYet(repository) : noCommit(repository, ref, '"git branch -a" lists the branches.'),
      );
    const progressOf = progressTo(terminal);
    const runs = await runsOf(repository, terminal.now, values['people'] === true);
    const made = await untilStopped(terminal, (signal) =>
      makeReport(repository, {
        tip,
        ref,
        now,
        people: values['people'] === true,
        depth,
        fresh: values['fresh'] === true,
        findings: values['findings'] === true,
        runs,
        progress: progressOf('commits read'),
        findingsProgress: progressOf('commits looked through for findings'),
        ...(since === undefined ? {} : { since }),
        ...(until === undefined ? {} : { until }),
        ...(signal === undefined ? {} : { signal }),
      }),
    );
    const observed = await observedIn(repository, made.report, {
      tip,
      ref,
      now,
      progress: progressOf('changes rehearsed'),
    });
    const notices = [
      ...made.report.notices,
      ...(ref === 'HEAD' ? await unmergedIn(repository) : []),
      ...unheardIn(repository, terminal),
    ];
    const text = textOf({ ...made.report, notices, observed }, format, now);
    if (typeof values['output'] !== 'string') terminal.out(text);
    else writeAnswer(terminal, values['output'], text);
    return 0;
  },
};

/** The work; or that the person stopped it, and where the next call goes on. */
async function untilStopped<T>(
  { interruptible }: Call['terminal'],
  work: (signal?: AbortSignal) => Promise<T>,
): Promise<T> {
  if (interruptible === undefined) return work();
  return interruptible(async (signal) => {
    try {
      return await work(signal);
    } catch (error) {
      await setImmediate(); // the same Ctrl-C ends a git of ours, which may be heard of first
      if (!signal.aborted) throw error;
      throw new CannotSay('Stopped. The next report continues from here.');
    }
  });
}

/** That the branch which is checked out has commits which are not merged, as a sentence. */
async function unmergedIn({ root }: Repository): Promise<readonly string[]> {
  const ahead = await findAhead(root);
  if (ahead === undefined || ahead.onBase || ahead.subjects.length === 0) return [];
  const name = printable(ahead.baseRef.replace(/^refs\/(?:heads|remotes)\//, ''));
  return [
    `The branch that is checked out has commits that are not on ${name}, and this report counts them too. For ${name} alone: linekeeper report ${name}`,
  ];
}

/** Sessions that transcripts prove and no hook reported, as sentences. */
function unheardIn(repository: Repository, terminal: Call['terminal']): readonly string[] {
  fillFirst(repository, terminal);
  return unheardSessions(repository, terminal.now()).map(
    (sessions) => `${unheardWords(sessions, assistantOf(sessions.assistant)?.title ?? sessions.assistant)}.`,
  );
}

/** What the policy would have required of what was merged in the report's time; null unless it only observes. */
async function observedIn(
  repository: Repository,
  { since, until, runs }: Report,
  {
    tip,
    ref,
    now,
    progress,
  }: {
    readonly tip: string;
    readonly ref: string;
    readonly now: number;
    readonly progress: ((done: number, all: number) => void) | undefined;
  },
): Promise<Report['observed']> {
  const { policy, source } = await loadPolicy(repository);
  if (policy.mode !== 'observe') return null;
  const [{ rehearse, PACE }, { attributionByNotes }] = await Promise.all([
    import('../../aftermath/rehearsal'),
    import('../../review/gate'),
  ]);
  const { policies, waitsHours } = await rehearse({
    repository: repository.beside(),
    branch: ref,
    head: tip,
    since: Date.parse(since),
    until: Math.min(now, Date.parse(until) + DAY_MS),
    policies: [{ name: source, policy, mailmap: null }],
    pace: PACE,
    teams: knownTeams(repository, now),
    attributionOf: attributionByNotes(repository, () => now, true),
    ...(progress === undefined ? {} : { progress }),
  });
  const [made] = policies;
  if (made === undefined) return null;
  return {
    changes: made.changes,
    asked: made.asked,
    signOffs: Object.entries(made.signOffs)
      .filter(([, count]) => count > 0)
      .map(([level, count]) => ({ from: signOffs(level, 1), count })),
    signOffsAWeek: made.signOffsAWeek,
    readingHoursAWeek: made.readingHoursAWeek,
    waitsHours,
    findings: made.findings,
    agents: runs?.counts.observed ?? 0,
    since,
  };
}

const DAY_MS = 86_400_000;

/** In words, with each approval's signature checked. `people`: with the addresses of those who took part. */
async function runsOf(repository: Repository, now: () => number, people: boolean): Promise<readonly ReportedRun[]> {
  if (!mayHaveNotes(repository, RUNS_REF)) return [];
  const { exceptionWords, knownRuns, runWords, withoutPeople } = await import('../../aftermath');
  const { runs, exceptions } = await knownRuns({ repository, now });
  return [
    ...runs.map((run) => ({
      at: Date.parse(run.at) / 1000,
      outcome: run.outcome,
      says: runWords(people ? run : withoutPeople(run)),
    })),
    ...exceptions.map((exception) => ({
      at: Date.parse(exception.at) / 1000,
      outcome: 'exception' as const,
      says: exceptionWords(people ? exception : { ...exception, by: 'a person' }),
    })),
  ];
}

function textOf(made: Report, format: Format, now: number): string {
  if (format === 'json') return jsonText(made);
  if (format === 'csv') return reportCsv(made);
  return format === 'html'
    ? reportPage(made, { nonce: randomBytes(16).toString('hex'), made: new Date(now).toISOString().slice(0, 10) })
    : reportText(made, printable);
}

function formatOf({ values, json }: Call): Format {
  const wanted = values['format'] ?? (json ? 'json' : 'text');
  const format = FORMATS.find((one) => one === wanted);
  if (format === undefined)
    throw new CannotSay(`--format ${JSON.stringify(wanted)} is not known. Choose one of ${FORMATS.join(', ')}.`);
  return format;
}

function depthOf(value: unknown): number {
  const depth = value === undefined ? 1 : Number(value);
  if (!Number.isInteger(depth) || depth < 1 || depth > MOST_DEPTH)
    throw new CannotSay(`--depth takes a number of folders from 1 to ${String(MOST_DEPTH)}.`);
  return depth;
}
