/** The hunks of a change in the order in which a reviewer should read them: by risk, then by size. */
import { createHash } from 'node:crypto';
import type { Author, LineRange } from '../../provenance/authorship/types';
import { findInRange } from '../../policy/findings';
import {
  commitsWithoutNotes,
  GateError,
  netChange,
  readBase,
  readRange,
  unknownReasonsByCommit,
  withRiskClaims,
  type AttributionOf,
} from '../gate';
import { patchesOf, type PatchFile, type PatchHunk, type Repository } from '../../git';
import { findingsAbout, SEVERITIES, tierOf, type Finding, type Policy } from '../../policy';
import { loadPolicy, managedFloors } from '../../policy/load';

export interface HunkLine {
  readonly text: string;
  readonly author: Author;
  /** Id of an assistant; null for all other authors. */
  readonly assistant: string | null;
  /** More than one author changed it: a person edited AI's line afterwards. */
  readonly edited: boolean;
  /** The commit that changed it, where its author is unknown; else null. */
  readonly unknownIn: string | null;
}

export interface HunkToRead {
  /** Identifies its content: it changes with the hunk. */
  readonly id: string;
  readonly path: string;
  readonly from: string | null;
  /** Its file's tier; null for none. */
  readonly tier: string | null;
  /** 1-based lines of the old and the new file. */
  readonly oldLine: number;
  readonly newLine: number;
  readonly removed: readonly HunkLine[];
  readonly added: readonly HunkLine[];
  readonly findings: readonly Finding[];
}

export interface ChangeToRead {
  /** Ids of commits. */
  readonly mergeBase: string;
  readonly head: string;
  readonly hunks: readonly HunkToRead[];
  /** Commits that have AI lines by their messages, but no note here that locates them. */
  readonly withoutNotes: readonly string[];
  /** Why lines are of unknown author, by the commits that changed them. */
  readonly whyUnknown: Readonly<Record<string, string>>;
  /** Files without lines to show: binary, renamed, submodules. */
  readonly others: readonly { readonly path: string; readonly tier: string | null; readonly author: Author }[];
}

/** `base` and `head` are ids of commits. Throws a GateError or a GitError. */
export async function hunksToRead(
  repository: Repository,
  {
    base,
    head,
    baseName,
    attributionOf,
  }: { readonly base: string; readonly head: string; readonly baseName: string; readonly attributionOf: AttributionOf },
): Promise<ChangeToRead> {
  const policy = await policyOf(repository, base, baseName);
  const range = await readRange(repository, base, head);
  const net = await netChange(repository, range, withRiskClaims(attributionOf, policy));
  const { findings } = await findInRange(repository, net.files, policy, head);
  const patches = new Map<string, PatchFile>();
  if (range.mergeBase !== head)
    for await (const files of patchesOf(repository, [{ from: range.mergeBase, to: head }]))
      for (const file of files) patches.set(file.path, file);
  const hunks: (HunkToRead & { readonly risk: readonly number[] })[] = [];
  const others: ChangeToRead['others'][number][] = [];
  for (const { attribution, commitOf } of net.files) {
    const { path, from } = attribution;
    const mine = findings.filter((finding) => finding.path === path);
    const match = tierOf(policy, { path, from, findings: findingsAbout(findings, path) });
    const tier = match?.tier.name ?? null;
    const patch = patches.get(path);
    if (attribution.ranges.length + attribution.removed.length === 0 || patch === undefined) {
      others.push({ path, tier, author: attribution.change?.author ?? 'unknown' });
      continue;
    }
    for (const hunk of patch.hunks) {
      const inIt = mine.filter(({ side, line }) =>
        side === 'old' ? hunk.oldStart < line && line <= hunk.oldEnd : hunk.newStart < line && line <= hunk.newEnd,
      );
      const worst = Math.min(SEVERITIES.length, ...inIt.map(({ severity }) => SEVERITIES.indexOf(severity)));
      const added = linesOf(hunk.added, hunk.newStart, attribution.ranges, (line) => commitOf('new', line));
      const removed = linesOf(hunk.removed, hunk.oldStart, attribution.removed, (line) => commitOf('old', line));
      const byAi = [...added, ...removed].some(({ author }) => author !== 'human') ? 0 : 1;
      hunks.push({
        id: idOf(path, hunk),
        path,
        from,
        tier,
        oldLine: hunk.oldStart + 1,
        newLine: hunk.newStart + 1,
        removed,
        added,
        findings: inIt,
        risk: [match?.rank ?? policy.tiers.length, worst, byAi, -(added.length + removed.length)],
      });
    }
  }
  hunks.sort((one, other) => compared(one.risk, other.risk));
  return {
    mergeBase: range.mergeBase,
    head,
    hunks: hunks.map(({ risk, ...hunk }) => hunk),
    withoutNotes: commitsWithoutNotes(range.commits, net.commits),
    whyUnknown: unknownReasonsByCommit(net, range, policy.since !== null),
    others,
  };
}

/** The base's policy; else the one that applies on this machine. */
async function policyOf(repository: Repository, base: string, name: string): Promise<Policy> {
  try {
    return (await readBase(repository, base, name, null, managedFloors())).policy;
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return (await loadPolicy(repository)).policy;
  }
}

function compared(first: readonly number[], second: readonly number[]): number {
  const at = first.findIndex((value, index) => value !== second[index]);
  return at < 0 ? 0 : (first[at] ?? 0) - (second[at] ?? 0);
}

/** `start`: 0-based line of the first text. */
function linesOf(
  texts: readonly string[],
  start: number,
  ranges: readonly LineRange[],
  commitOf: (line: number) => string | null,
): readonly HunkLine[] {
  return texts.map((text, index): HunkLine => {
    const line = start + index + 1;
    const range = ranges.find((one) => one.start <= line && line <= one.end);
    const author = range?.author ?? 'unknown';
    return {
      text,
      author,
      assistant: range?.assistant ?? null,
      edited: range?.edited === true,
      unknownIn: author === 'unknown' ? commitOf(line) : null,
    };
  });
}

const idOf = (path: string, { removed, added }: PatchHunk): string =>
  createHash('sha256')
    .update(JSON.stringify([path, removed, added]))
    .digest('hex')
    .slice(0, 12);
