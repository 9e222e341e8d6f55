/**
 * What a commit claims about itself, in addition to its note: trailers, and the marks that assistants leave. Claims can
 * only add: where the note records less AI than they claim, the difference is unknown.
 */
import { ASSISTANTS } from '../../../provenance/assistants';
import {
  assistantOfCoAuthor,
  assistantOfEmail,
  assistantOfName,
  coAuthorsOf,
  generatorsIn,
  sessionOwnersIn,
} from '../../../provenance/assistants/commit-marks';
import { addCounts, countLines, NO_COUNTS, UNKNOWN_AUTHOR } from '../../../provenance/authorship';
import type { FileAttribution, LineAuthorship, LineRange } from '../../../provenance/authorship/types';
import type { CommitAttribution } from '../../../provenance/commits';
import type { Commit } from '../../../git';
import type { CommitAuthors } from '../gate-input-types';
import { withClaimedAi } from './ai-claimed-by-foreign-notes';

/** Numbers of lines. */
interface Sides {
  readonly added: number;
  readonly removed: number;
}

/** The claims in a commit's message, author and committer. */
interface Disclosures {
  /**
   * Lines that `AI-Lines` says AI added and removed, and those of unknown author; `ai` without the latter. Null when
   * there is none.
   */
  readonly lines: (Sides & { readonly ai: Sides }) | null;
  /** Assistants that trailers of the message name. */
  readonly named: readonly string[];
  /** Assistants whose marks are on the commit. */
  readonly marked: readonly string[];
}

const AI_LINES = /^AI-Lines:[ \t]*\+(\d{1,9}) -(\d{1,9}) of \+\d{1,9} -\d{1,9}(?:, unknown \+(\d{1,9}) -(\d{1,9}))?/gim;
const ASSISTED_BY = /^Assisted-by:[ \t]*([a-z0-9-]+)(?=[:\s]|$)/gim;
const TRAILER_KEY = /^([A-Za-z0-9-]+):/gm;
/** Assistants that append a mark to the names of the people they commit for. */
const byEnding = (names: readonly string[]): string[] =>
  ASSISTANTS.filter(
    ({ marks }) => marks.endings?.some((ending) => names.some((name) => name.endsWith(ending))) === true,
  ).map(({ id }) => id);

/**
 * The paragraphs of a message that consist of trailers only, wherever they are: a forge that squashes concatenates the
 * messages of several commits. What a sentence quotes is not a claim.
 */
