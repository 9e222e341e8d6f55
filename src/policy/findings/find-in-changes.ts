/**
 * What the danger rules notice in changes in a repository. The rules themselves are only loaded when there is a change
 * to look at.
 */
import path from 'node:path';
import type { FileAttribution } from '../../provenance/authorship/types';
import {
  analyzersFor,
  findByRows,
  isReadWithOthers,
  lookForDangers,
  newDependencies,
  type Change,
  type NewDependency,
  type Tools,
} from '../../danger';
import { readNamed, type Repository } from '../../git';
import { mayBeCalledByCi, ownCiFiles } from '../load';
import {
  listIf,
  findByTeamRows,
  findByTeamRules,
  list,
  withoutSwitchedOff,
  type Finding,
  type FindingClass,
  type Policy,
  type SwitchedOff,
} from '..';
import {
  textsOfBlobs,
  textsOfChanges,
  textsOfWork,
  type BlobPair,
  type Texts,
  type WorkFile,
} from './texts-before-and-after';

export interface Found {
  readonly findings: readonly Finding[];
  /** What rules that the policy switches off would have found. */
  readonly off: readonly SwitchedOff[];
  /** CI files that run Linekeeper, in their old or new version. */
  readonly runsGate: ReadonlySet<string>;
  /** Paths of files whose changed lines could not be read to the end: they may contain anything. */
  readonly unread: ReadonlySet<string>;
  /** Paths of files whose change can't be counted in lines. */
  readonly beyondLines: ReadonlySet<string>;
  /** How many files depend on a changed one, by its path, when a tier's `blast` needs it. */
  readonly dependents?: ReadonlyMap<string, number>;
  /** Libraries that the change declares. Default: none. */
  readonly dependencies?: readonly NewDependency[];
  /** What was not examined, as sentences. */
  readonly notices: readonly string[];
}

/** The parts of a policy that affect findings. */
export type RulesOfPolicy = Pick<Policy, 'rules' | 'rulesOff' | 'tiers'>;

/** The classes that some tier of a policy asks for. */
const classesOf = ({ tiers }: Pick<Policy, 'tiers'>): readonly FindingClass[] => tiers.flatMap(({ detect }) => detect);

/** In uncommitted files. Throws a GitError. */
export const findInWork = async (
  repository: Repository,
  files: readonly FileAttribution[],
  policy: RulesOfPolicy,
): Promise<Found> => {
  if (files.length === 0) return NOTHING;
  const read = await textsOfWork(repository, files);
  const texts = { ...read, runsGate: new Set([...read.runsGate, ...(await calledToRunGate(repository, files))]) };
  return withDependents(
    repository,
    await findIn(texts, policy, withLines(files), readsBeside(repository, 'HEAD', texts)),
    policy,
    texts,
    null,
  );
};

/** The changed files among those that HEAD's CI files call to run the gate. */
async function calledToRunGate(repository: Repository, files: readonly FileAttribution[]): Promise<readonly string[]> {
  const names = files.flatMap(({ path, from }) => (from === null ? [path] : [path, from]));
  const head = names.some(mayBeCalledByCi) ? await repository.commitId('HEAD') : undefined;
  if (head === undefined) return [];
  const isOwn = await ownCiFiles(repository, head, names);
  return files.filter(({ path, from }) => isOwn(path) || (from !== null && isOwn(from))).map(({ path }) => path);
}

/**
 * Adds how many files depend on each changed one, when the policy needs it. `tree`: the commit that is searched; null:
 * the work tree.
 */
async function withDependents(
  repository: Repository,
  found: Found,
  { tiers }: Pick<Policy, 'tiers'>,
  { changes }: Texts,
  tree: string | null,
): Promise<Found> {
  if (tiers.every(({ blast }) => blast === null)) return found;
  const { dependentsOf } = await import('../blast-radius');
  const { counts, cannotTell } = await dependentsOf(repository, { changes, tree });
  return { ...found, dependents: counts, notices: [...found.notices, ...cannotTell] };
}

/**
 * In one file as an editor has it, possibly unsaved. `others`: changed files that are examined with it as they are on
 * disk, because what is removed from one file may reappear in another; findings in them are left out. Throws a
 * GitError.
 */
