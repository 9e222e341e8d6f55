/** `linekeeper export --format …`: a repository as tables for other engines. */
import { isCi } from './ci/is-ci';
import path from 'node:path';
import { readDeployments } from '../aftermath';
import { EXPORT_FORMATS, exportTables, readState, type Exported, type Row } from '../aftermath/export';
import { readLineNotes, readRuns, SIGN_OFFS_REF } from '../provenance/commits';
import { repositoryName, type Repository } from '../git';
import { incidentsIn } from '../policy/incidents';
import { countOf, printable, quoted } from '../policy';
import { loadPolicy } from '../policy/load';
import { CannotSay, type Call } from './verb';
import { progressTo } from './output/progress';
import { noCommitYet } from './arguments/unknown-revision-error';

/** Throws a {@link CannotSay}, a GitError, or a file system error. */
export async function exportToFolder(call: Call, repository: Repository): Promise<Exported> {
  const { terminal, values } = call;
  const format = EXPORT_FORMATS.find((one) => one === values['format']);
  if (format === undefined)
    throw new CannotSay(
      `--format ${JSON.stringify(values['format'])} is not known. Choose one of ${EXPORT_FORMATS.join(', ')}.`,
    );
  if (typeof values['output'] !== 'string')
    throw new CannotSay(
      `--format ${format} needs --output DIR: the folder that the tables go into. Several repositories may share one.`,
    );
  const tip = await repository.commitId('HEAD');
  if (tip === undefined) throw new CannotSay(noCommitYet(repository));
  const { policy } = await loadPolicy(repository);
  const named = values['name'];
  const { name, isRemote } =
    typeof named === 'string' ? { name: named, isRemote: false } : await repositoryName(repository);
  const folder = path.resolve(terminal.cwd, values['output']);
  // A folder's name is no proof of one repository: where its last commit is not here, the parts are another's.
  const earlier = typeof named === 'string' || isRemote ? undefined : readState(folder, name);
  if (earlier !== undefined && (await repository.commitId(earlier.tip)) === undefined)
    throw new CannotSay(
      `${printable(values['output'])} has an export of another repository with the name ${quoted(name)}: its last commit ${earlier.tip.slice(0, 10)} is not here. Give this repository its own name with --name NAME, or replace that export with --name ${JSON.stringify(printable(name))}.`,
    );
  const progressOf = progressTo(terminal);
  return exportTables(repository, {
    folder,
    format,
    name,
    tip,
    policy,
    people: values['people'] === true,
    findings: values['findings'] === true,
    now: terminal.now(),
    progress: progressOf('commits exported'),
    findingsProgress: progressOf('commits looked through for findings'),
    others: {
      sign_offs: await signOffRows(repository),
      deployments: await deploymentRows(repository),
      incidents: await incidentRows(repository, tip),
      runs: await runRows(repository),
      health: await healthRows(call, repository, name),
    },
  });
}

interface Dated {
  /** Seconds since the epoch. */
  readonly at: number;
  readonly row: Row;
}

async function deploymentRows(repository: Repository): Promise<readonly Dated[]> {
  const { all } = await readDeployments(repository);
  return all.map(({ commit, stage, at, state }) => ({
    at: at / 1000,
    row: { commit, stage, deployed_at: Math.floor(at / 1000), state },
  }));
}

async function runRows(repository: Repository): Promise<readonly Dated[]> {
  const { runs } = await readRuns(repository);
  return runs.map(({ id, commit, at, outcome, command, assistant, session, approvals, under, ended }) => {
    const seconds = Math.floor(Date.parse(at) / 1000);
    return {
      at: seconds,
      row: {
        run: id,
        commit,
        at: seconds,
        outcome,
        program: command?.program ?? null,
        verb: command?.verb ?? null,
        targets: command?.targets.join(' ') ?? '',
        directory: command?.directory ?? null,
        environment: command?.environment ?? null,
        rule: command?.rule ?? null,
        tier: command?.tier ?? null,
        assistant,
        session,
        approvals: approvals.length,
        exception: under,
        ended: ended === null ? null : ended.failed ? 'failed' : 'ok',
      },
    };
  });
}

