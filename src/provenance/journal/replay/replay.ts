/**
 * From records to texts with authors: what is known about the files of a change that is not committed yet.
 *
 * Every record is an observation of a file's content at some time. Between two observations that no edit explains,
 * something happened that was not recorded; an assistant that was at work the whole time (its bracket was open) may
 * claim it when it finishes.
 */
import {
  type AuthoredText,
  authorsOf,
  BASELINE,
  cancelReinsertedWords,
  CharacterStore,
  diffChars,
  diffSnapshots,
  IntervalSet,
  isComparedByLines,
  Moves,
  unrecorded,
  type BaselineHistory,
  type Operation,
  type Patch,
  type Provenance,
  type Snapshot,
} from '../../authorship';
import { creditOf, type StoredRecord } from '../store/record-format';
import { blobId } from '../store/stored-contents';
import { isAmbiguous } from '../undo/authors-of-undone-edits';
import type { Contents, FileQuery, KnownChange, ReplayOptions } from './replay-input';
import { bracketsOver, hasText, wasBefore, type Arrival, type Committed, type File } from './replayed-file';
import { timelineOf, type IsNearer, type Observation } from './observations-from-records';
import { Renames } from './rename-detection';
import { Decoder } from './content-decoder';
import { FileHistory } from './file-history';
import { LostText } from './text-gone-before-base-commit';
import { firstChangesIn, patchOf, runs } from './patches-spans-and-runs-of-versions';
import { continuesFirst, isSideVersion, isStagedPart } from './resembling-contents';
import { claimPart, claimSince, isTaken } from './credit-claimed-text';
import { declaredPatch, type DeclaredLines } from './apply-declaration';
import { comesBack, isPartlyBack } from './restored-contents';
import { mayHaveConflicts, sidesOf, withSidesKept } from './deletions-by-choosing-conflict-side';
import { applyOperations } from './apply-editor-edits';
import { runningBrackets, type OpenBracket } from './open-brackets';
import { authoredChange } from './authors-of-known-change';
import { creditDeletionsAfterRename } from './renamed-then-deleted';
import { movedAside } from './renamed-then-recreated';
import { stagedPatch } from './line-order-of-partial-staging';
import { ancestorsOf, knownCommits } from './commit-ancestors';

/** Unstaged changes may stay pending over at most this many commits. */
const STAGED_AFTER_AT_MOST = 5;

/**
 * Who wrote what in each wanted file, relative to its base.
 * Files are replayed together, because text may have been moved from one to another.
 */
export function replay(
  records: readonly StoredRecord[],
  contents: Contents,
  wanted: readonly FileQuery[],
  options: ReplayOptions,
): Map<string, AuthoredText> {
  return replayBoth(records, contents, wanted, options).texts;
}

/** What is known of the wanted files, by path. */
export interface Replayed {
  readonly texts: Map<string, AuthoredText>;
  /**
   * Files whose base was partially staged, relative to it as if its older lines were in their old places. These texts
   * may know authors that `texts` does not.
   */
  readonly staged: Map<string, AuthoredText>;
}

/** Like `replay`, with the second view of the files whose base was partially staged. */
export function replayBoth(
  records: readonly StoredRecord[],
  contents: Contents,
  wanted: readonly FileQuery[],
  options: ReplayOptions,
): Replayed {
  return new Replay(records, contents, wanted, options).run();
}

/** The patches whose lines are looked for elsewhere. */
const movable = (patches: readonly { readonly file: File; readonly plan: Patch }[]): Patch[] =>
  patches.flatMap(({ file, plan }) => (file.track.byLines ? [] : [plan]));

class Replay {
  private readonly store = new CharacterStore();
  /**
   * The stored text of the commits that the change is based on; undefined if it was not needed since the last commit.
   */
  private committedText: IntervalSet | undefined;
  private readonly lost = new LostText(this.store, () => this.files.map(({ track }) => track));
  private readonly moves = new Moves(
    this.store,
    () => this.files.map(({ track }) => track.current),
    (place) => (this.committedText ??= this.inkOfCommits()).has(place),
    (place) => this.lost.has(place),
  );
  private order = 0;
  private readonly files: File[] = [];
  private readonly byPath = new Map<string, Observation[]>();
  /** By commit: the index of the first record that names it or a child of it. */
  private readonly firstSeen = new Map<string, number>();

