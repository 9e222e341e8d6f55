/**
 * The shared notes (sign-offs, debts, deployments, runs) that were seen, here and at remotes. Nobody deletes or rewinds such a
 * ref in the course of work: where one is gone, so is what it said, and questions about it must not be answered as if
 * there had been nothing.
 *
 *     .git/linekeeper/known-refs: one line each, the ref and the notes commit that it was at
 */
import { dataPlace } from '../../../base/files';
import { isAncestor } from '../origins/is-ancestor';
import { readStateFile, writeStateFile, type Repository } from '../../../git';
import { SHARED_LINE_NOTES, seenAt } from './refs-of-line-notes';

/** Shared notes that were known, and are gone or were set back. */
interface LostNotes {
  /** As git names it everywhere: `refs/notes/…`. */
  readonly ref: string;
  /** Where they are gone; undefined: here. */
  readonly remote: string | undefined;
  /** Everything that they said is still known here. */
  readonly isHarmless: boolean;
  /** For people: what is gone, and how to bring it back. */
  readonly says: string;
}

const fileOf = ({ commonDir }: Pick<Repository, 'commonDir'>): string => dataPlace(commonDir, 'known-refs');

function knownRefs(repository: Repository): Map<string, string> {
  return new Map(
    readStateFile(fileOf(repository))
      .split('\n')
      .flatMap((line) => {
        const [, name, tip] = /^(refs\/\S+) ([0-9a-f]{40,64})$/.exec(line) ?? [];
        return name === undefined || tip === undefined || partsOf(name) === undefined ? [] : [[name, tip] as const];
      }),
  );
}

/** Which notes a ref holds, and whose: the inverse of `seenAt`. */
function partsOf(name: string): { readonly ref: string; readonly remote: string | undefined } | undefined {
  for (const ref of SHARED_LINE_NOTES) {
    if (name === ref) return { ref, remote: undefined };
    const remote = name.split('/').at(-2) ?? '';
    if (name === seenAt(remote, ref)) return { ref, remote };
  }
  return undefined;
}

/** Remembers where such refs are; the others of `tips` are ignored. Throws a GitError. */
export async function rememberRefs(repository: Repository, tips: Iterable<readonly [string, string]>): Promise<void> {
  const known = knownRefs(repository);
  const size = known.size;
  let changed = false;
  for (const [name, tip] of tips) {
    const before = known.get(name);
    if (before === tip || partsOf(name) === undefined) continue;
    // One that was set back is lost, and stays known as it was.
    if (before !== undefined && !(await isAncestor(repository, before, tip))) continue;
    known.set(name, tip);
    changed = true;
  }
  if (changed || known.size !== size) save(repository, known);
}

const save = (repository: Repository, known: ReadonlyMap<string, string>): void => {
  writeStateFile(fileOf(repository), [...known].map(([name, tip]) => `${name} ${tip}\n`).join(''));
};

/** Nobody here misses refs of these names any more: a person had them removed. */
export function forgetRefs(repository: Repository, names: readonly string[]): void {
  const known = knownRefs(repository);
  for (const name of names) known.delete(name);
  save(repository, known);
}

/** What was known and is gone; those of remotes that are not configured any more are forgotten. Throws a GitError. */
export async function lostNotes(repository: Repository): Promise<LostNotes[]> {
  const known = knownRefs(repository);
  if (known.size === 0) return [];
  const listed = await repository.text(['for-each-ref', '--format=%(refname) %(objectname)', ...known.keys()]);
  const tips = new Map(listed.split('\n').map((line) => line.split(' ', 2) as [string, string]));
  const lost: LostNotes[] = [];
  for (const [name, tip] of known) {
    const currentTip = tips.get(name);
    if (currentTip === tip || (currentTip !== undefined && (await isAncestor(repository, tip, currentTip)))) continue;
    const { ref, remote } = partsOf(name) ?? { ref: name, remote: undefined };
    if (remote !== undefined && !(await isRemote(repository, remote))) {
      known.delete(name);
      save(repository, known);
      continue;
    }
    const here = tips.get(ref) ?? (await repository.commitId(ref));
    const isHarmless = remote !== undefined && here !== undefined && (await isAncestor(repository, tip, here));
    lost.push({
      ref,
      remote,
      isHarmless,
      says: sentence(
        { name, ref, remote, tip, wasSetBack: currentTip !== undefined, isHarmless },
        await isHere(repository, tip),
      ),
    });
  }
  return lost;
}

/** Names of remotes that a ref can't hold are hashed; those are believed. */
async function isRemote(repository: Repository, remote: string): Promise<boolean> {
  if (/^[0-9a-f]{16}$/.test(remote)) return true;
  return (await repository.text(['remote'])).split('\n').includes(remote);
}

const isHere = async (repository: Repository, tip: string): Promise<boolean> =>
  (await repository.commitId(tip)) !== undefined;

const CONTENTS: Readonly<Record<string, string>> = {
  'refs/notes/linekeeper-signoffs': 'sign-offs',
  'refs/notes/linekeeper-debts': 'what emergencies owe',
  'refs/notes/linekeeper-deployments': 'deployments',
  'refs/notes/linekeeper-runs': 'what agents ran with permission',
};

function sentence(
  lost: {
    readonly name: string;
    readonly ref: string;
    readonly remote: string | undefined;
    readonly tip: string;
    readonly wasSetBack: boolean;
    readonly isHarmless: boolean;
  },
  isThere: boolean,
): string {
  const { name, ref, remote, tip, wasSetBack, isHarmless } = lost;
  const event = `${ref} (${CONTENTS[ref] ?? 'notes'}) ${wasSetBack ? 'was set back' : 'is gone'} ${remote === undefined ? 'here' : `at ${remote}`}; it was at ${tip.slice(0, 12)}.`;
  if (isHarmless)
    return `${event} All of it is still here: "linekeeper notes push ${remote ?? ''}" brings it back there.`;
  const mend = isThere
    ? `"git update-ref ${name} ${tip}" brings it back${remote === undefined ? '' : `, then "linekeeper notes push ${remote}" there too`}.`
    : 'It is not in this clone any more either: another clone may have it ("linekeeper notes push" from there).';
  return `${event} What it said is not known any more. ${mend} If that was meant, take its line out of .git/linekeeper/known-refs.`;
}
