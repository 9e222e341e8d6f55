/**
 * A change as a literal, and the gate asked about it: files as texts, commits as messages, and no repository. What
 * commits changed is told by the product's own comparison of lines. It knows straight histories, and refuses what only
 * git can say: use a `Branch` of a real repository for that.
 */
import { createHash } from 'node:crypto';
import { diffLines, splitLines } from '../../src/provenance/authorship';
import type { Commit, PatchFile } from '../../src/git';
import type { CheckResult } from '../../src/review/gate';
import { checkChange } from '../../src/review/gate/check-range';
import type { ApprovingRun } from '../../src/review/gate/approvals/approvals-made-in-agent-runs';
import type { ChangeSinceApproval } from '../../src/review/gate/approvals/changes-since-approval';
import type { ChangeSource } from '../../src/review/gate/repository-reads';
import type { ChangeQuestion } from '../../src/review/gate/check-question-and-result';
import { GateError } from '../../src/review/gate/gate-error';
import type { NoticedInRange } from '../../src/review/gate/gate-input-types';
import { revertedBy, type Sides } from '../../src/review/gate/range/reverts-recent-merge';
import { netChangeOf, type NetFile } from '../../src/review/gate/range/net-change-with-authors';
import { INCIDENTS_FOLDER, incidentsOf } from '../../src/policy/incidents';
import { isCiFile, quoted, type Policy } from '../../src/policy';
import type { TreeFile } from '../../src/policy/load';
import { bySubject, POLICY } from './gate-cases';
import { ADA, type Person } from './repository';

/** A file's content; null where there is none. */
type Content = string | Uint8Array | null;

export interface LiteralOptions {
  /** Default: the author. */
  readonly committer?: Person;
}

/** What a test may say of a question. */
export interface LiteralQuestion extends Partial<ChangeQuestion> {
  /** What the danger rules notice. Default: nothing. */
  readonly findings?: (files: readonly NetFile[], policy: Policy) => Partial<NoticedInRange>;
  /** Whether there are notes here. Default: none. */
  readonly hasNotes?: boolean;
  /** What is recorded of agents that approved. Default: nothing. */
  readonly runs?: readonly ApprovingRun[];
}

interface File {
  readonly id: string;
  readonly bytes: Buffer;
}

interface LiteralCommit extends Commit {
  readonly files: ReadonlyMap<string, File>;
}

const NOTHING = '0'.repeat(40);

/** A base (`main`) with a policy, and a branch (`topic`) that begins there. */
export class LiteralBranch {
  private readonly commits = new Map<string, LiteralCommit>();
  private readonly tips = { main: '', topic: '' };
  /** Id of the first commit. */
  readonly start: string;

  /** Files of the base, and its policy; null for none. */
  constructor(files: Readonly<Record<string, Content>> = {}, policy: string | null = POLICY) {
    this.start = this.tips.main = this.added(undefined, 'human: start', ADA, ADA, {
      ...(policy === null ? {} : { '.linekeeper.yml': policy }),
      'README.md': '# sample\n',
      ...files,
    });
    this.restart();
  }

  /** Commits to the branch (null removes a file), and returns the commit's id. */
  commit(
    message: string,
    files: Readonly<Record<string, Content>>,
    as: Person,
    { committer = as }: LiteralOptions = {},
  ): string {
    return (this.tips.topic = this.added(this.tips.topic, message, as, committer, files));
  }

  /** The same to the base; the branch stays where it began. */
  commitToBase(message: string, files: Readonly<Record<string, Content>>, as: Person): string {
    return (this.tips.main = this.added(this.tips.main, message, as, as, files));
  }

  /** The branch begins anew at the base. */
  restart(): void {
    this.tips.topic = this.tips.main;
  }

  get base(): string {
    return this.tips.main;
  }

  get head(): string {
    return this.tips.topic;
  }

  check({ findings, hasNotes = false, runs = [], ...over }: LiteralQuestion = {}): Promise<CheckResult> {
    return checkChange(
      { base: 'main', head: 'topic', actor: 'carl', approvals: [], teams: {}, attributionOf: bySubject, ...over },
      this.source(findings, hasNotes, runs),
    );
  }