  constructor(
    private readonly records: readonly StoredRecord[],
    private readonly contents: Contents,
    private readonly wanted: readonly FileQuery[],
    private readonly options: ReplayOptions,
  ) {
    records.forEach(({ record }, index) => {
      for (const commit of record.kind === 'committed' ? [record.commit, ...(record.parents ?? [])] : [])
        if (!this.firstSeen.has(commit)) this.firstSeen.set(commit, index);
    });
  }

  run(): Replayed {
    this.prepare();
    const steps = this.files.flatMap((file) => file.observations.map((observation) => ({ file, observation })));
    steps.sort((a, b) => a.observation.record - b.observation.record);
    const commits = [...this.forebears].map((commit) => this.firstSeen.get(commit) ?? Infinity);
    for (let i = 0, from = 0; i < steps.length; from = i) {
      while (i < steps.length && steps[i]?.observation.record === steps[from]?.observation.record) i++;
      this.lost.upTo(steps[from]?.observation.record ?? 0, commits, this.order);
      this.play(steps.slice(from, i));
    }
    return this.finish();
  }

  private prepare(): void {
    const textOf = (id: string | null): string | undefined =>
      id === null ? '' : this.contents(id)?.toString('latin1');
    const isNearer: IsNearer = (first, second, third) => {
      const [a, b, c] = [textOf(first), textOf(second), textOf(third)];
      return a === undefined || b === undefined || c === undefined || changed(a, c) < changed(b, c);
    };
    for (const observation of timelineOf(this.records, isNearer)) {
      const list = this.byPath.get(observation.path);
      if (list) list.push(observation);
      else this.byPath.set(observation.path, [observation]);
    }
    const committed = new Set([
      ...this.wanted.flatMap(({ path, from, base }) => (base === null ? [] : [from ?? path])),
      ...[...this.byPath].flatMap(([path, observations]) =>
        observations.some(({ commit }) => commit !== undefined) ? [path] : [],
      ),
    ]);
    const there = new Set(this.wanted.flatMap(({ path, target }) => (target === null ? [] : [path])));
    const renames = new Renames(
      this.byPath,
      (id) => this.contents(id)?.toString('latin1'),
      (path) => committed.has(path),
      (path) => there.has(path) || this.options.isThere?.(path) === true,
      (commit) => this.forebears.has(commit),
    );
    const owned = new Set<Observation>();
    const staying = new Map(this.wanted.flatMap((want) => (want.stays ? [[want.path, want]] : [])));
    for (const want of this.wanted) {
      if (want.stays) continue;
      const observations = this.byPath.get(want.path) ?? [];
      const history =
        want.target === null
          ? { observations, owned: observations }
          : renames.historyOf(want.path, want.from, want.target.toString('latin1'), want.base?.toString('latin1'));
      for (const observation of history.owned) owned.add(observation);
      this.files.push(this.open(history.observations, want));
    }
    // Files outside the query, and those that had a wanted name before or later, can still be sources of moved text.
    for (const [path, observations] of this.byPath) {
      const stays = staying.get(path);
      if (stays)
        this.files.push(
          this.open(
            observations.filter((observation) => !owned.has(observation)),
            stays,
          ),
        );
      else
        for (const others of runsOf(observations, (observation) => !owned.has(observation)))
          this.files.push(this.open(others));
    }
  }

