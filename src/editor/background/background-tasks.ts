/**
 * Work that takes long enough to be noticed while typing, away from the thread that all extensions share.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoredText, diffChars, revertEdits, withoutAuthor } from '../../provenance/authorship';
import type { ChangeAttribution } from '../../provenance/authorship/types';
import type { BlastRadius } from '../../policy/blast-radius/types';
import { findInText } from '../../policy/findings';
import { decideLocally, highestRisk, trailerPolicyOf } from '../../policy/local-work';
import {
  mayHaveNotes,
  NOTES_REF,
  prepareAnswer,
  revertLeft,
  settleAll,
  SIGN_OFFS_REF,
  statusOf,
  trailerLine,
  trailersFor,
} from '../../provenance/commits';
import { GitError, gitHooksState, headNow, type HooksState, type Places, type Repository, readNamed } from '../../git';
import { openJournal, refusalsIn, blobId } from '../../provenance/journal';
import { findingsAbout, type Finding, type Policy } from '../../policy';
import { codeownersInFolder, knownTeams, loadPolicy } from '../../policy/load';
import type { SignOffToGive } from '../../review/request';
import { heardOf, isProvenanceOf } from '../changes/sessions-in-changes';
import { fileTier, type FileTier } from '../state/tier-with-pattern';
import { linesOf } from '../state/line-hunks';
import { withoutMark, withUnsaved } from '../state/unsaved-overlay';
import { committedRuns, type CommittedRun } from './committed-ai-runs';
import { compactLines, compactSplices, type CompactLines, type CompactSplices } from './compact-lines-for-messages';
import { isLacking } from './journal-lacks-content';
import { Reader } from './worktree-files-reader';
import type {
  FileQuestion,
  LinesQuestion,
  DangersQuestion,
  SessionQuestion,
  SessionWork,
  PlainText,
  Standing,
  SomeFiles,
  NextCommit,
  BranchReading,
  ReviewReading,
  Foresight,
  PolicyReading,
  PolicyHelp,
  Tasks,
  FillAnswer,
  FillQuestion,
} from './helper-questions';
import { Worker } from 'node:worker_threads';

/** Receiving this many files blocks the thread that receives them for a few milliseconds. */
const FILES_AT_ONCE = 500;

type Answers = {
  readonly [Task in keyof Tasks]: (question: Tasks[Task]['question']) => Promise<Tasks[Task]['answer']>;
};

export class Work implements Answers {
  private readonly readers = new Map<string, Reader>();
  private readonly latest = new Map<string, Standing>();

  constructor(private readonly now: () => number) {}

  readonly authored = async ({ places, path, content, from }: FileQuestion): Promise<PlainText> => {
    const { base, text, pieces, deletions, broken } = await this.reader(places).authored(path, bytesOf(content), from);
    return { base, text, pieces, deletions, broken };
  };

  /** Throws a RangeError when the changes do not fit the file. */
  readonly lines = async ({ places, path, content, from, unsaved, mark }: LinesQuestion): Promise<CompactLines> => {
    const text = withUnsaved(await this.reader(places).authored(path, bytesOf(content), from), unsaved, mark);
    // Lines that were taken away and came back have other authors, but no change is to be seen.
    return compactLines(linesOf(text.text === text.base ? AuthoredText.carried(text.base) : text));
  };

  readonly committed = async ({
    places,
    path,
    head,
  }: Tasks['committed']['question']): Promise<readonly CommittedRun[]> => {
    const { repository } = this.reader(places);
    await settleAll(repository, this.now); // a note may still be owed
    if (!mayHaveNotes(repository, NOTES_REF)) return [];
    const { blame } = await import('../../review/request');
    const lines = await blame(repository, path, head, { plain: false, now: this.now, passOver: () => undefined });
    return committedRuns(lines ?? []);
  };

