/** The one way from how a commit comes about to its authors: for the hook, for answers ahead of it and for notes. */
import type { ChangeAttribution } from '../../authorship/types';
import { diffTrees, type DiffFile, type Repository, readCommit } from '../../../git';
import { sourceIds, isNewWork, type CommitContext } from '../origins/commit-context';
import { attributionOfSources, type Source } from '../origins/source-commits';
import { exactInverse, hasAssistants } from '../origins/revert';
import { attributeChange, type ChangeInput } from './attribute-change';
import { attributeStaged } from './attribute-staged';

export interface CommitInput extends Omit<ChangeInput, 'from' | 'others' | 'sources'> {
  /** Commits of new work are explained by records since the last one, if these suffice. */
  readonly pendingFirst?: boolean;
  /** Whether no assistant was at work when git reverted a commit. Default: unknown. */
  readonly isAlone?: (sources: readonly Source[]) => boolean;
}

interface AttributedCommit {
  readonly change: ChangeAttribution;
  readonly sources: readonly Source[];
  /** Git reverted a commit without an assistant: all of it is the person's, whoever the lines seem to be by. */
  readonly isPersons: boolean;
}

/** Who wrote what a commit changes. Throws a GitError. */
export async function attributeCommit(
  repository: Repository,
  context: CommitContext,
  { pendingFirst = false, isAlone = () => false, ...input }: CommitInput,
): Promise<AttributedCommit> {
  const { parent, others, reverts } = context;
  const sources = await attributionOfSources(repository, sourceIds(context));
  const attribute = pendingFirst && isNewWork(context) ? attributeStaged : attributeChange;
  const replayed = await attribute(repository, { ...input, from: parent, others, sources });
  if (reverts === undefined) return { change: replayed, sources, isPersons: false };
  const { to } = input;
  const reverted = await afterRevert(repository, {
    id: reverts.commit,
    parent,
    back: (): Promise<readonly DiffFile[]> =>
      typeof to === 'string' ? diffTrees(repository, parent, to) : Promise.resolve(to),
    replayed,
    isAlone: () => isAlone(sources),
  });
  return { ...reverted, sources };
}

/** The attribution of a change that may revert a commit. */
interface MaybeRevert {
  /** The commit that it may revert. */
  readonly id: string;
  readonly parent: string;
  readonly back: () => Promise<readonly DiffFile[]>;
  /** What is known of it from records alone. */
  readonly replayed: ChangeAttribution;
  /** Whether no assistant was at work. */
  readonly isAlone: () => boolean;
}

/**
 * The attribution as replayed when nothing is reverted exactly. `isPersons`: git reverted it without an assistant,
 * whoever the lines seem to be by. Throws a GitError.
 */
async function afterRevert(
  repository: Repository,
  { id, parent, back, replayed, isAlone }: MaybeRevert,
): Promise<{ readonly change: ChangeAttribution; readonly isPersons: boolean }> {
  const reverted = await readCommit(repository, id);
  const pairs = reverted && (await exactInverse(repository, parent, await back(), reverted));
  if (!pairs) return { change: replayed, isPersons: false };
  const isPersons = hasAssistants(replayed) && isAlone();
  // Most commits revert nothing and need no blame.
  const { takenBack } = await import('./taken-back');
  return {
    change: await takenBack(repository, { change: replayed, reverted, pairs, certainly: isPersons }),
    isPersons,
  };
}