  private open(observations: readonly Observation[], want?: FileQuery): File {
    const decoder = new Decoder(observations, this.contents, want);
    const contents = want
      ? [want.base, want.target, ...(want.seeds ?? []).flatMap(({ before, after }) => [before, after])]
      : [];
    const file: File = {
      track: new FileHistory(
        this.store,
        this.moves,
        contents.map((content) => decoder.text(content)),
        isComparedByLines(want?.path ?? observations[0]?.path ?? ''),
      ),
      decoder,
      observations,
      sides: [],
      ...(want ? { want } : {}),
    };
    const first = observations[0];
    const base = want && decoder.text(want.base);
    // A change that the records describe in more detail is not taken from notes.
    const seeds = (want?.seeds ?? []).filter((s) => s.brought === true || !this.isTold(file, s));
    const [seed] = seeds;
    if (seed) this.begin(file, decoder.text(seed.before), true);
    else if (base !== undefined && wasBefore(base, file)) this.begin(file, base, true);
    else if (first) {
      const text = decoder.content(earliest(observations, first)) ?? base ?? '';
      this.begin(file, text, text === base);
    }
    for (const s of seeds) this.sow(file, s);
    return file;
  }

  private begin(file: File, text: string, isCommitted: boolean): void {
    const version = file.track.start(text, isCommitted);
    if (!file.track.byLines) this.moves.know(version);
  }

  /**
   * Replays a change that is known from a commit, even if its authors are unknown: its text was there before what is
   * replayed next.
   */
  private sow(file: File, seed: KnownChange): void {
    const { track, decoder } = file;
    const before = decoder.text(seed.before);
    const after = decoder.text(seed.after);
    this.arrive([{ file, text: before, operation: this.operation(file, null), recorded: false }]);
    const patch = patchOf(track.current, authoredChange(seed, before, after), (provenance) =>
      this.operation(file, provenance),
    );
    // This change may have moved lines that an earlier one inserted.
    this.moves.trace([patch]);
    const version = track.weave.apply(patch);
    this.moves.learn(patch, version);
    track.set(version);
  }

  /**
   * Whether the records show the content before, under the name that the file had then, and later the content after; or
   * the commit, made on the content before, right after an observation that is not a commit.
   */
  private isTold({ observations, decoder }: File, { from, before, after }: KnownChange): boolean {
    const [old, text] = [decoder.text(before), decoder.text(after)];
    const first = [...observations, ...(from === undefined ? [] : (this.byPath.get(from) ?? []))]
      .filter((observation) => hasText(observation, old, decoder))
      .reduce((least, { record }) => Math.min(least, record), Infinity);
    // The content that a commit was made on need not be kept. Its id is computed only where it is needed, because the
    // hashing must be loaded.
    let former: string | undefined;
    const ledTo = (observation: Observation, i: number): boolean =>
      before !== null &&
      observation.was !== undefined &&
      i > 0 &&
      observations[i - 1]?.commit === undefined &&
      observation.was === (former ??= blobId(before));
    return observations.some(
      (observation, i) =>
        (observation.record >= first || ledTo(observation, i)) && decoder.content(observation.seen) === text,
    );
  }

  private operation(
    file: File,
    by: Provenance,
    among: Pick<Operation, 'concurrentSince' | 'firstChangeByLine'> = {},
  ): Operation {
    const operation = { by, order: ++this.order, ...among };
    file.track.operations.push(operation);
    return operation;
  }

  /** Replays one record, all its files together. */
  private play(steps: readonly { readonly file: File; readonly observation: Observation }[]): void {
    const seen: Arrival[] = [];
    const committed: Committed[] = [];
    const putAway: FileHistory[] = [];
    const performances: (() => void)[] = [];
    const claims: (() => void)[] = [];
    const arrivals: Arrival[] = [];
    for (const { file, observation } of steps) {
      const { decoder, track } = file;
      const to = decoder.content(observation.seen);
      if (observation.commit !== undefined) {
        if (to !== undefined)
          committed.push({
            file,
            text: to,
            operation: this.operation(file, unrecorded(observation.at)),
            commit: observation.commit,
            was: observation.was === undefined ? undefined : decoder.content(observation.was),
            next: this.after(file, observation),
            again: this.isAgain(observation),
          });
        continue;
      }
      const { edit, by } = observation;
      const quiet = (text: string): void =>
        void seen.push({ file, text, operation: this.operation(file, unrecorded(observation.at)), recorded: false });
      if (!edit || !by) {
        if (to !== undefined && observation.cleared && track.current.text !== to) track.stash();
        if (to !== undefined) quiet(to);
        if (to !== undefined && observation.away) putAway.push(track);
        continue;
      }
      const provenance = creditOf(by, observation.at);
      const said = edit.declares;
      if (said !== undefined && to !== undefined) {
        quiet(to);
        performances.push(() => this.declare(file, provenance, said));
        continue;
      }
      const opened = observation.opened;
      if (opened !== undefined) claims.push(() => claimSince(file, provenance, opened));
      const from = decoder.content(edit.from);
      if (to === undefined) continue;
      // The file changed while the assistant announced its edit: only text that nobody claimed can be its.
      if (edit.predicted && from !== undefined && track.current.text !== from) continue;
      if (from !== undefined && opened === undefined && !edit.operations && isTaken(file, from, to)) {
        quiet(to);
        claims.push(() => claimPart(file, from, provenance, this.operation(file, provenance)));
        continue;
      }
      if (from !== undefined && opened === undefined) quiet(from);
      if (edit.operations && edit.hands) performances.push(() => this.perform(file, observation));
      else arrivals.push({ file, text: to, operation: this.operation(file, provenance), recorded: true });
    }
    this.commit(committed);
    this.arrive(seen);
    for (const track of putAway) track.stash();
    this.arrive(arrivals);
    for (const step of [...performances, ...claims]) step();
  }