  readonly dangers = async ({ places, path, from, text, others }: DangersQuestion): Promise<readonly Finding[]> => {
    const reader = this.reader(places);
    return findInText(
      reader.repository,
      { path, from: from ?? null, before: await reader.committed(from ?? path), after: text },
      (await loadPolicy(reader.repository)).policy,
      others,
    );
  };

  readonly blast = async ({ places, path, from, text }: Tasks['blast']['question']): Promise<BlastRadius> => {
    const reader = this.reader(places);
    const before = await reader.committed(from ?? path);
    const { blastRadiusOfFile } = await import('./blast-radius-of-file');
    return blastRadiusOfFile(reader.repository.beside(), { path, from: from ?? null, before, after: text });
  };

  readonly session = async ({
    places,
    path,
    content,
    from,
    unsaved,
    mark,
    of,
  }: SessionQuestion): Promise<SessionWork> => {
    const reader = this.reader(places);
    const text = withUnsaved(await reader.authored(path, bytesOf(content), from), unsaved, mark);
    const isTheirs = isProvenanceOf(of);
    const provenances = [...text.pieces.filter(({ base }) => base < 0), ...text.deletions].map(({ by }) => by);
    const seen = { text: text.text, without: withoutAuthor(text, isTheirs), undo: revertEdits(text, isTheirs) };
    return {
      ...(mark ? withoutMark(seen) : seen),
      alone: provenances.every(isTheirs),
      fresh: await reader.isFresh(from ?? path),
    };
  };

  readonly compare = ({ before, after }: Tasks['compare']['question']): Promise<CompactSplices> =>
    Promise.resolve(compactSplices(diffChars(before, after)));

  readonly standing = async (places: Places): Promise<Standing> => {
    const standing = await this.workOut(places);
    return { ...standing, change: { ...standing.change, files: [] }, tiers: new Map() };
  };

  readonly changed = ({ places, from }: Tasks['changed']['question']): Promise<SomeFiles> => {
    const latest = this.latest.get(places.root);
    if (!latest) return Promise.reject(new GitError('failed', 'the process that knew what changed broke down')); // this one is new
    const { change, tiers } = latest;
    const files = change.files.slice(from, from + FILES_AT_ONCE);
    const ownTiers = files.flatMap(({ path }): (readonly [string, FileTier])[] => {
      const tier = tiers.get(path);
      return tier ? [[path, tier]] : [];
    });
    return Promise.resolve({ files, tiers: new Map(ownTiers) });
  };

  private readonly workOut = async (places: Places): Promise<Standing> => {
    const reader = this.reader(places);
    const head = await headNow(reader.repository);
    const work = await statusOf(reader.repository, this.now);
    const change =
      revertLeft(places) === undefined
        ? work
        : await (await import('../../review/request')).workAsCounted(reader.repository, work);
    const { tierOfFile: _tierOfFile, ...local } = await decideLocally(reader.repository, change);
    const { policy } = local.policy;
    const raised = new Map(
      local.decision.tiers.flatMap((tier) => (tier.raised ?? []).map((one) => [one.path, one.dependents] as const)),
    );
    const tiers = change.files.flatMap(({ path, from }): (readonly [string, FileTier])[] => {
      const tier = fileTier(policy, path, from, findingsAbout(local.decision.findings, path), raised.get(path));
      return tier ? [[path, tier]] : [];
    });
    const standing = {
      head,
      change,
      local,
      trailers: allTrailers(change, policy, highestRisk(policy, change, local.decision.findings)),
      tiers: new Map(tiers),
      heard: heardOf(reader.recorded(), this.now(), refusalsIn(places.gitDir, this.now())),
      newer: openJournal(places.gitDir, this.now)
        .asides()
        .filter(({ newer }) => newer).length,
    };
    this.latest.set(places.root, standing);
    return standing;
  };

  readonly lacking = ({ places, path, ...had }: Tasks['lacking']['question']): Promise<boolean> =>
    Promise.resolve().then(() => isLacking(this.reader(places).recorded(), path, had));