export async function findInText(
  repository: Repository,
  change: Change,
  policy: RulesOfPolicy,
  others: readonly WorkFile[] = [],
): Promise<readonly Finding[]> {
  const findWith = async (changes: readonly Change[]): Promise<readonly Finding[]> => {
    const texts = { changes: [change, ...changes], left: [], unread: [], beyondLines: new Set<string>() };
    const { findings } = await findIn(
      { ...texts, runsGate: new Set() },
      policy,
      undefined,
      readsBeside(repository, 'HEAD', texts),
    );
    return findings.filter(({ path }) => path === change.path);
  };
  const beside = others.filter(({ path }) => path !== change.path);
  if (beside.length === 0) return findWith([]);
  if (!isReadWithOthers(change, analyzersFor(classesOf(policy)))) {
    const alone = await findWith([]);
    if (alone.length === 0) return alone;
  }
  return findWith((await textsOfWork(repository, beside)).changes);
}

/** In files of a net change, for the gate. `head`: the id of its head. Throws a GitError. */
export const findInRange = async (
  repository: Repository,
  files: readonly FileOfRange[],
  policy: RulesOfPolicy,
  head: string,
): Promise<Found> => {
  if (files.length === 0) return NOTHING;
  const texts = await textsOfBlobs(
    repository,
    files.map(({ attribution: { path, from }, oldId, newId }) => ({ path, from, oldId, newId })),
    {},
  );
  const lines = withLines(files.map(({ attribution }) => attribution));
  const found = await findIn(texts, policy, lines, readsBeside(repository, head, texts));
  return withDependents(repository, found, policy, texts, head);
};

interface FileOfRange {
  readonly attribution: FileAttribution;
  readonly oldId: string;
  readonly newId: string;
}

/** In files between two trees. Throws a GitError. */
export const findInBlobs = async (
  repository: Repository,
  files: readonly BlobPair[],
  policy: RulesOfPolicy,
): Promise<Found> => (files.length === 0 ? NOTHING : findIn(await textsOfBlobs(repository, files), policy));

/**
 * In several changes, such as commits, one after another; their texts are read together and so are in memory at once.
 * Throws a GitError.
 */
export async function* findInEach(
  repository: Repository,
  changes: readonly (readonly BlobPair[])[],
  policy: RulesOfPolicy,
): AsyncGenerator<Found> {
  for (const texts of await textsOfChanges(repository, changes)) yield findIn(texts, policy);
}

/**
 * Whether lines of a file changed, by its path: a change that can't be counted in lines needs a review for that alone.
 */
type HasLines = (path: string) => boolean;

function withLines(files: readonly FileAttribution[]): HasLines {
  const paths = new Set(
    files.filter(({ ranges, removed }) => ranges.length + removed.length > 0).map(({ path }) => path),
  );
  return (path) => paths.has(path);
}

const NOTHING: Found = {
  findings: [],
  off: [],
  runsGate: new Set(),
  unread: new Set(),
  beyondLines: new Set(),
  notices: [],
};

/** `reads`: see the tools of the rules; left out where no more of the repository is to be read. */
export async function findIn(
  { changes, left: skipped, unread, beyondLines, runsGate }: Texts,
  policy: RulesOfPolicy,
  hasLines: HasLines = () => true,
  reads: Pick<Tools, 'beside' | 'copies'> = {},
): Promise<Found> {
  const looked = await lookForDangers(changes, { ...TOOLS, ...reads }, analyzersFor(classesOf(policy)));
  const large = [...new Set([...unread, ...looked.unread])].filter(hasLines);
  const tooLarge = listIf(large.length > 0, [
    `${list(large)} ${large.length === 1 ? 'is' : 'are'} too large to check for dangers completely: a person must review ${large.length === 1 ? 'it' : 'them'}.`,
  ]);
  const refused = [...looked.refused].filter(hasLines);
  const broken = listIf(refused.length > 0, [
    `${list(refused)} can't be checked: the syntax is not valid. Fix it, or resolve the conflict. Until then, a person must review ${refused.length === 1 ? 'the file' : 'the files'}.`,
  ]);
  const tooMuch = listIf(skipped.length > 0, [
    `The change is too large to check for dangers completely: ${list(skipped)} ${skipped.length === 1 ? 'was' : 'were'} not checked.`,
  ]);
  const dependencies = newDependencies(changes);
  const found = [
    ...looked.findings,
    ...findByTeamRules(policy, changes),
    ...findByTeamRows(policy, changes, findByRows),
  ];
  return {
    ...withoutSwitchedOff(policy, found),
    runsGate,
    unread: new Set([...large, ...refused, ...skipped.filter(hasLines)]),
    beyondLines,
    ...(dependencies.length === 0 ? {} : { dependencies }),
    notices: [...tooLarge, ...broken, ...tooMuch],
  };
}