async function incidentRows(repository: Repository, tip: string): Promise<readonly Dated[]> {
  const { incidents } = await incidentsIn(repository, tip);
  const seconds = (time: string | null): number | null =>
    time === null || Number.isNaN(Date.parse(time)) ? null : Math.floor(Date.parse(time) / 1000);
  return incidents.flatMap(({ id, began, ended, state, contribution, failureMode, suspects }) => {
    const at = seconds(began);
    if (at === null) return [];
    const named = suspects
      .filter((suspect) => suspect.contribution === 'contributed')
      .flatMap(({ assistants }) => assistants);
    const list = (names: readonly string[]): string => [...new Set(names)].sort().join(',');
    return [
      {
        at,
        row: {
          incident: id,
          began_at: at,
          ended_at: seconds(ended),
          state,
          contribution,
          failure_mode: failureMode,
          assistants: list(named.map(({ assistant }) => assistant)),
          models: list(named.flatMap(({ model }) => model ?? [])),
        },
      },
    ];
  });
}

/** This clone's own, and the reports of others in the folder that `--health` names; the last one of each clone. */
async function healthRows(call: Call, repository: Repository, name: string): Promise<readonly Dated[]> {
  const { terminal, values } = call;
  const folder = values['health'];
  const { readHealth, healthReport } = await import('./doctor/make-and-read-health-reports');
  const { reports, others: noReports } =
    typeof folder === 'string' ? readHealth(path.resolve(terminal.cwd, folder)) : { reports: [], others: [] };
  if (noReports.length > 0)
    terminal.err(
      `linekeeper: ${countOf(noReports.length, 'file')} in ${printable(String(folder))} can't be read as a report of "linekeeper doctor --json", so the export leaves ${noReports.length === 1 ? 'it' : 'them'} out: ${noReports.slice(0, 5).map(printable).join(', ')}${noReports.length > 5 ? ', …' : ''}. Run doctor there again with this version.`,
    );
  const isOfCi = isCi(terminal.env);
  const here = isOfCi ? [] : [await healthReport(call)];
  const names = [name, (await repositoryName(repository)).name];
  const others = reports.filter((report) => !names.includes(report.repository)).length;
  if (others > 0)
    terminal.err(
      `linekeeper: ${countOf(others, 'report')} in ${printable(String(folder))} ${others === 1 ? 'is' : 'are'} of other repositories, so ${others === 1 ? 'it is' : 'they are'} left to their exports.`,
    );
  const latest = new Map(
    [...reports.filter((report) => names.includes(report.repository)), ...here]
      .sort((a, b) => a.day.localeCompare(b.day))
      .map((report) => [report.clone, report]),
  );
  const seconds = (day: string): number => Date.parse(day) / 1000;
  return [...latest.values()].map((report) => ({
    at: seconds(report.day),
    row: {
      clone: report.clone,
      reported_at: seconds(report.day),
      linekeeper: report.linekeeper,
      git: report.git,
      platform: report.platform,
      hooks: report.hooks,
      heard_at: report.lastHeard === null ? null : seconds(report.lastHeard),
      assistants: report.assistants.map(({ id }) => id).join(','),
      hooked: report.assistants.flatMap(({ id, hooks }) => (hooks === 'installed' ? [id] : [])).join(','),
      floors: report.floors.length,
      mode: report.mode,
      policy: report.policy.digest,
      to_fix: report.toFix,
    },
  }));
}

/** By the time of the signed commit: sign-offs themselves contain people's names, which are not exported. */
async function signOffRows(repository: Repository): Promise<readonly Dated[]> {
  const counts = new Map<string, number>();
  for (const { commit } of await readLineNotes(repository, SIGN_OFFS_REF))
    counts.set(commit, (counts.get(commit) ?? 0) + 1);
  if (counts.size === 0) return [];
  const { readCommits } = await import('../git');
  const commits = await readCommits(repository, [...counts.keys()]);
  return [...counts].flatMap(([commit, count]) => {
    const at = commits.get(commit)?.committer.time;
    return at === undefined ? [] : [{ at, row: { commit, sign_offs: count } }];
  });
}