  private added(
    parent: string | undefined,
    message: string,
    author: Person,
    committer: Person,
    changed: Readonly<Record<string, Content>>,
  ): string {
    const files = new Map(parent === undefined ? [] : this.get(parent).files);
    for (const [path, content] of Object.entries(changed)) {
      if (content === null && !files.delete(path)) throw new Error(`there is no ${path} to remove`);
      if (content !== null) files.set(path, fileOf(content));
    }
    const time = 1_735_000_000 + this.commits.size;
    const parents = parent === undefined ? [] : [parent];
    const said = [message, author, committer, time, parents, [...files].map(([path, { id }]) => [path, id])];
    const id = sha1(JSON.stringify(said));
    const by = (person: Person): Commit['author'] => ({ ...person, time, zone: '+0000' });
    this.commits.set(id, { id, tree: '', parents, author: by(author), committer: by(committer), message, files });
    return id;
  }

  private get(id: string): LiteralCommit {
    const commit = this.commits.get(id);
    if (commit === undefined) throw new Error(`this change has no commit ${id}`);
    return commit;
  }

  /** A commit and those before it, oldest first. */
  private history(id: string): readonly LiteralCommit[] {
    const commit = this.get(id);
    return [...commit.parents.flatMap((parent) => this.history(parent)), commit];
  }

  private mergeBase(one: string, other: string): string {
    const known = new Set(this.history(one).map(({ id }) => id));
    return this.history(other).findLast(({ id }) => known.has(id))?.id ?? onlyGit('histories without a common commit');
  }

  private patches(from: string | undefined, to: string): readonly PatchFile[] {
    return patchesOf(from === undefined ? new Map() : this.get(from).files, this.get(to).files);
  }

