/**
 * A clone's health in figures: what a company's machines report, `export` collects and `fleet` counts. No person and
 * nothing finer than a day is in it; of paths only those of floors.
 */
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { version as PROGRAM } from '../../../package.json';
import { repositoryName, type HooksState, type Repository } from '../../git';
import { BUILT_IN_SOURCE, type Policy, type PolicySource } from '../../policy';
import { managedFloors } from '../../policy/load';
import type { AssistantReport } from '../../provenance/assistants/coverage';
import { SYSTEM } from '../../base/platform';

export interface Health {
  /** The day on which this was looked at, as `2026-11-28`. */
  readonly day: string;
  /** As exports name it. */
  readonly repository: string;
  /** A key of the machine's name and the clone's folder: the same for the same clone. */
  readonly clone: string;
  readonly linekeeper: string;
  readonly git: string;
  readonly platform: string;
  /** Git's hooks. */
  readonly hooks: HooksState;
  /** The day on which any assistant's hooks last ran here; null: none that is known. */
  readonly lastHeard: string | null;
  /** Those that were found on the machine, or have hooks. */
  readonly assistants: readonly AssistantHealth[];
  /** The files of the floors that lie under the policy. */
  readonly floors: readonly string[];
  /** `none`: there is no policy. */
  readonly mode: 'enforce' | 'observe' | 'none';
  /** Which policy decides here, and its digest. */
  readonly policy: { readonly source: string; readonly digest: string };
  /** How many findings of `doctor` are to be fixed. */
  readonly toFix: number;
}

interface AssistantHealth {
  readonly id: string;
  readonly version: string | null;
  /** `installed` where the hooks of the account or of the project are. */
  readonly hooks: AssistantReport['hooks']['user'];
  readonly lastHeard: string | null;
}

interface Looked {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly git: string;
  readonly hooks: HooksState;
  readonly assistants: readonly AssistantReport[];
  readonly policy: PolicySource & { readonly policy: Policy };
  readonly toFix: number;
}

/** Throws a GitError. */
export async function healthOf(repository: Repository, looked: Looked): Promise<Health> {
  const { at, git, hooks, policy, toFix } = looked;
  const assistants = looked.assistants
    .filter((report) => report.found || hooksOf(report) !== 'absent' || report.lastSeen !== null)
    .map((report) => ({
      id: report.id,
      version: report.version,
      hooks: hooksOf(report),
      lastHeard: report.lastSeen?.slice(0, 10) ?? null,
    }));
  return {
    day: new Date(at).toISOString().slice(0, 10),
    repository: (await repositoryName(repository)).name,
    clone: createHash('sha256').update(`${hostname()}\0${repository.root}`).digest('hex').slice(0, 16),
    linekeeper: PROGRAM,
    git,
    platform: SYSTEM,
    hooks,
    lastHeard:
      assistants
        .flatMap(({ lastHeard }) => lastHeard ?? [])
        .sort()
        .at(-1) ?? null,
    assistants,
    floors: managedFloors().map(({ file }) => file),
    mode: policy.source === BUILT_IN_SOURCE ? 'none' : (policy.policy.mode ?? 'enforce'),
    policy: { source: policy.source, digest: policy.digest },
    toFix,
  };
}

/** The better state of the two places. */
const hooksOf = ({ hooks: { user, project } }: AssistantReport): AssistantHealth['hooks'] =>
  user === 'installed' || project === 'absent' ? user : project;
