/**
 * From a line or a commit to its suggestion, edits, review, deployments and incidents. What is unknown is listed as
 * missing.
 */
import type { LineRange } from '../../provenance/authorship/types';
import { exceptions } from '../../provenance/journal/exceptions';
import { asCounted, blame, unknownReasonsOfCommits, attributionByNotes } from '../../review/gate';
import { showCommits, statusOf, type CommitAttribution } from '../../provenance/commits';
import { outputLines, type Commit, type Repository } from '../../git';
import { loadIncidents, workTreeIncidents, type Incident } from '../../policy/incidents';
import { refusalsIn } from '../../provenance/journal';
import { list } from '../../policy';
import { loadPolicy } from '../../policy/load';
import { runs } from '../../guard/run-approval';
import { SKEW_MS } from '../deployments/clock-skew';
import { Contents } from '../deployments/commits-in-deployment';
import { readDeployments } from '../deployments/deployment-notes';
import { keepPrompts, readPrompts } from '../prompts-in-git-notes';
import { knownRuns } from '../runs/runs-with-checked-approvals';
import { exceptionWords, runWords } from '../runs/describe-runs-and-exceptions';
import { lineHistory } from './line-history';
import { reviewOf } from './merge-and-sign-offs-of-commit';
import type { LaterEdit, Suggestion, Trace, TracedCommit } from './types';

interface TracePorts {
  readonly repository: Repository;
  readonly now: () => number;
}

/** Why there is no trace. The message is for people. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
}

/** The trace of a line in the work tree. Throws a {@link TraceError} or a GitError. */
export async function traceLine({ repository, now }: TracePorts, path: string, line: number): Promise<Trace> {
  const lines = await blame(repository, path, undefined, { plain: false, now, passOver: () => undefined });
  if (lines === undefined) throw new TraceError(`${path} is not a file that git tracks here.`);
  const found = lines[line - 1];
  if (found === undefined)
    throw new TraceError(`${path} has no line ${String(line)}: it ends with line ${String(lines.length)}.`);
  const subject = { path, line, text: found.text, commit: found.commit };
  if (found.commit === null) return uncommitted({ repository, now }, subject, found.by);
  const inHead = await headLine(repository, now, path, line);
  const chain = inHead === undefined ? [] : await lineHistory(repository, path, inHead);
  const commits = await showCommits(repository, [...new Set([found.commit, ...chain.map(({ commit }) => commit)])]);
  const shown = new Map((await asCounted(repository, [...commits.values()])).map((one) => [one.commit.id, one]));
  const links = chain.flatMap(({ commit, path: file, added }) => {
    const counted = shown.get(commit);
    const ranges = counted?.files.find((each) => each.path === file)?.ranges;
    const by = ranges?.find(({ start, end }) => added.some((at) => start <= at && at <= end));
    return counted === undefined ? [] : [{ commit: counted.commit, by }];
  });
  const fromAi = links.findIndex(({ by }) => by?.author === 'ai');
  // The latest one by AI, unless git's own blame, which follows moves, knows better.
  const origin =
    found.by.author === 'ai' || fromAi < 0
      ? { id: found.commit, by: found.by }
      : { id: links[fromAi]?.commit.id ?? found.commit, by: links[fromAi]?.by ?? found.by };
  const at = links.findIndex(({ commit }) => commit.id === origin.id);
  const edits = links.slice(0, Math.max(0, at)).map(({ commit, by }): LaterEdit => ({
    ...tracedCommit(commit),
    author: by?.author ?? 'unknown',
    assistant: by?.assistant ?? null,
  }));
  return fromCommit({ repository, now }, origin.id, { ...subject, commit: origin.id }, [origin.by], edits);
}

/** The trace of a commit, by its id. Throws a {@link TraceError} or a GitError. */
export const traceCommit = (ports: TracePorts, commit: string): Promise<Trace> =>
  fromCommit(ports, commit, { path: null, line: null, text: null, commit }, null, []);

type By = Omit<LineRange, 'start' | 'end'>;

