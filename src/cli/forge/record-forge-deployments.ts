/** `linekeeper deploy record --from-forge`: the forge's deployments, as records. */
import { jsonText, quoted, stagesOf, printable } from '../../policy';
import { connectForge } from '../../review/forges';
import { loadPolicy } from '../../policy/load';
import { CannotSay, type Call, type ExitCode } from '../verb';

/** Options for a record that a person makes. */
const OWN = ['stage', 'ref', 'at', 'id', 'failed'];

/** Throws a {@link CannotSay}, a GitError, or a ForgeError. */
export async function recordForgeDeployments(call: Call): Promise<ExitCode> {
  const { terminal, values, json } = call;
  const variable = OWN.find((name) => values[name] !== undefined);
  if (variable !== undefined)
    throw new CannotSay(`--from-forge takes no --${variable}: the Git host says what was deployed where.`);
  const repository = call.repository();
  const { policy } = await loadPolicy(repository);
  const stages = stagesOf(policy);
  const environments = environmentsIn(values['environment'], stages);
  const { recordFromForge } = await import('../../aftermath');
  const { deployments, ...forge } = await connectForge(terminal.env);
  if (deployments === undefined)
    throw new CannotSay(
      `${forge.host} does not say what was deployed. Record it: "linekeeper deploy record --stage S --ref REV".`,
    );
  const { recorded, notices } = await recordFromForge(
    repository,
    { ...forge, deployments },
    { stages, environments, now: terminal.now() },
  );
  if (json)
    terminal.out(
      jsonText({ recorded: recorded.map(({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest })), notices }),
    );
  else {
    const lines = recorded.map(
      ({ commit, stage, at, state, id }) =>
        `Recorded: ${commit.slice(0, 12)} ${state === 'failed' ? 'failed in' : 'is in'} ${stage} since ${new Date(at).toISOString()} (${printable(id)}).`,
    );
    terminal.out(
      `${[
        ...(lines.length === 0 ? ['The Git host knows of no deployment that is not recorded.'] : lines),
        ...notices.map((notice) => printable(notice)),
        ...(lines.length === 0 ? [] : ['To share the records: "linekeeper notes push".']),
      ].join('\n')}\n`,
    );
  }
  return 0;
}

/** Stages by the names of environments in lower case: `NAME=STAGE`. Throws a {@link CannotSay}. */
export function environmentsIn(value: unknown, stages: readonly string[]): ReadonlyMap<string, string> {
  const words = Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  return new Map(
    words.map((word) => {
      const at = word.lastIndexOf('=');
      const [name, stage] = [word.slice(0, at).trim().toLowerCase(), word.slice(at + 1).trim()];
      if (at < 1 || name === '' || stage === '')
        throw new CannotSay(`--environment takes NAME=STAGE, such as "eu-production=production".`);
      if (stages.length > 0 && !stages.includes(stage))
        throw new CannotSay(`The policy has no stage ${quoted(stage)}. It has: ${stages.join(', ')}.`);
      return [name, stage];
    }),
  );
}