  private source(
    findings: LiteralQuestion['findings'],
    hasNotes: boolean,
    runs: readonly ApprovingRun[],
  ): ChangeSource {
    const idOf = (name: string): string | undefined =>
      name === 'main' || name === 'topic' ? this.tips[name] : this.commits.has(name) ? name : undefined;
    return {
      root: '/nowhere/checked-out',
      files: (commit, paths) => Promise.resolve(treeFilesOf(this.get(commit).files, paths)),
      names: (revisions) =>
        Promise.resolve().then(() => ({
          ids: revisions.map((name) => idOf(name) ?? noCommit(name)),
          branchOf: (name) => Promise.resolve(name === 'main' || name === 'topic' ? name : null),
        })),
      list: (base, head) => {
        const mergeBase = this.mergeBase(base, head);
        const known = new Set(this.history(base).map(({ id }) => id));
        const commits = this.history(head).filter(({ id }) => !known.has(id));
        return Promise.resolve({ base, head, mergeBase, firstMergeBase: mergeBase, commits });
      },
      commits: (listed) =>
        Promise.resolve({ ...listed, commits: listed.commits.map(({ id }) => this.get(id)), exempt: new Set() }),
      sinceAdoption: (range, since, mergedInto) => {
        if (since === null) return Promise.resolve({ range });
        const adoption = [...this.commits.keys()].find((id) => id.startsWith(since));
        if (adoption === undefined) return Promise.resolve({ range, unadopted: 'missing' });
        if (mergedInto !== undefined && this.mergeBase(mergedInto, adoption) !== adoption)
          return Promise.resolve({ range, unadopted: 'unmerged' });
        const at = range.commits.findIndex(({ id }) => id === adoption);
        if (at < 0 && this.mergeBase(range.mergeBase, adoption) !== adoption) onlyGit('an adoption beside the range');
        const exempt = new Set(range.commits.slice(0, Math.max(0, at)).map(({ id }) => id));
        return Promise.resolve({ range: { ...range, exempt, adoption } });
      },
      beginNet: (listed, attributionOf) => async (range) => {
        if (range.commits.some(({ message }) => /this reverts commit/i.test(message))) onlyGit('what a revert reverts');
        const patches = listed.mergeBase === listed.head ? [] : this.patches(listed.mergeBase, listed.head);
        const commits = listed.commits.values();
        const next = (): ReturnType<Parameters<typeof netChangeOf>[1]['next']> => {
          const { id = '', parents: [parent] = [] } = commits.next().value ?? {};
          const diff = this.patches(parent, id);
          return Promise.resolve({ diff, own: diff, merge: undefined });
        };
        const authorsOf = await attributionOf(listed.commits.map(({ id }) => id));
        const changes = { outside: () => Promise.resolve([]), next };
        return netChangeOf(range, changes, { patches, diff: patches, authorsOf });
      },
      incidents: (commit) =>
        incidentsOf(
          [...this.get(commit).files]
            .filter(([file]) => file.startsWith(`${INCIDENTS_FOLDER}/`) && /\.ya?ml$/i.test(file))
            .map(([file, { bytes }]) => ({ file, bytes })),
        ),
      findings: (files, policy) =>
        Promise.resolve({ findings: [], off: [], notices: [], ...(findings?.(files, policy) ?? {}) }),
      blobs: (ids) => {
        const all = [...this.commits.values()].flatMap(({ files }) => [...files.values()]);
        return Promise.resolve(new Map(all.flatMap(({ id, bytes }) => (ids.includes(id) ? [[id, bytes]] : []))));
      },
      ownCiFiles: (commit) =>
        Promise.resolve([...this.get(commit).files.keys()].some(isCiFile) ? onlyGit('what CI runs') : () => false),
      mailmap: (mailmap) => (contacts) => Promise.resolve(this.mapped(mailmap, contacts)),
      changedSince: ({ base, head, mergeBase }, approved) =>
        Promise.resolve(
          new Map(
            approved.map((id): readonly [string, ChangeSinceApproval] => {
              if (!this.commits.has(id)) return [id, 'not-found'];
              if (id !== head && this.mergeBase(base, id) !== mergeBase) onlyGit('an approval of another beginning');
              return [id, new Set(this.changedPaths(id, head))];
            }),
          ),
        ),
      usedUp: ({ base, mergeBase }, { approvals }) => {
        // What was merged and taken back takes two commits of the base.
        const since = this.history(base).length - this.history(mergeBase).length;
        return Promise.resolve(approvals.length > 0 && since > 1 ? onlyGit('what was taken back') : new Map());
      },
      approvingRuns: () => Promise.resolve(runs),
      earlierHeads: () => (signed) => Promise.resolve(signed.length > 0 ? onlyGit('earlier heads') : new Set()),
      exactRevert: ({ mergeBase, head }) => {
        const wanted = this.sides(mergeBase, head);
        const history = this.history(mergeBase).toReversed();
        const changes = history.flatMap(({ id, parents: [parent] }) =>
          parent === undefined ? [] : [{ commit: id, change: this.sides(parent, id) }],
        );
        return Promise.resolve(wanted.size === 0 ? null : revertedBy(wanted, changes));
      },
      differences: (from, to) => Promise.resolve(this.patches(from, to)),
      hasNotes: () => Promise.resolve(hasNotes),
    };
  }

  /** What differs, file by file, without renames. */
  private sides(from: string, to: string): Sides {
    const sideOf = (id: string, path: string): string => {
      const file = this.get(id).files.get(path);
      return file === undefined ? `000000 ${NOTHING}` : `100644 ${file.id}`;
    };
    return new Map(
      this.changedPaths(from, to).map((path) => [path, { old: sideOf(from, path), new: sideOf(to, path) }]),
    );
  }

  private changedPaths(from: string, to: string): readonly string[] {
    const [before, after] = [this.get(from).files, this.get(to).files];
    return [...new Set([...before.keys(), ...after.keys()])].filter(
      (path) => before.get(path)?.id !== after.get(path)?.id,
    );
  }

  /** Lines `Name <address> <other address>` of a `.mailmap`. */
  private mapped(mailmap: string | null, contacts: readonly string[]): ReadonlyMap<string, string> {
    if (mailmap === null) return new Map();
    const [file] = [...this.commits.values()].flatMap(({ files }) =>
      [...files.values()].filter(({ id }) => id === mailmap),
    );
    const lines = (file?.bytes.toString('utf8') ?? '').split('\n').filter((line) => line !== '');
    const pairs = lines.map((line) => /<(\S+)> <(\S+)>$/.exec(line) ?? onlyGit(`the line ${line} of a .mailmap`));
    const properBy = new Map(pairs.map(([, proper = '', address = '']) => [address.toLowerCase(), proper]));
    return new Map(
      contacts.flatMap((contact) => {
        const proper = properBy.get((/<(\S+)>$/.exec(contact)?.[1] ?? '').toLowerCase());
        return proper === undefined ? [] : [[contact, proper] as const];
      }),
    );
  }
}