  /**
   * The next known content of a file after an observation. A commit that HEAD only returned to says nothing about the
   * work tree.
   */
  private after({ observations, decoder, want }: File, observation: Observation): string | undefined {
    const next = observations.slice(observations.indexOf(observation) + 1).find((later) => !this.isAgain(later));
    if (next) return decoder.content(next.edit ? next.edit.from : next.seen);
    return want && decoder.text(want.target);
  }

  /** Whether HEAD had been at this commit before: it was reset to, or checked out. */
  private isAgain({ commit, record }: Observation): boolean {
    return commit !== undefined && (this.firstSeen.get(commit) ?? Infinity) < record;
  }

  /**
   * Replays commits. Whether the work tree had the same contents, or only a part of it was committed, shows in their
   * lines and in the next observation.
   */
  private commit(list: readonly Committed[]): void {
    for (const { file, text } of list) {
      const fetched = file.track.known(text) ? undefined : file.track.unstashMerged(text);
      if (fetched) file.track.remember(fetched);
    }
    const patches = list
      .filter(({ file, text }) => !file.track.known(text))
      .map(({ file, text, operation }) => ({
        file,
        plan: file.track.diffTo(text, operation, false, file.track.stagedFrom(text)),
      }));
    this.moves.trace(movable(patches));
    for (const { file, plan: patch } of patches) {
      const version = file.track.weave.apply(patch);
      if (!file.track.byLines) this.moves.learn(patch, version);
      file.track.remember(version);
    }
    const made = list.flatMap((item) => {
      const { track } = item.file;
      const parent = item.was === undefined ? undefined : track.known(item.was);
      const version = track.known(item.text);
      if (!version) return [];
      // Before the first recorded commit too, something was committed: what its parent had.
      const former = track.commitments.at(-1)?.version.text ?? item.was ?? track.lastCommitted?.text ?? '';
      track.commitments.push({ commit: item.commit, version, parent, order: item.operation.order });
      return [{ ...item, version, former }];
    });
    this.committedText = undefined;
    for (const item of made) {
      const { operation, next, version, was: oldText, again } = item;
      const { track } = item.file;
      if (version === track.current) continue;
      // The file is unchanged in the next observation: the commit passed it by, such as one that HEAD was reset to. But
      // if the commit's parent had the same content, nothing was pending, so the file had the commit's in between.
      if (next === track.current.text && (again || oldText !== next)) continue;
      if (!this.isPut(item)) continue;
      track.set(track.checkout(version, operation));
      track.markThere(version);
    }
  }

  /** A file's versions in the commits that the change is based on, and in their parents. */
  private committed({ commitments }: FileHistory): Snapshot[] {
    return commitments.flatMap(({ commit, version, parent }) =>
      !this.forebears.has(commit) ? [] : parent ? [version, parent] : [version],
    );
  }