async function fromCommit(
  ports: TracePorts,
  id: string,
  subject: Trace['subject'],
  by: readonly By[] | null,
  edits: readonly LaterEdit[],
): Promise<Trace> {
  const { repository, now } = ports;
  const [shown] = await asCounted(repository, [...(await showCommits(repository, [id])).values()]);
  if (shown === undefined) throw new TraceError(`The commit ${id} can't be read.`);
  const missing: string[] = [];
  const suggestions = await suggestionsOf(ports, shown, by ?? authorsIn(shown), missing);
  const [review, deployments, incidents] = [
    await reviewOf(repository, id, { attributionOf: attributionByNotes(repository, now), now }),
    await deploymentsOf(repository, shown.commit),
    await incidentsAbout(repository, id),
  ];
  const { policy } = await loadPolicy(repository);
  if (suggestions.some(({ author }) => author === 'unknown'))
    missing.push(...((await unknownReasonsOfCommits(repository, [shown])).get(id) ?? []));
  if (shown.provenance !== 'note')
    missing.push(
      'The commit has no note on who wrote its lines. "linekeeper notes fetch" brings those that others have.',
    );
  if (review.merge === null)
    missing.push("No merge here contains this commit, so its review isn't known here. The Git host may know it.");
  if (review.signedBy.every(({ counts }) => !counts)) missing.push('No sign-off that counts is recorded here.');
  if (deployments.length === 0)
    missing.push(
      'No deployment with it is recorded. "linekeeper notes fetch" brings records; "linekeeper deploy record" makes them.',
    );
  const isAi = suggestions.some(({ author }) => author === 'ai');
  if (isAi && suggestions.every(({ prompts }) => prompts.length === 0))
    missing.push(
      policy.prompts === 'none'
        ? 'No prompt is kept: the policy says prompts: none.'
        : 'No prompt of the session is stored here. "linekeeper prompts fetch" fetches the prompts of the remote.',
    );
  return {
    subject,
    suggestions,
    edits,
    commit: { ...tracedCommit(shown.commit), added: shown.added, removed: shown.removed, provenance: shown.provenance },
    review,
    deployments,
    incidents: incidents.map(({ incident, contribution }) => ({
      incident: incident.id,
      title: incident.title,
      state: incident.state,
      contribution,
    })),
    runs: await runsOf(ports, id, suggestions, shown.overruled),
    missing,
  };
}

async function uncommitted({ repository, now }: TracePorts, subject: Trace['subject'], by: By): Promise<Trace> {
  const suggestions = [{ ...suggestionBy(by), commit: null, day: null, prompts: [], specs: [] }];
  return {
    subject,
    suggestions,
    edits: [],
    commit: null,
    review: null,
    deployments: [],
    incidents: [],
    runs: await runsOf({ repository, now }, null, suggestions, []),
    missing: ['The line is not committed yet, so there is no commit, review or deployment.'],
  };
}

/** The number in HEAD of a line of the work tree; undefined for a line that HEAD does not have unchanged. */
async function headLine(
  repository: Repository,
  now: () => number,
  path: string,
  line: number,
): Promise<number | undefined> {
  const file = (await statusOf(repository, now)).files.find((one) => one.path === path);
  if (file === undefined) return line;
  const addedBefore = file.ranges.reduce(
    (sum, { start, end }) => sum + Math.max(0, Math.min(end, line - 1) - start + 1),
    0,
  );
  if (file.ranges.some(({ start, end }) => start <= line && line <= end)) return undefined;
  // Lines of HEAD that remain, in order.
  const removed = new Set(
    file.removed.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, n) => start + n)),
  );
  let rest = line - addedBefore;
  for (let at = 1; ; at++) if (!removed.has(at) && --rest === 0) return at;
}

const suggestionBy = ({
  author,
  assistant,
  model,
  session,
  evidence,
  edited,
}: By): Pick<Suggestion, 'author' | 'assistant' | 'model' | 'session' | 'evidence' | 'edited'> => ({
  author,
  assistant,
  model,
  session,
  evidence,
  edited,
});