const onlyGit = (what: string): never => {
  throw new Error(`A literal change does not know ${what}: use a repository.`);
};

const noCommit = (name: string): never => {
  throw new GateError('range', `${quoted(name)} is not a commit in this clone. Fetch it first, or name another one.`);
};

const sha1 = (text: string | Buffer): string => createHash('sha1').update(text).digest('hex');

/** With the id that git gives such a blob. */
function fileOf(content: string | Uint8Array): File {
  const bytes = Buffer.from(content as string);
  return { id: sha1(Buffer.concat([Buffer.from(`blob ${String(bytes.length)}\0`), bytes])), bytes };
}

function treeFilesOf(files: ReadonlyMap<string, File>, paths: readonly string[]): ReadonlyMap<string, TreeFile> {
  return new Map(
    paths.flatMap((path): [string, TreeFile][] => {
      const file = files.get(path);
      if (file !== undefined) return [[path, { kind: 'file', ...file }]];
      const isFolder = [...files.keys()].some((name) => name.startsWith(`${path}/`));
      return isFolder ? [[path, { kind: 'other', what: 'a folder' }]] : [];
    }),
  );
}

/** What changed between two sets of files, in git's order. */
function patchesOf(before: ReadonlyMap<string, File>, after: ReadonlyMap<string, File>): readonly PatchFile[] {
  const gone = [...before].filter(([path]) => !after.has(path));
  const isNew = [...after].filter(([path]) => !before.has(path));
  const renames = new Map(
    isNew.flatMap(([path, file]) => {
      const sources = gone.filter(([, old]) => old.id === file.id);
      const rivals = isNew.filter(([, other]) => other.id === file.id);
      if (sources.length > 0 && (sources.length > 1 || rivals.length > 1)) onlyGit('which file was renamed');
      if (sources.length === 0 && gone.some(([, old]) => mayBeRenamed(old, file))) onlyGit('renames with changes');
      return sources.map(([from]) => [path, from] as const);
    }),
  );
  const moved = new Set(renames.values());
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => !moved.has(path) && before.get(path)?.id !== after.get(path)?.id,
  );
  return paths
    .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map((path) => {
      const from = renames.get(path) ?? null;
      return patchOf(path, from, before.get(from ?? path), after.get(path));
    });
}

/** git compares by bytes; lines are near enough to refuse early. */
function mayBeRenamed(old: File, file: File): boolean {
  const lines = new Set(splitLines(textOf(old)));
  const own = splitLines(textOf(file));
  const common = own.filter((line) => lines.has(line)).length;
  return common > 0 && common >= 0.25 * Math.max(lines.size, own.length);
}

const textOf = ({ bytes }: File): string => bytes.toString('latin1');

const isBinary = (file: File | undefined): boolean => file?.bytes.subarray(0, 8000).includes(0) === true;

function patchOf(path: string, from: string | null, old: File | undefined, file: File | undefined): PatchFile {
  const binary = isBinary(old) || isBinary(file);
  const [before, after] = [old, file].map((side) => (side === undefined ? [] : splitLines(textOf(side))));
  return {
    path,
    from,
    status: from !== null ? 'R' : old === undefined ? 'A' : file === undefined ? 'D' : 'M',
    oldMode: old === undefined ? '000000' : '100644',
    newMode: file === undefined ? '000000' : '100644',
    oldId: old?.id ?? NOTHING,
    newId: file?.id ?? NOTHING,
    binary,
    hunks: binary ? [] : hunksOf(before ?? [], after ?? []),
  };
}

function hunksOf(before: readonly string[], after: readonly string[]): PatchFile['hunks'] {
  return diffLines(before, after).map((hunk) => {
    const [removed, added] = [before.slice(hunk.oldStart, hunk.oldEnd), after.slice(hunk.newStart, hunk.newEnd)];
    const unended = (lines: readonly string[], sign: string): string =>
      lines.some((line) => !line.endsWith('\n')) ? sign : '';
    const bare = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/\n$/, ''));
    return {
      ...hunk,
      removed: bare(removed),
      added: bare(added),
      unended: unended(removed, '-') + unended(added, '+'),
    };
  });
}