  private inkOfCommits(bases: Iterable<Snapshot> = []): IntervalSet {
    return new IntervalSet(
      [...bases, ...this.files.flatMap(({ track }) => this.committed(track))].flatMap((version) =>
        runs(version, 'textOffset'),
      ),
    );
  }

  /** Whether the work tree has the whole content of a commit. */
  private isPut({ file, text, next, again, former }: Committed & { readonly former: string }): boolean {
    const current = file.track.current.text;
    if (next === text) return true;
    if (next !== undefined && again) return continuesFirst(text, current, next, changed);
    if (next !== undefined && isSideVersion(text, former, current, next, this.textsBeside(file))) return false;
    return !isStagedPart(text, former, current, next);
  }

  /** The current and the last committed texts of the other files. */
  private textsBeside(file: File): string[] {
    return this.files.flatMap(({ track }) =>
      track === file.track
        ? []
        : [track.current.text, ...track.commitments.slice(-1).map(({ version }) => version.text)],
    );
  }

  private declare(file: File, by: Provenance, lines: DeclaredLines | null): void {
    const { track } = file;
    const committed = track.lastCommitted;
    const patch = declaredPatch(
      track.current,
      this.store,
      new IntervalSet(committed ? runs(committed, 'id') : []),
      lines,
      this.operation(file, by),
    );
    if (patch.hunks.length > 0) track.set(track.weave.apply(patch));
  }

  /** Gives files new contents, all in one change. */
  private arrive(list: readonly Arrival[]): void {
    const patches: { readonly file: File; readonly plan: Patch }[] = [];
    // Nothing of such a file's new content was made of the old, which is cut here for its other name.
    const cut = [
      ...movedAside(list.map((one) => ({ ...one, before: one.file.track.current.text, after: one.text }))),
    ].map(({ file: { track }, operation }) => {
      const patch = track.diffTo('', operation, true);
      track.set(track.weave.apply(patch));
      return patch;
    });
    for (const { file, text, operation, recorded } of list) {
      const { track } = file;
      if (text === track.current.text) continue;
      const known = track.known(text);
      // Whoever ran the commands that put work aside and fetched it back did not write it.
      const fetched = !known ? track.unstashMerged(text) : recorded ? undefined : track.unstash(text);
      if (fetched) {
        track.set(fetched);
        continue;
      }
      const isBack =
        known !== undefined && (!recorded || (!this.lost.isNew(known, operation) && comesBack(track, known)));
      if (!isBack) {
        const fetchedInPart = track.unstashConflicting(text);
        if (fetchedInPart) track.set(fetchedInPart);
        const former = recorded ? undefined : track.staleBufferBase(text);
        if (former) track.set(track.checkout(former, operation));
        patches.push({ file, plan: track.diffTo(text, operation, recorded) });
      }
      // A part of the restored text is already there, by another author.
      else if (recorded && isPartlyBack(track, known))
        patches.push({ file, plan: track.weave.diffTo(track.current, text, operation, [known]) });
      else track.set(track.checkout(known, operation, recorded && this.isOlder(track, known)));
    }
    this.moves.trace([...cut, ...movable(patches)]);
    for (const { file, plan: patch } of patches) {
      const version = file.track.weave.apply(patch);
      if (!file.track.byLines) this.moves.learn(patch, version);
      file.track.set(version);
    }
    for (const { file } of list) this.seeConflicts(file);
  }

  private seeConflicts(file: File): void {
    const { track, decoder, want, sides } = file;
    if (!want) return;
    if (mayHaveConflicts(track.current.text)) {
      const seeds = (want.seeds ?? []).map(({ before, after }) => ({
        before: decoder.text(before),
        after: decoder.text(after),
      }));
      file.sides = [...sides, ...sidesOf(track.current, seeds, this.order)];
    } else if (sides.some(({ until }) => until === Infinity))
      file.sides = sides.map((side) => (side.until === Infinity ? { ...side, until: this.order } : side));
  }

  /** Whether the parent, or an ancestor of it, has the file with this content. */
  private isOlder(track: FileHistory, { text }: Snapshot): boolean {
    return track.commitments.some((made) => made.version.text === text && this.forebears.has(made.commit));
  }