/** One for each author and session, those with the most lines first. */
function authorsIn(shown: CommitAttribution): readonly By[] {
  const found = new Map<string, { readonly by: By; lines: number }>();
  for (const range of shown.files.flatMap(({ ranges, removed }) => [...ranges, ...removed])) {
    const key = JSON.stringify([range.author, range.assistant, range.model, range.session]);
    const known = found.get(key) ?? { by: { ...range, edited: false }, lines: 0 };
    known.lines += range.end - range.start + 1;
    found.set(key, known);
  }
  return [...found.values()].sort((a, b) => b.lines - a.lines).map(({ by }) => by);
}

async function suggestionsOf(
  { repository, now }: TracePorts,
  shown: CommitAttribution,
  by: readonly By[],
  missing: string[],
): Promise<readonly Suggestion[]> {
  const { commit } = shown;
  await keepPrompts(repository, now).catch((error: unknown) =>
    missing.push(`Prompts could not be taken over: ${error instanceof Error ? error.message : String(error)}`),
  );
  const prompts = (await readPrompts(repository)).filter((one) => one.commit === commit.id);
  const all = await Promise.all(
    by.map(async (suggestion): Promise<Suggestion> => ({
      ...suggestionBy(suggestion),
      commit: commit.id,
      day: dayOf(commit),
      prompts: prompts
        .filter(({ assistant, session }) => assistant === suggestion.assistant && session === suggestion.session)
        .map(({ digest, excerpt }) => ({ digest, excerpt: excerpt ?? null })),
      specs: suggestion.session === null ? [] : await specsOf(repository, shown, suggestion.session),
    })),
  );
  if (all.some(({ author, session }) => author === 'ai' && session === null))
    missing.push('The session is not recorded.');
  if (all.some(({ author, model }) => author === 'ai' && model === null)) missing.push('The model is not recorded.');
  return all;
}

const SPECS = '.kiro/specs/';
const SPEC_COMMITS = 50;

/** Specification files that the same session wrote, in this commit or in one of the latest that changed such files. */
async function specsOf(repository: Repository, shown: CommitAttribution, session: string): Promise<readonly string[]> {
  const listed = await repository.git(
    ['rev-list', `--max-count=${String(SPEC_COMMITS)}`, shown.commit.id, '--', SPECS],
    { codes: [0, 128] },
  );
  const ids = outputLines(listed.stdout);
  const commits = ids.length === 0 ? [shown] : [shown, ...(await showCommits(repository, ids)).values()];
  const paths = commits.flatMap(({ files }) =>
    files
      .filter(({ path, ranges }) => path.startsWith(SPECS) && ranges.some((range) => range.session === session))
      .map(({ path }) => path),
  );
  return [...new Set(paths)].sort();
}

