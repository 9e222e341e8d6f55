/** One session or one run, wherever its record is: for whoever answers for what happened. */
import { OBJECT_ID } from '../../base/patterns';
import { NOTES_REF, notesOf, showCommits, type RecordedException } from '../../provenance/commits';
import type { Counts } from '../../provenance/authorship/types';
import { asCounted } from '../../review/gate';
import type { Repository } from '../../git';
import { readPrompts } from '../prompts-in-git-notes';
import { tracedCommit } from '../trace/trace-line-or-commit';
import type { TracedCommit } from '../trace/types';
import { knownRuns, type KnownRun } from './runs-with-checked-approvals';
import { exceptionWords, runRows } from './describe-runs-and-exceptions';
import { countsText, printable } from '../../policy';

interface SessionTrace {
  readonly assistant: string | null;
  readonly session: string;
  /** What is kept of its prompts. */
  readonly prompts: readonly { readonly commit: string; readonly digest: string; readonly excerpt: string | null }[];
  readonly runs: readonly KnownRun[];
  /** Exceptions under which it ran something, and those granted for it alone. */
  readonly exceptions: readonly RecordedException[];
  /** Commits with lines of it. */
  readonly commits: readonly (TracedCommit & { readonly added: Counts; readonly removed: Counts })[];
  /** What is not known here, and how to get it, as sentences. */
  readonly missing: readonly string[];
}

interface Ports {
  readonly repository: Repository;
  readonly now: () => number;
}

const COMMITS_AT_MOST = 50;

/** `named`: the raw id, or `assistant:id`. Null when nothing is known of it. Throws a GitError. */
export async function traceSession({ repository, now }: Ports, named: string): Promise<SessionTrace | null> {
  const isNamed = (assistant: string | null, session: string | null): boolean =>
    session !== null && (session === named || `${String(assistant)}:${session}` === named);
  const known = await knownRuns({ repository, now, run: (run) => isNamed(run.assistant, run.session) });
  const under = new Set(known.runs.map((run) => run.under));
  const exceptions = known.exceptions.filter(
    (exception) =>
      under.has(exception.id) ||
      (exception.session !== null && (exception.session === named || named.endsWith(`:${exception.session}`))),
  );
  const prompts = (await readPrompts(repository)).filter(({ assistant, session }) => isNamed(assistant, session));
  const commits = await commitsOf(repository, isNamed, known.runs[0]?.session ?? named.replace(/^[a-z0-9-]+:/, ''));
  if (known.runs.length + exceptions.length + prompts.length + commits.length === 0) return null;
  const missing: string[] = [];
  if (prompts.length === 0)
    missing.push(
      'No prompt of this session is stored here. If the policy stores prompts, "linekeeper prompts fetch" fetches them.',
    );
  if (commits.length === 0) missing.push('No commit with lines of it is known here.');
  return {
    assistant: known.runs[0]?.assistant ?? prompts[0]?.assistant ?? null,
    session: known.runs[0]?.session ?? prompts[0]?.session ?? named,
    prompts: prompts.map(({ commit, digest, excerpt }) => ({ commit, digest, excerpt: excerpt ?? null })),
    runs: known.runs,
    exceptions,
    commits,
    missing,
  };
}

/** The run whose id is, or begins with, this one; null when there is none, or several. Throws a GitError. */
export async function traceRun({ repository, now }: Ports, id: string): Promise<KnownRun | null> {
  if (!/^[0-9a-f]{4,16}$/.test(id)) return null;
  const { runs } = await knownRuns({ repository, now, run: (run) => run.id.startsWith(id) });
  return runs.length === 1 ? (runs[0] ?? null) : null;
}

/** Newest first. git looks through the notes, so that none has to be read that does not have its id. */
async function commitsOf(
  repository: Repository,
  isSession: (assistant: string | null, session: string | null) => boolean,
  session: string,
): Promise<SessionTrace['commits']> {
  const found = await repository.git(
    ['grep', '--files-with-matches', '-z', '--fixed-strings', '-e', session, NOTES_REF, '--'],
    { codes: [0, 1, 128], timeout: 60_000 },
  );
  const ids = found.stdout
    .toString('utf8')
    .split('\0')
    .map((name) => name.slice(name.indexOf(':') + 1).replaceAll('/', ''))
    .filter((id) => OBJECT_ID.test(id));
  const notes = await notesOf(repository, ids);
  const mine = ids.filter((id) =>
    Object.values(notes.get(id)?.sessions ?? {}).some(
      ({ agent_id }) => isSession(agent_id.tool, agent_id.id) || agent_id.id === session,
    ),
  );
  const shown = await showCommits(repository, mine.slice(0, COMMITS_AT_MOST));
  return [...(await asCounted(repository, [...shown.values()]))]
    .sort((a, b) => b.commit.committer.time - a.commit.committer.time)
    .map(({ commit, added, removed }) => ({ ...tracedCommit(commit), added, removed }));
}

/** On one screen. */
export function sessionText({ assistant, session, prompts, runs, exceptions, commits, missing }: SessionTrace): string {
  const rows: (readonly [name: string, lines: readonly string[]])[] = [
    ['prompts', prompts.map(({ digest, excerpt }) => excerpt ?? digest)],
    ['runs', runs.flatMap(runRows)],
    ['exceptions', exceptions.map(exceptionWords)],
    [
      'commits',
      commits.map(
        ({ commit, day, by, subject, added, removed }) =>
          `${commit.slice(0, 10)} ${day} ${by}: ${subject} (added ${countsText(added)}; removed ${countsText(removed)})`,
      ),
    ],
    ['missing', missing],
  ];
  const head = `${assistant === null ? '' : `${assistant}, `}session ${session}`;
  return `${[head, ...rows.flatMap(([name, lines]) => lines.map((line, index) => `${(index === 0 ? name : '').padEnd(12)} ${line}`))].map(printable).join('\n')}\n`;
}
