/**
 * What the danger rules find in each commit of a history, and whose lines caused it. Results are cached in
 * `<git dir>/linekeeper/report/findings.json`, so that a commit is searched only once.
 */
import { createHash } from 'node:crypto';
import { dataPlace } from '../../base/files';
import { version as PROGRAM } from '../../../package.json';
import { linesBehind } from '../../policy/warnings/danger-warning-locations';
import { findInEach, type BlobPair } from '../../policy/findings';
import { type Listed } from '../../provenance/commits';
import { readStateFile, writeStateFile, type Repository } from '../../git';
import type { Finding, Policy } from '../../policy';
import { attributedHistory, type AttributedStep } from './read-history';

export interface CommitFinding extends Pick<Finding, 'rule' | 'class' | 'severity' | 'path' | 'line' | 'side'> {
  readonly author: 'ai' | 'human' | 'unknown';
  /** Null when not AI, or unknown. */
  readonly assistant: string | null;
  readonly model: string | null;
}

interface FindingsOptions {
  /** The commits to search. */
  readonly listed: readonly Listed[];
  /** Ids of notes, by commit. */
  readonly notes: ReadonlyMap<string, string>;
  readonly policy: Policy;
  /** Searches all of them again. */
  readonly fresh?: boolean;
  readonly progress?: ((done: number, all: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Texts of this many commits, or files, are in memory at once. */
const COMMITS_AT_ONCE = 50;
const FILES_AT_ONCE = 200;
/** The cache is saved after this many commits, so that interrupting the work loses little. */
const KEEP_EACH = 1_000;
/** Must go up when the meaning of the cache changes. */
const VERSION = 1;

/**
 * The findings of each of the commits; those without any are left out. Only what a commit itself changed, merges
 * included. Throws a GitError, or the signal's reason.
 */
export async function findingsOf(
  repository: Repository,
  { listed, notes, policy, fresh, progress, signal }: FindingsOptions,
): Promise<ReadonlyMap<string, readonly CommitFinding[]>> {
  const key = createHash('sha256')
    .update(JSON.stringify([PROGRAM, policy.rules, policy.rulesOff]))
    .digest('hex')
    .slice(0, 16);
  const stored = fresh === true ? new Map<string, Kept>() : keptFindings(repository, key);
  const missing = listed.filter(({ id }) => stored.get(id)?.note !== (notes.get(id) ?? ''));
  let waiting: AttributedStep[] = [];
  let files = 0;
  let done = 0;
  const look = async (): Promise<void> => {
    const steps = waiting;
    [waiting, files] = [[], 0];
    let at = 0;
    for await (const { findings } of findInEach(repository, steps.map(pairsOf), policy)) {
      signal?.throwIfAborted();
      const step = steps[at++];
      if (step)
        stored.set(step.step.commit.id, {
          note: step.note,
          found: findings.map((finding) => withAuthor(finding, step)),
        });
      if (++done % KEEP_EACH === 0) keepFindings(repository, key, stored);
    }
    progress?.(done, missing.length);
  };
  try {
    for await (const step of attributedHistory(repository, missing, notes, signal)) {
      waiting.push(step);
      files += step.step.own.length;
      if (waiting.length >= COMMITS_AT_ONCE || files >= FILES_AT_ONCE) await look();
    }
    await look();
  } finally {
    if (done > 0) keepFindings(repository, key, stored);
  }
  return new Map(
    listed.flatMap(({ id }) => {
      const found = stored.get(id)?.found ?? [];
      return found.length === 0 ? [] : [[id, found]];
    }),
  );
}

const pairsOf = ({ step }: AttributedStep): readonly BlobPair[] =>
  step.own
    .filter(({ binary, oldId, newId }) => !binary && oldId !== newId)
    .map(({ path: name, from, oldId, newId }) => ({ path: name, from, oldId, newId }));

function withAuthor(finding: Finding, { shown }: AttributedStep): CommitFinding {
  const { rule, class: kind, severity, path: name, line, side } = finding;
  const file = shown.files.find((one) => one.path === name);
  const by = file && (linesBehind(finding, file) ?? file.change);
  const isAi = by?.author === 'ai';
  return {
    rule,
    class: kind,
    severity,
    path: name,
    line,
    side,
    author: by?.author ?? 'unknown',
    assistant: isAi ? by.assistant : null,
    model: isAi ? by.model : null,
  };
}

interface Kept {
  /** The id of the commit's note when it was searched. */
  readonly note: string;
  readonly found: readonly CommitFinding[];
}

type KeptRow = readonly [id: string, note: string, found?: readonly CommitFinding[]];

const fileOf = ({ commonDir }: Repository): string => dataPlace(commonDir, 'report', 'findings.json');

/** The cache; empty when it is of another version or another policy's rules. */
function keptFindings(repository: Repository, key: string): Map<string, Kept> {
  try {
    const stored = JSON.parse(readStateFile(fileOf(repository)) || '{}') as {
      readonly version?: unknown;
      readonly key?: unknown;
      readonly commits?: readonly KeptRow[];
    };
    return new Map(
      stored.version === VERSION && stored.key === key
        ? (stored.commits ?? []).map(([id, note, found = []]) => [id, { note, found }])
        : [],
    );
  } catch {
    return new Map(); // half written, or not ours
  }
}

/** Nothing depends on it: what can't be written is searched for again next time. */
const keepFindings = (repository: Repository, key: string, findings: ReadonlyMap<string, Kept>): void =>
  writeStateFile(
    fileOf(repository),
    JSON.stringify({
      version: VERSION,
      key,
      commits: [...findings].map(([id, { note, found }]) => (found.length === 0 ? [id, note] : [id, note, found])),
    }),
  );