/** A record that is older than the commit counts only where there is no other. */
async function deploymentsOf(repository: Repository, { id: commit, committer }: Commit): Promise<Trace['deployments']> {
  const contents = new Contents(repository, [commit]);
  const first = new Map<string, Trace['deployments'][number]>();
  for (const deployment of (await readDeployments(repository)).all) {
    if (deployment.state !== 'deployed' || first.get(deployment.stage)?.olderThanCommit === false) continue;
    if ((await contents.of(deployment.commit))?.has(commit) !== true) continue;
    const olderThanCommit = deployment.at + SKEW_MS < committer.time * 1000;
    if (olderThanCommit && first.has(deployment.stage)) continue;
    const { stage, at, by } = deployment;
    first.set(stage, { stage, at: new Date(at).toISOString(), commit: deployment.commit, by, olderThanCommit });
  }
  return [...first.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** The incidents that name a commit, from the base branch and the work tree. */
async function incidentsAbout(
  repository: Repository,
  commit: string,
): Promise<readonly { readonly incident: Incident; readonly contribution: Incident['contribution'] }[]> {
  const all = new Map(
    [...(await loadIncidents(repository)).incidents, ...(await workTreeIncidents(repository)).incidents].map(
      (incident) => [incident.id, incident],
    ),
  );
  return [...all.values()].flatMap((incident) => {
    const suspect = incident.suspects.find((one) => commit.startsWith(one.commit));
    return suspect === undefined ? [] : [{ incident, contribution: suspect.contribution }];
  });
}

/** On a screen, a long command only gets in the way. */
const shortened = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text);

/**
 * What its sessions ran with permission and were refused, and what any session did while HEAD was at the commit: from
 * the record that travels, and what only this machine knows.
 */
async function runsOf(
  { repository, now }: TracePorts,
  commit: string | null,
  suggestions: readonly Pick<Suggestion, 'session' | 'assistant'>[],
  overruled: CommitAttribution['overruled'],
): Promise<Trace['runs']> {
  const isOurs = (assistant: string | null, session: string | null): boolean =>
    session !== null &&
    suggestions.some((suggestion) => suggestion.session === session && suggestion.assistant === assistant);
  const { runs: recorded, exceptions: granted } = await knownRuns({
    repository,
    now,
    run: (run) => run.commit === commit || isOurs(run.assistant, run.session),
  });
  const under = new Set(recorded.map((run) => run.under));
  const known = new Set([...recorded, ...granted].map(({ id }) => id));
  const shown = granted.filter((one) => one.commit === commit || under.has(one.id));
  const isShown = (by: string, reason: string): boolean => shown.some((one) => one.by === by && one.reason === reason);
  return [
    ...recorded.map((run) => ({
      kind:
        run.approvals.length > 0
          ? ('approved' as const)
          : run.under !== null
            ? ('exception' as const)
            : kindOf(run.outcome),
      what: runWords(run),
      run,
      exception: granted.find(({ id }) => id === run.under) ?? null,
    })),
    ...shown.map((exception) => ({
      kind: 'exception' as const,
      what: exceptionWords(exception),
      run: null,
      exception,
    })),
    // what the commit's own note says, where the record of runs does not
    ...overruled
      .filter(({ exception }) => exception === undefined || !isShown(exception.by, exception.reason))
      .map(({ tier, says }) => ({
        kind: 'exception' as const,
        what: `${says} It was about ${tier === null ? 'every tier' : `tier ${tier}`}.`,
        run: null,
        exception: null,
      })),
    ...[
      ...refusalsIn(repository.gitDir, now())
        .filter(
          ({ assistant, session, reason }) =>
            isOurs(assistant, session) && !(recorded.length > 0 && reason.startsWith('A command was refused')),
        )
        .map(({ reason }) => ({ kind: 'refused' as const, what: `refused: ${reason}` })),
      ...runs(repository.gitDir).flatMap(({ id, request, usedBy }) =>
        usedBy !== null && !known.has(id) && isOurs(usedBy.assistant, usedBy.session)
          ? [
              {
                kind: 'approved' as const,
                what: `let through once by ${usedBy.approvedBy.length === 0 ? 'somebody' : list(usedBy.approvedBy)} on ${usedBy.at.slice(0, 10)}: ${shortened(request.command)} (asked by ${request.requestedBy}: ${shortened(request.reason)})`,
              },
            ]
          : [],
      ),
      ...exceptions(repository.gitDir, now())
        .filter(({ id, uses }) => !known.has(id) && uses.some(({ assistant, session }) => isOurs(assistant, session)))
        .map(({ by, reason }) => ({ kind: 'exception' as const, what: `under an exception by ${by}: ${reason}` })),
    ].map((local) => ({ ...local, run: null, exception: null })),
  ];
}

const kindOf = (
  outcome: 'refused' | 'asked' | 'observed' | 'requested' | 'approved' | 'ran',
): Trace['runs'][number]['kind'] => (outcome === 'ran' ? 'asked' : outcome);

/** A commit as traces name it. */
const dayOf = ({ author: { time } }: Commit): string =>
  new Date(Math.min(time, 8.64e12) * 1000).toISOString().slice(0, 10);

export const tracedCommit = (commit: Commit): TracedCommit => ({
  commit: commit.id,
  subject: commit.message.split('\n', 1)[0] ?? '',
  day: dayOf(commit),
  by: commit.author.name,
});
