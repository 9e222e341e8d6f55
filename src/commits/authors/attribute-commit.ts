/** The one way from how a commit comes about to its authors: for the hook, for answers ahead of it and for notes. */
import type { ChangeAttribution } from '../../authorship/types';
import { diffTrees, type DiffFile, type Repository } from '../../git';
import { sourceIds, isNewWork, type CommitContext } from '../origins/commit-context';
import { attributionOfSources, type Source } from '../origins/source-commits';
import { afterRevert } from './after-revert';
import { attributeChange, type ChangeInput } from './attribute-change';
import { attributeStaged } from './attribute-staged';

export interface CommitInput extends Omit<ChangeInput, 'from' | 'others' | 'sources'> {
  /** Commits of new work are explained by records since the last one, if these suffice. */
  readonly pendingFirst?: boolean;
  /** Whether no assistant was at work when git reverted a commit. Default: unknown. */
  readonly isAlone?: (sources: readonly Source[]) => boolean;
}

export interface AttributedCommit {
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