  /** Replays an edit that is known character by character. */
  private perform(file: File, observation: Observation): void {
    const { track, decoder } = file;
    const { edit } = observation;
    const to = decoder.content(observation.seen);
    if (!edit || to === undefined) return;
    const provenances = (edit.hands ?? []).map((by) => creditOf(by, observation.at));
    const provenanceOf = (index: number): Provenance => provenances[index] ?? unrecorded(observation.at);
    const made = new Map<number, Operation>();
    const firsts = new Map<number, Operation>();
    const among = { concurrentSince: this.order + 1, firstChangeByLine: firsts }; // operations are listed in text order
    const operationOf = (index: number): Operation => {
      const known = made.get(index);
      if (known) return known;
      const operation = this.operation(file, provenanceOf(index), among);
      made.set(index, operation);
      return operation;
    };
    const operations = decoder.operations(edit);
    const { lastCommitted } = track;
    const known = lastCommitted?.text === to ? lastCommitted : track.known(to);
    const undoer = operations?.find(({ back }) => back !== undefined)?.back;
    // A state that an undo restored contains nothing new, whatever was moved around and reread in between.
    if (
      operations &&
      undoer !== undefined &&
      known &&
      (known === lastCommitted || (track.wasThere(known) && !isAmbiguous(this.store, track.current, operations)))
    ) {
      track.set(track.checkout(known, operationOf(undoer)));
      return;
    }
    const isFrom = track.current.text === decoder.content(edit.from);
    if (isFrom)
      for (const [id, provenance] of firstChangesIn(track.current, edit.firsts ?? []))
        firsts.set(id, operationOf(provenance));
    const version =
      operations && isFrom
        ? applyOperations(track.current, operations, operationOf, {
            weave: track.weave,
            store: this.store,
            moves: this.moves,
            former: track.undoneTo(known),
          })
        : undefined;
    if (version?.text === to) {
      track.set(version);
      this.seeConflicts(file);
      return;
    }
    // The file has diverged meanwhile, but who took part is known.
    const only =
      provenances.length === 1 && (edit.operations ?? []).every((operation) => operation.by === 0)
        ? (provenances[0] ?? null)
        : unrecorded(observation.at);
    this.arrive([{ file, text: to, operation: this.operation(file, only), recorded: true }]);
  }

  private finish(): Replayed {
    const { now } = this.options;
    const open = runningBrackets(this.records, now);
    const bases = new Map<File, Snapshot>();
    const targets = new Map<File, Snapshot>();
    for (const file of this.files) {
      if (!file.want) continue;
      const { track, decoder, want } = file;
      const base = decoder.text(want.base);
      if (!track.started) this.begin(file, base, true);
      // A parent elsewhere in the history may still have text that a seed deleted. It is restored in its old place, so
      // that the author of the deletion stays known.
      const sources = (want.seeds ?? []).flatMap((seed) => track.known(decoder.text(seed.before)) ?? []);
      bases.set(file, track.committed(base) ?? track.known(base) ?? track.derive(base, BASELINE, sources));
    }
    const patches: { readonly file: File; readonly plan: Patch }[] = [];
    for (const [file, base] of bases) {
      const { track, decoder, want } = file;
      const target = decoder.text(want?.target ?? null);
      const known = track.known(target);
      const isAtWork = bracketsOver(file, open).length > 0;
      const fetched = isAtWork ? undefined : known ? track.unstash(target) : track.unstashMerged(target);
      if (fetched) targets.set(file, fetched);
      // Text that is merely missing again was deleted once more by whoever is at work.
      else if (known && (known === track.current || !isAtWork || comesBack(track, known)))
        targets.set(
          file,
          known === track.current
            ? known
            : track.checkout(known, this.operation(file, unrecorded(now)), this.isOlder(track, known)),
        );
      else
        patches.push({
          file,
          plan: track.diffTo(target, this.operation(file, unrecorded(now)), known !== undefined, track.current, [base]),
        });
    }
    this.moves.trace(movable(patches));
    for (const { file, plan: patch } of patches) targets.set(file, file.track.weave.apply(patch));
    const older = this.inkOfCommits(bases.values());
    const others = this.files.map((file) => targets.get(file) ?? file.track.current);
    const texts = new Map<string, AuthoredText>();
    const staged = new Map<string, AuthoredText>();
    for (const [file, target] of targets) {
      const { track, want } = file;
      const base = bases.get(file);
      if (!base || !want) continue;
      this.claimOpen(file, open);
      const until = track.commitments.findLast(({ version }) => version === base)?.order ?? 0;
      const seenFrom = (from: Snapshot): AuthoredText => {
        const seen: BaselineHistory = {
          stored: older,
          places: new IntervalSet([from, base, ...this.committed(track)].flatMap((version) => runs(version, 'id'))),
          until,
        };
        const patch =
          want.target === null
            ? creditDeletionsAfterRename(target, others)
            : withSidesKept(target, file.sides, (span) => authorsOf(span, this.store, seen).map(({ by }) => by));
        return cancelReinsertedWords(
          diffSnapshots(track.weave, this.store, from, patch ? track.weave.apply(patch) : target, seen).settled,
        );
      };
      texts.set(want.path, seenFrom(base));
      const patch = this.stagedPlan(file, base);
      if (patch) staged.set(want.path, seenFrom(track.weave.apply(patch)));
    }
    return { texts, staged };
  }