  readonly copied = async ({ places, path, content }: Tasks['copied']['question']): Promise<Uint8Array | null> =>
    copiedFrom(
      this.reader(places).repository,
      { path, content: Buffer.from(content) },
      (this.latest.get(places.root) ?? (await this.workOut(places))).change.files,
    );

  readonly ignored = ({ places, path }: Tasks['ignored']['question']): Promise<boolean> =>
    this.reader(places).isIgnored(path);

  readonly next = async (places: Places): Promise<NextCommit | undefined> => {
    const { trailers, local } = this.latest.get(places.root) ?? (await this.workOut(places));
    const policy = trailerPolicyOf(local.policy.policy);
    const prepared = await prepareAnswer(this.reader(places).repository, policy, { now: this.now });
    const staged = prepared !== undefined && prepared.change.files.length > 0;
    return prepared && { staged, trailers: staged ? prepared.trailers : trailers };
  };

  readonly branch = async ({ places, known }: Tasks['branch']['question']): Promise<BranchReading | undefined> => {
    const { repository } = this.reader(places);
    const teams = knownTeams(repository, this.now());
    const key = createHash('sha256')
      .update(await stateOf(repository))
      .update(JSON.stringify(teams))
      .digest('hex');
    if (key === known) return undefined;
    const [{ branchStanding }, { signedFor }] = [
      await import('../../review/request'),
      await import('../../review/gate/sign-offs'),
    ];
    return { key, branch: (await branchStanding(repository, this.now, signedFor(repository, this.now()))) ?? null };
  };

  readonly review = async ({ places, known }: Tasks['review']['question']): Promise<ReviewReading | undefined> => {
    const { repository } = this.reader(places);
    const configured = (
      await repository.git(['config', '--null', '--get-regexp', '^(branch|remote)\\.'], { codes: [0, 1] })
    ).stdout;
    const branch = readFileSync(join(repository.gitDir, 'HEAD'), 'utf8');
    const key = createHash('sha256')
      .update(await stateOf(repository))
      .update(branch)
      .update(configured)
      .digest('hex');
    if (key === known) return undefined;
    const { reviewToRead } = await import('../../review/request');
    return { key, review: await reviewToRead(repository.beside(), this.now) };
  };

  readonly toSign = async (places: Places): Promise<SignOffToGive> => {
    const { repository } = this.reader(places);
    const [{ signOffToGive }, { signedFor }] = [
      await import('../../review/request'),
      await import('../../review/gate/sign-offs'),
    ];
    return signOffToGive(repository.beside(), this.now, signedFor(repository, this.now()));
  };

  readonly foresee = async ({ places, base, key }: Tasks['foresee']['question']): Promise<Foresight> => {
    const { repository } = this.reader(places);
    const [{ signOffToGive }, { foreseenFor, keyAtBase }] = [
      await import('../../review/request'),
      await import('../../review/gate/sign-offs'),
    ];
    return {
      key: await keyAtBase(repository, base, key, this.now()),
      after: await signOffToGive(repository.beside(), this.now, foreseenFor(repository, this.now(), key)),
    };
  };

  readonly policy = async ({ places, text, assistants }: Tasks['policy']['question']): Promise<PolicyReading> => {
    const { adviceOf, parsePolicy } = await import('../../policy/file/parse');
    const parsed = parsePolicy(text);
    if (!parsed.ok) return { problems: parsed.problems, advice: [] };
    const { repository } = this.reader(places);
    const files = await repository.git(['ls-files', '-z']);
    const paths = files.stdout
      .toString('utf8')
      .split('\0')
      .filter((name) => name !== '');
    return {
      problems: [],
      advice: adviceOf(parsed.policy, parsed.placeOf, {
        paths,
        assistants,
        codeowners: codeownersInFolder(repository.root),
        teams: knownTeams(repository, this.now()),
      }),
    };
  };