export const inBlocks = (message: string): string =>
  message
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .filter((paragraph) =>
      paragraph.split('\n').every((line) => /^(?:[A-Za-z0-9-]+:|[ \t]|\(cherry picked from|$)/.test(line)),
    )
    .join('\n\n');

const NO_CLAIMS: Disclosures = { lines: null, named: [], marked: [] };

const knownNames = new Map<string, readonly string[]>();
const KNOWN_AT_MOST = 1_000;

/** Assistants that a commit's author and committer reveal. The same few people make most commits. */
function byNames({ author, committer }: Pick<Commit, 'author' | 'committer'>): readonly string[] {
  const of = ({ name, email }: Commit['author']): readonly string[] => {
    const key = `${name}\0${email}`;
    const found = knownNames.get(key) ?? [
      ...[email].flatMap((one) => assistantOfEmail(one) ?? []),
      ...byEnding([name]),
    ];
    if (knownNames.size < KNOWN_AT_MOST) knownNames.set(key, found);
    return found;
  };
  const [authors, committers] = [of(author), of(committer)];
  return authors.length + committers.length === 0 ? [] : [...authors, ...committers];
}

export function disclosuresOf(commit: Pick<Commit, 'author' | 'committer' | 'message'>): Disclosures {
  const { message } = commit;
  const signed = byNames(commit);
  if (!/:|generated/i.test(message)) return signed.length === 0 ? NO_CLAIMS : { ...NO_CLAIMS, marked: unique(signed) };
  const lines = [...inBlocks(message).matchAll(AI_LINES)].map((match) => {
    const ai = { added: Number(match[1]), removed: Number(match[2]) };
    return { added: ai.added + Number(match[3] ?? 0), removed: ai.removed + Number(match[4] ?? 0), ai };
  });
  const keys = new Set([...message.matchAll(TRAILER_KEY)].map((match) => (match[1] ?? '').toLowerCase()));
  const marked = [
    ...ASSISTANTS.filter(({ marks }) => marks.trailers.some((key) => keys.has(key))).map(({ id }) => id),
    ...coAuthorsOf(message).flatMap((one) => assistantOfCoAuthor(one) ?? []),
    ...generatorsIn(message),
    ...sessionOwnersIn(message),
    ...signed,
  ];
  return {
    lines: lines.length === 0 ? null : { ...most(lines), ai: most(lines.map(({ ai }) => ai)) },
    named: unique([...message.matchAll(ASSISTED_BY)].flatMap((match) => assistantOfName(match[1] ?? '') ?? [])),
    marked: unique(marked),
  };
}

/** A commit's attribution with its claims applied. */
export interface DisclosedAuthors extends CommitAuthors {
  /** Claimed assistants that the note gives no line to: they may have worked on any file of the commit. */
  readonly unplaced: readonly string[];
  /** False when nothing was known about the commit, not even its files. */
  readonly known: boolean;
  /** True when the claims report more AI than the note, so that what the note calls a person's counts as unknown. */
  readonly doubted?: boolean;
  /** True when a record that anybody may have written made lines AI's. */
  readonly hasClaimedAi?: boolean;
}

/**
 * A commit's attribution with its claims applied. Where the claims report more AI than the note, it is unknown which of
 * the other lines they mean: then none of that side counts as a person's.
 */
export function withDisclosures(known: CommitAuthors | undefined, claims: Disclosures): DisclosedAuthors {
  const heard = withOwnClaims(known, claims);
  // Last, so that a line which such a record gives to AI settles no claim about the others.
  return known?.claimedAi === undefined ? heard : withClaimedAi(heard, known.claimedAi);
}

function withOwnClaims(known: CommitAuthors | undefined, claims: Disclosures): DisclosedAuthors {
  // Only what is needed later: with many commits the rest should be freed early.
  const authors: CommitAuthors = known
    ? {
        files: disclosedAuthor(known, claims),
        provenance: known.provenance,
        assistants: known.assistants,
        ...(known.overruled?.length ? { overruled: known.overruled } : {}),
        ...(known.reverts === undefined ? {} : { reverts: known.reverts }),
        ...(known.excused === undefined ? {} : { excused: known.excused }),
      }
    : { files: [], provenance: 'none', assistants: [] };
  const claimed =
    claims.lines !== null || claims.named.length > 0 ? 'trailers' : claims.marked.length > 0 ? 'markers' : 'none';
  if (claimed === 'none') return { ...authors, unplaced: [], known: known !== undefined };
  const provenance = authors.provenance === 'note' ? authors.provenance : claimed;
  // What its note calls AI's, a revert's trailers name too, whether or not it still counts as AI's.
  const excused = authors.excused ?? { added: 0, assistants: [] };
  const sides = {
    added: authors.files.flatMap((file) => file.ranges),
    removed: authors.files.flatMap((file) => file.removed),
  };
  const claimsMore = (side: 'added' | 'removed', more = 0): boolean => {
    const placed = notHuman(sides[side]) + more;
    const { [side]: all = 0, ai = { added: 0, removed: 0 } } = claims.lines ?? {};
    // A line that was unknown when the message was written may have been declared since, by whoever wrote it.
    return ai[side] > placed || all > placed + declared(sides[side]);
  };
  // A mark without counts says that an assistant contributed, but not how many lines: the lines that the note places do
  // not settle the others.
  const untold =
    (!tellsOfAi(authors.files) && excused.added === 0) || (claims.lines === null && claims.marked.length > 0);
  const doubt = {
    added: untold || claimsMore('added', excused.added),
    removed: untold || claimsMore('removed'),
    change: untold,
  };
  const all = unique([...claims.named, ...claims.marked]);
  const placed = new Set([
    ...excused.assistants,
    ...provenancesOf(authors.files).flatMap((hand) =>
      hand.author === 'ai' ? [hand.assistant ?? 'unknown-assistant'] : [],
    ),
  ]);
  const files = authors.files.map((file) => doubted(file, doubt));
  const isHuman = ({ author }: LineAuthorship): boolean => author === 'human';
  const before = provenancesOf(authors.files).filter(isHuman).length;
  return {
    files,
    provenance,
    ...(provenancesOf(files).filter(isHuman).length < before ? { doubted: true } : {}),
    ...(authors.overruled ? { overruled: authors.overruled } : {}),
    ...(authors.reverts === undefined ? {} : { reverts: authors.reverts }),
    assistants: unique([...authors.assistants, ...all]),
    unplaced: all.filter((name) => !placed.has(name) && (name !== 'unknown-assistant' || placed.size === 0)),
    known: known !== undefined,
  };
}

/**
 * The files of a commit without a note, with its unknown lines attributed as the commit's own words claim: by an
 * assistant's mark all of them, by the counts of `AI-Lines` those of a side that is entirely AI's. A name in
 * `Assisted-by` alone says that somebody helped, but not with what.
 */
export function disclosedAuthor(
  { files, provenance }: Pick<CommitAuthors, 'files' | 'provenance'>,
  { lines, named, marked }: Disclosures,
): readonly FileAttribution[] {
  if (provenance === 'note' || (lines === null && marked.length === 0)) return files;
  const names = unique([...named, ...marked]);
  const by = {
    author: 'ai',
    edited: false,
    assistant: (names.length === 1 ? names[0] : undefined) ?? 'unknown-assistant',
    model: null,
    session: null,
    evidence: 'declared',
  } as const;
  const count = (side: 'ranges' | 'removed'): number => linesIn(files.flatMap((file) => file[side]));
  const whole = {
    added: lines === null || (lines.ai.added > 0 && lines.ai.added >= count('ranges')),
    removed: lines === null || (lines.ai.removed > 0 && lines.ai.removed >= count('removed')),
  };
  const disclosed =
    (isWhole: boolean) =>
    (range: LineRange): LineRange =>
      isWhole && range.author === 'unknown' ? { ...range, ...by } : range;
  return files.map((file) => ({
    ...file,
    ranges: file.ranges.map(disclosed(whole.added)),
    removed: file.removed.map(disclosed(whole.removed)),
    change: lines === null && file.change?.author === 'unknown' ? { ...file.change, ...by } : file.change,
  }));
}

const most = (lines: readonly Sides[]): Sides => ({
  added: Math.max(...lines.map(({ added }) => added)),
  removed: Math.max(...lines.map(({ removed }) => removed)),
});

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

const linesIn = (ranges: readonly LineRange[]): number =>
  ranges.reduce((sum, range) => sum + range.end - range.start + 1, 0);

const notHuman = (ranges: readonly LineRange[]): number => linesIn(ranges.filter(({ author }) => author !== 'human'));

/** Lines that a person declared to be a person's. */
const declared = (ranges: readonly LineRange[]): number =>
  linesIn(ranges.filter(({ author, evidence }) => author === 'human' && evidence === 'declared'));

const provenancesOf = (files: readonly FileAttribution[]): readonly LineAuthorship[] =>
  files.flatMap((file) => [...file.ranges, ...file.removed, ...(file.change === null ? [] : [file.change])]);

const tellsOfAi = (files: readonly FileAttribution[]): boolean =>
  provenancesOf(files).some((provenance) => provenance.author === 'ai');

function doubted(
  file: FileAttribution,
  doubt: { readonly added: boolean; readonly removed: boolean; readonly change: boolean },
): FileAttribution {
  const change = doubt.change && file.change?.author === 'human' ? { ...file.change, ...UNKNOWN_AUTHOR } : file.change;
  return {
    ...file,
    ranges: doubt.added ? file.ranges.map(asUnknown) : file.ranges,
    removed: doubt.removed ? file.removed.map(asUnknown) : file.removed,
    change,
  };
}

/** A person's range as unknown; any other unchanged. */
export const asUnknown = (range: LineRange): LineRange =>
  range.author === 'human' ? { ...range, ...UNKNOWN_AUTHOR } : range;

/** Whether a commit claims that AI contributed to it. */
export function disclosesAi(commit: Commit): boolean {
  const { lines, named, marked } = disclosuresOf(commit);
  return lines !== null || named.length + marked.length > 0;
}

/**
 * The commit with its unknown lines attributed to the assistant whose mark it carries, as declared. A commit with a
 * note is left unchanged.
 */
export function applyDisclosures<T extends CommitAttribution>(shown: T): T {
  if (shown.provenance === 'note') return shown;
  const claims = disclosuresOf(shown.commit);
  const files = disclosedAuthor(shown, claims);
  return {
    ...shown,
    files,
    added: files.reduce((sum, file) => addCounts(sum, countLines(file.ranges)), NO_COUNTS),
    removed: files.reduce((sum, file) => addCounts(sum, countLines(file.removed)), NO_COUNTS),
    provenance:
      shown.provenance === 'none' && claims.named.length > 0
        ? 'trailers'
        : shown.provenance === 'none' && claims.marked.length > 0
          ? 'markers'
          : shown.provenance,
    assistants: [...new Set([...shown.assistants, ...claims.named, ...claims.marked])].sort(),
  };
}