  /**
   * The base as a partially staged content, if it was one: staged on top of one of several commits before it, because
   * unstaged changes may have been pending that long. A commit older than the records had the file's first content.
   */
  private stagedPlan({ track }: File, base: Snapshot): Patch | undefined {
    const index = track.commitments.findLastIndex(({ version }) => version === base);
    if (index < 0 || track.wasThere(base)) return undefined;
    const before = track.commitments
      .slice(Math.max(0, index - STAGED_AFTER_AT_MOST), index)
      .map(({ version }) => version)
      .reverse();
    for (const version of [...before, track.first]) {
      const patch = stagedPatch(base, version, track.current.text);
      if (patch) return patch;
    }
    return undefined;
  }

  private claimOpen(file: File, open: readonly OpenBracket[]): void {
    const covering = bracketsOver(file, open);
    const named = covering.filter(({ record }) => !record.opens.all);
    const candidates = named.length > 0 ? named : covering;
    const first = candidates[0];
    // If two assistants were at work at once, which of them it was can't be known.
    if (
      first &&
      candidates.every(
        (c) =>
          c.record.opens.by.assistant === first.record.opens.by.assistant &&
          c.record.opens.by.session === first.record.opens.by.session &&
          c.record.opens.by.author === first.record.opens.by.author,
      )
    ) {
      claimSince(file, creditOf(first.record.opens.by, this.options.now), first.record.at);
    }
  }

  /** The parent and its ancestors, as far as the records know them; every known commit if they are unknown. */
  private get forebears(): ReadonlySet<string> {
    return (this.knownAncestors ??=
      ancestorsOf(this.records, this.options.parent) ?? this.options.forebears ?? knownCommits(this.records));
  }
  private knownAncestors: ReadonlySet<string> | undefined;
}

/** The maximal runs of consecutive items that belong. */
function runsOf<T>(list: readonly T[], belongs: (item: T) => boolean): T[][] {
  const found: T[][] = [];
  let open: T[] | undefined;
  for (const item of list) {
    if (!belongs(item)) open = undefined;
    else if (open) open.push(item);
    else found.push((open = [item]));
  }
  return found;
}

/** How many characters differ. */
const changed = (before: string, after: string): number =>
  diffChars(before, after).reduce(
    (sum, { oldStart, oldEnd, newStart, newEnd }) => sum + oldEnd - oldStart + newEnd - newStart,
    0,
  );

/** The first known content. What an action started from is older than what others saw while it ran. */
function earliest(observations: readonly Observation[], first: Observation): string | null {
  const spanning = observations.filter(
    ({ edit, opened }) => edit !== undefined && opened !== undefined && opened < first.at,
  );
  const { edit, seen } = spanning.sort((a, b) => (a.opened ?? 0) - (b.opened ?? 0))[0] ?? first;
  return edit ? edit.from : seen;
}