  readonly policyHelp = async ({
    text,
    line,
    column,
    assistants,
  }: Tasks['policyHelp']['question']): Promise<PolicyHelp> => {
    const { cursorIn, helpAt } = await import('../../policy/file/parse');
    const cursor = cursorIn(text.split(/\r\n|\n/), line, column);
    const { about, offers } = helpAt(cursor);
    const listed =
      cursor.at === 'value' && /^assistants,(?:preferred|allowed,\d+)$/.test(cursor.path.join(','))
        ? assistants.map((id) => ({ text: id, kind: 'value' as const, about: '' }))
        : [];
    return { about, offers: [...offers, ...listed], start: cursor.start, end: cursor.end };
  };

  readonly fill = fillInThread;

  readonly hooks = (places: Places): Promise<HooksState> => gitHooksState(this.reader(places).repository);

  private reader(places: Places): Reader {
    const known = this.readers.get(places.root);
    if (known?.repository.gitDir === places.gitDir) return known;
    const reader = new Reader(places, this.now);
    this.readers.set(places.root, reader);
    return reader;
  }
}

/** Everything that the result for commits depends on: HEAD, and the refs. */
async function stateOf(repository: Repository): Promise<string> {
  const refs = await repository.git(
    [
      'for-each-ref',
      '--format=%(objectname) %(refname)',
      'refs/heads/',
      'refs/remotes/',
      'refs/notes/ai',
      SIGN_OFFS_REF,
    ],
    { codes: [0, 128] },
  );
  return `${(await headNow(repository)) ?? ''} ${refs.stdout.toString('utf8')}`;
}

const allTrailers = (change: ChangeAttribution, { trailers }: Policy, risk: string | null): readonly string[] =>
  trailersFor(change, trailers, risk).map(trailerLine);

/** What came from another process may be no Buffer any more. */
const bytesOf = (content: Uint8Array | null): Buffer | null =>
  content && Buffer.from(content.buffer, content.byteOffset, content.byteLength);

/** A look that takes longer is given up. */
const PATIENCE_MS = 30_000;
const MEGABYTES = 512;

/**
 * Reads assistants' transcripts, which takes seconds: in a thread of its own, so that other questions need not wait, and
 * not for long.
 */
async function fillInThread({ program, root, home }: FillQuestion): Promise<FillAnswer> {
  const worker = new Worker(program, {
    workerData: { root, home },
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
  });
  let limit: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve) => {
      const problem = (what: string): void => resolve({ problem: what });
      limit = setTimeout(() => problem(`it took longer than ${String(PATIENCE_MS / 1000)} seconds`), PATIENCE_MS);
      worker.once('message', (answer: FillAnswer) => resolve(answer));
      worker.once('error', (error) => problem(error.message));
      worker.once('exit', () => problem('it ended without an answer'));
    });
  } finally {
    clearTimeout(limit);
    await worker.terminate();
  }
}

/** Changed files that are compared with it. */
const COMPARED_AT_MOST = 500;

/**
 * The committed content of a file that a content is a copy of: itself, or what the copied file was changed from since.
 * Null where it is a copy of none. Throws a GitError.
 */
async function copiedFrom(
  repository: Repository,
  { path, content }: { readonly path: string; readonly content: Buffer },
  changed: ChangeAttribution['files'],
): Promise<Buffer | null> {
  const { stdout } = await repository.git(['ls-tree', '-r', '-z', '--full-tree', 'HEAD'], { codes: [0, 128] });
  if (stdout.includes(` blob ${blobId(content)}\t`)) return content;
  const source = changed
    .slice(0, COMPARED_AT_MOST)
    .find((file) => file.path !== path && hasContent(join(repository.root, file.path), content));
  if (!source) return null;
  const [committed] = await readNamed(repository, [`HEAD:${source.from ?? source.path}`]);
  return committed?.kind === 'blob' ? committed.content : null;
}

function hasContent(file: string, content: Buffer): boolean {
  try {
    return statSync(file).size === content.length && readFileSync(file).equals(content);
  } catch {
    return false; // deleted, or not readable
  }
}
