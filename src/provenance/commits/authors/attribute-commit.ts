/** The one way from how a commit comes about to its authors: for the hook, for answers ahead of it and for notes. */
import type { ChangeAttribution, FileAttribution } from '../../authorship/types';
import { diffTrees, type DiffFile, type Repository, readCommit } from '../../../git';
import { sourceIds, isNewWork, type CommitContext } from '../origins/origin-of-commit';
import { attributionOfSources, type Source } from '../origins/source-commits';
import { hasAssistants } from '../origins/is-assistant-involved';
import { exactInverse } from '../origins/exact-inverse';
import { attributeChange, type ChangeInput } from './attribute-change';
import { attributeStaged } from './attribute-staged';

export interface CommitInput extends Omit<ChangeInput, 'from' | 'others' | 'sources'> {
  /** Commits of new work are explained by records since the last one, if these suffice. */
  readonly pendingFirst?: boolean;
  /** Whether no assistant was at work when git reverted a commit. Default: unknown. */
  readonly isAlone?: (sources: readonly Source[]) => boolean;
  /** The counts of a message are wanted, which say the same as the reports of a commit. Default: its note. */
  readonly forMessage?: boolean;
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
  { pendingFirst = false, isAlone = () => false, forMessage = false, ...input }: CommitInput,
): Promise<AttributedCommit> {
  const { parent, others, reverts } = context;
  const sources = await attributionOfSources(repository, sourceIds(context));
  const attribute = pendingFirst && isNewWork(context) ? attributeStaged : attributeChange;
  const replayed = await attribute(repository, { ...input, from: parent, others, sources });
  const mayRestore = reverts !== undefined || (isNewWork(context) && !hasAssistants(replayed) && hasUnknown(replayed));
  if (!mayRestore) return { change: replayed, sources, isPersons: false };
  const { to, objects } = input;
  const reverted = await afterRevert(repository, {
    id: reverts?.commit,
    parent,
    back: (): Promise<readonly DiffFile[]> =>
      typeof to === 'string'
        ? diffTrees(repository, parent, to, objects === undefined ? {} : { objects })
        : Promise.resolve(to),
    replayed,
    isAlone: () => reverts !== undefined && isAlone(sources),
    objects,
    forMessage,
  });
  return { ...reverted, sources };
}

/** The attribution of a change that may revert commits. */
interface MaybeRevert {
  /** A commit that it may revert; undefined where only its contents may show it. */
  readonly id: string | undefined;
  readonly parent: string;
  readonly back: () => Promise<readonly DiffFile[]>;
  /** What is known of it from records alone. */
  readonly replayed: ChangeAttribution;
  /** Whether no assistant was at work. */
  readonly isAlone: () => boolean;
  /** A folder with additional git objects. */
  readonly objects: string | undefined;
  readonly forMessage: boolean;
}

/**
 * The attribution as replayed when nothing is reverted exactly. `isPersons`: git reverted it without an assistant,
 * whoever the lines seem to be by. Throws a GitError.
 */
async function afterRevert(
  repository: Repository,
  { id, parent, back, replayed, isAlone, objects, forMessage }: MaybeRevert,
): Promise<{ readonly change: ChangeAttribution; readonly isPersons: boolean }> {
  const files = await back();
  const named = id === undefined ? undefined : await readCommit(repository, id);
  const pairs = named && (await exactInverse(repository, parent, files, named));
  const isPersons = pairs !== undefined && hasAssistants(replayed) && isAlone();
  const restored = pairs
    ? { before: named.parents[0], pairs }
    : hasAssistants(replayed)
      ? undefined
      : await (
          await import('../origins/files-restored-from-earlier-commit')
        ).restoredBy(repository, { parent, files, open: openFiles(files, replayed), named, objects });
  if (!restored) return { change: replayed, isPersons: false };
  // Most commits revert nothing and need no blame.
  const { takenBack } = await import('./authors-of-reverts');
  return {
    change: await takenBack(repository, {
      change: replayed,
      ...restored,
      parent,
      certainly: isPersons,
      // where one commit is undone, whoever reads its note counts them so (review/gate/disclosures/authors-of-exact-reverts.ts)
      olderAreTheirs: pairs === undefined ? 'always' : forMessage ? 'beside AI' : 'never',
    }),
    isPersons,
  };
}

/** Whether something in a change has no known author. */
const hasUnknown = (change: ChangeAttribution): boolean => change.files.some(isOpen);

const isOpen = ({ ranges, removed, change }: FileAttribution): boolean =>
  [...ranges, ...removed, ...(change ? [change] : [])].some(({ author }) => author === 'unknown');

const openFiles = (files: readonly DiffFile[], { files: known }: ChangeAttribution): readonly DiffFile[] => {
  const open = new Set(known.filter(isOpen).map((file) => file.path));
  return files.filter((file) => open.has(file.path));
};