/** More lines show nothing more. */
const LINES_AT_MOST = 2_000;
/** So many copies of a file show that it is one. */
const FILES_AT_MOST = 12;

/**
 * In the files of a commit that a change leaves as they are: nobody can make something usual in the same change. One
 * call of git for each question, which is a rare one.
 */
function readsBeside(
  repository: Repository,
  commit: string,
  { changes }: { readonly changes: readonly Change[] },
): Pick<Tools, 'beside' | 'copies'> {
  const changed = changes.flatMap((change) => [change.path, ...(change.from === null ? [] : [change.from])]);
  const grep = async (
    options: readonly string[],
    words: readonly string[],
    places: readonly string[],
    excluded: readonly string[],
  ): Promise<string> => {
    const { stdout } = await repository.git(
      [
        'grep',
        ...['-I', '--no-color', '--no-line-number', '--no-column', '--full-name', '--fixed-strings', ...options],
        ...words.flatMap((line) => ['-e', line]),
        ...[commit, '--', ...places],
        ...excluded.map((name) => `:(top,exclude,literal)${name}`),
      ],
      { codes: [0, 1, 128] },
    );
    return stdout.toString('utf8');
  };
  return {
    beside: async (path, words) => {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      const excluded = changed.filter((name) => name.startsWith(folder));
      const lines = await grep(['-h'], [words], [`:(top,literal)${folder}`], excluded);
      return lines.split('\n').slice(0, LINES_AT_MOST);
    },
    copies: async (path, lines) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const places = SETTINGS_OR_SCRIPT.test(name)
        ? ENDINGS.map((ending) => `:(top)*.${ending}`)
        : [`:(top,glob)**/${name.replace(/[\\*?[]/g, '\\$&')}`];
      const listed = await grep(['-l', '-z', '--all-match'], lines, places, changed);
      const paths = listed
        .split('\0')
        .map((entry) => entry.slice(entry.indexOf(':') + 1))
        // git takes one name a line
        .filter((file) => file !== '' && !file.includes('\n'));
      const isNamesake = (file: string): boolean => `/${file}`.endsWith(`/${name}`);
      const nearest = [...paths.filter(isNamesake), ...paths.filter((file) => !isNamesake(file))].slice(
        0,
        FILES_AT_MOST,
      );
      const found = await readNamed(
        repository,
        nearest.map((file) => `${commit}:${file}`),
      );
      return nearest.map((file, at) => ({ path: file, text: found[at]?.content.toString('utf8') ?? '' }));
    },
  };
}

/** Whose lines are copied into each other: scripts stand in manifests, too. */
const ENDINGS = ['yaml', 'yml', 'json', 'tpl', 'tf', 'sh', 'bash', 'ps1', 'sql', 'hcl', 'j2'];
const SETTINGS_OR_SCRIPT = new RegExp(`\\.(?:${ENDINGS.join('|')})$`);

/** Next to the bundles; when run from the sources, where the build has put them. */
const FOLDERS = ['grammars', '../../../dist/grammars'];

const TOOLS: Tools = {
  async grammar(file) {
    // Hardly any change needs a grammar, and loading these takes milliseconds.
    const { readFile } = await import('node:fs/promises');
    const { brotliDecompressSync } = await import('node:zlib');
    for (const folder of FOLDERS) {
      let packed: Buffer;
      try {
        packed = await readFile(path.join(__dirname, folder, `${file}.br`));
      } catch {
        continue;
      }
      return brotliDecompressSync(packed);
    }
    throw new Error(`The grammar ${file} is missing beside ${__dirname}: install Linekeeper again.`);
  },
};
