/** `linekeeper policy people`: who is at which level, with the members of teams as the forge last resolved them. */
import { readBase, GateError } from '../../review/gate';
import {
  keepTeams,
  keptTeams,
  type KnownTeams,
  baseBranch,
  baseCommit,
  loadPolicyAndPeople,
  managedFloors,
} from '../../policy/load';
import type { Repository } from '../../git';
import { listIf, isTeam, jsonText, levelsOf, list, peopleAt, type Policy, quoted } from '../../policy';
import { connectForge, forgeNamed, withJobs } from '../../review/forges';
import { defaultRemote } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { whichForge } from '../../review/pull-request';
import { runProgram } from '../../review/forges/client-parts/run-program';
import { CannotSay, type Call, type ExitCode } from '../verb';

/** Lists them; with `--refresh` it queries the forge first. 1 when a team is unknown here. */
export async function showPeople(call: Call): Promise<ExitCode> {
  const repository = call.repository();
  const policy = await deciding(repository);
  const teams = Object.values(policy.people).flat().filter(isTeam);
  const notices = call.values['refresh'] === true ? await refresh(call, repository, teams) : [];
  for (const notice of notices) call.terminal.err(`linekeeper: ${notice}`);
  const stored = keptTeams(repository);
  const levels = levelsOf(policy).map((level) => ({
    level,
    people: peopleAt(policy, level).map((name) => ({
      name,
      members: isTeam(name) ? (stored?.teams[name] ?? null) : null,
    })),
  }));
  const unknown = teams.filter((name) => stored?.teams[name] === undefined);
  if (call.json)
    call.terminal.out(
      jsonText({
        levels,
        unlisted: policy.unlisted,
        resolved: stored === undefined ? null : new Date(stored.at).toISOString(),
        unknown,
      }),
    );
  else call.terminal.out(textOf(levels, policy, stored, unknown));
  return unknown.length === 0 ? 0 : 1;
}

/** The base branch's policy, as the gate uses it; without one, the policy that advises here. */
async function deciding(repository: Repository): Promise<Policy> {
  const base = baseBranch(repository);
  const commit = await baseCommit(repository);
  try {
    if (base !== undefined && commit !== undefined)
      return (await readBase(repository, commit, base.name, null, managedFloors())).policy;
  } catch (error) {
    if (!(error instanceof GateError) || error.reason === 'people') throw error;
  }
  const { policy, unread } = await loadPolicyAndPeople(repository);
  if (unread !== '') throw new CannotSay(unread);
  return policy;
}

async function refresh(
  { terminal }: Call,
  repository: Repository,
  names: readonly string[],
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const forge = await connectForge(await forgeEnvironment(repository, terminal.env));
  const { teams, notices } = await forge.teams([...new Set(names)]);
  keepTeams(repository, { host: forge.host, at: terminal.now(), teams });
  return notices;
}

interface LevelRow {
  readonly level: string;
  readonly people: readonly { readonly name: string; readonly members: readonly string[] | null }[];
}

function textOf(
  levels: readonly LevelRow[],
  { unlisted }: Policy,
  stored: KnownTeams | undefined,
  unknown: readonly string[],
): string {
  const rows = levels.map(
    ({ level, people }) =>
      `${level.padEnd(7)} ${people.length === 0 ? 'nobody' : people.map(({ name, members }) => `${quoted(name)}${members === null ? '' : ` (${members.length === 0 ? 'nobody' : list(members.map(quoted), 20)})`}`).join(', ')}`,
  );
  const age =
    stored === undefined
      ? []
      : [
          `Teams as of ${new Date(stored.at).toISOString().slice(0, 10)}, from ${quoted(stored.host)}. They count for 30 days.`,
        ];
  const missing = listIf(unknown.length > 0, [
    `Not known here: ${list(unknown.map(quoted), 20)}. "linekeeper policy people --refresh" asks the Git host.`,
  ]);
  return `${[...rows, `Anybody else is ${unlisted}.`, ...age, ...missing].join('\n')}\n`;
}

/** On a person's machine: the forge, from the remote's address, and the token that its command-line client stores. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variables that a job's environment would have (src/review/forges/client-parts). Tokens that are set take precedence over that of
 * the forge's own program. Throws a ReviewError or a NotesError when the remote is not on a forge.
 */
async function forgeEnvironment(repository: Repository, env: Environment): Promise<Environment> {
  if (withJobs().some(({ jobs }) => jobs.isHere(env))) return env;
  const name = await defaultRemote(repository);
  const address = (await repository.text(['remote', 'get-url', '--', name])).trim();
  const { forge, remote } = await whichForge(repository, { remote: { name, address }, mayAsk: true });
  const tokenBy = async (program: string, words: readonly string[]): Promise<string> =>
    (await runProgram(program, words, { cwd: repository.root, env })).out.trim();
  const tokenVariables = await forgeNamed(forge).jobs?.environmentFor?.(remote, env, tokenBy);
  return tokenVariables === undefined ? env : { ...tokenVariables, LINEKEEPER_FORGE: forge };
}
