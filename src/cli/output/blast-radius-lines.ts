/**
 * What depends on a change, for the verbs that show it. For information only: when it can't be computed nothing is
 * shown.
 */
import type { FileAttribution } from '../../provenance/authorship/types';
import { blastRadius, type BlastRadius, type Edge } from '../../policy/blast-radius';
import { textsOfBlobs, textsOfWork, type BlobPair } from '../../policy/findings';
import type { Repository } from '../../git';
import { listIf, countOf } from '../../policy';
import { ownersAt } from '../../policy/load';

/** Of uncommitted changes: who depends on them in the work tree. */
export const blastOfWork = (
  repository: Repository,
  files: readonly FileAttribution[],
): Promise<BlastRadius | undefined> =>
  quietly(async () =>
    blastRadius(repository, {
      changes: (await textsOfWork(repository, files)).changes,
      tree: null,
      owners: async () => ownersAt(repository, await repository.commitId('HEAD')),
    }),
  );

/** Of a range's net change: who depends on it at its head. Owners are the base's. */
export const blastOfRange = (
  repository: Repository,
  files: readonly BlobPair[],
  { base, head }: { readonly base: string; readonly head: string },
): Promise<BlastRadius | undefined> =>
  quietly(async () =>
    blastRadius(repository, {
      changes: (await textsOfBlobs(repository, files)).changes,
      tree: head,
      owners: () => ownersAt(repository, base),
    }),
  );

async function quietly(ask: () => Promise<BlastRadius>): Promise<BlastRadius | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}

const SHOWN = 8;

/** As lines for people; empty when nothing is known. `shown` makes a text from outside harmless. */
export function blastLines(blast: BlastRadius | undefined, shown: (text: string) => string): readonly string[] {
  if (blast === undefined || (blast.edges.length === 0 && blast.cannotTell.length === 0)) return [];
  const line = ({ dependent, line: at, kind, path, evidence, owners }: Edge): string =>
    `  ${shown(dependent)}${at === null ? '' : `:${String(at)}`}  ${kind === 'history' ? `${evidence} with` : `${kind}, uses`} ${shown(path)}${owners.length === 0 ? '' : `  (${owners.map(shown).join(', ')})`}`;
  const more = blast.edges.length - SHOWN;
  return [
    ...listIf(blast.edges.length > 0, [
      `${countOf(blast.files, 'file')} ${blast.files === 1 ? 'depends' : 'depend'} on this change:`,
      ...blast.edges.slice(0, SHOWN).map(line),
      ...(more > 0 ? [`  and ${String(more)} more (--json lists them)`] : []),
    ]),
    ...blast.cannotTell,
  ];
}
