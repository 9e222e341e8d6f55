/** Which changes of a window could be behind what a text says. */
import { LOCK_FILE } from '../../../base/patterns';
import type { Clue } from '../clues-in-text';
import type { Add, ReasonKind } from '../weigh-reasons';
import { libraryLine, namesOfLibrary } from './library-version-lines';
import type { ChangedLine, ChangedPart } from './read-changed-lines';
import { folded, runsOf } from './normalize-names';

interface Hit {
  readonly kind: ReasonKind;
  readonly weight: number;
  readonly says: string;
}

interface Sought {
  readonly clue: Clue;
  readonly isAbout: (text: string) => boolean;
  readonly isChiefly: (text: string) => boolean;
  readonly isClearly: (text: string) => boolean;
  readonly isGone: (text: string) => boolean;
  /** Folded. */
  readonly names: readonly string[];
  readonly libraries: readonly string[];
  /** Folded. */
  readonly missing: readonly string[];
}

/** Takes what points at commits: for each clue and commit the strongest. */
export function matchClues(
  clues: readonly Clue[],
  changed: ReadonlyMap<string, readonly ChangedPart[]>,
  add: Add,
): void {
  if (clues.length === 0) return;
  const known = everyName(changed);
  for (const clue of clues) {
    const sought: Sought = {
      clue,
      isAbout: testOf(clue.about),
      isChiefly: testOf(clue.chiefly),
      isClearly: testOf(clue.clearly),
      isGone: testOf(clue.gone),
      names: resolved(clue.names, known),
      libraries: clue.library === undefined ? [] : namesOfLibrary(clue.library),
      missing: (clue.missing ?? []).map(folded).filter((name) => name.length > 2),
    };
    const hits = new Map<string, Hit>();
    for (const [commit, parts] of changed) {
      let best: Hit | undefined;
      for (const part of parts) {
        const hit = hitOf(sought, part);
        if (hit !== undefined && hit.weight > (best?.weight ?? 0)) best = hit;
      }
      const lost = lostIn(sought, parts);
      if (lost !== undefined && lost.weight > (best?.weight ?? 0)) best = lost;
      if (best !== undefined) hits.set(commit, best);
    }
    // Where what the text names leads nowhere, what it is about is all that there is.
    const leadsNowhere =
      sought.names.length > 0 && [...hits.values()].every(({ kind, weight }) => VAGUE.has(kind) && weight < BEGUN);
    for (const [commit, { kind, weight, says }] of hits) {
      const alike = [...hits.values()].filter((one) => one.kind === kind && one.weight >= weight).length;
      add(commit, kind, says, weight * rarity(alike) * (leadsNowhere && kind === 'about' ? NAMELESS : 1));
    }
  }
}

/** How much more a line says that hardly anybody adds without causing it. */
const CLEARLY = 3.5;
/** What a line says that begins to use what is not there. */
const BEGUN = 5;
const VAGUE: ReadonlySet<ReasonKind> = new Set(['about', 'resource', 'name']);
/** How much more a line says that is about what the text is about, where the text names nothing else. */
const NAMELESS = 2.5;

/** What a removed name says less that the commit adds in another file: it was moved, or only others were adapted. */
const MOVED = 0.6;

/** A commit that takes away what the program looked for. */
function lostIn({ clue, names, missing }: Sought, parts: readonly ChangedPart[]): Hit | undefined {
  const adds = ({ lines }: ChangedPart, name: string): boolean =>
    lines.some((line) => line.side === 'added' && line.names.has(name));
  for (const name of missing) {
    for (const part of parts) {
      if (LOCK_FILE.test(part.path) || PROSE.test(part.path) || adds(part, name)) continue;
      const line = part.lines.find((one) => one.side === 'removed' && one.names.has(name));
      if (line === undefined) continue;
      const others = names.filter(
        (one) => one !== name && (line.names.has(one) || part.names.has(one) || line.scope?.names.has(one) === true),
      );
      return {
        kind: 'name',
        weight: (7 + Math.min(2, others.length) * 0.75) * (parts.some((one) => adds(one, name)) ? MOVED : 1),
        says: `It takes away ${shown(line.text)} in ${part.path}:${String(line.line)}, and the text says that ${clue.says}.`,
      };
    }
  }
  return undefined;
}

/** What points at many commits says little of each. */
export const rarity = (commits: number): number => (commits <= 1 ? 1 : Math.max(0.25, 1 / Math.sqrt(commits)));

function everyName(changed: ReadonlyMap<string, readonly ChangedPart[]>): ReadonlySet<string> {
  const all = new Set<string>();
  for (const parts of changed.values())
    for (const { names, lines } of parts) {
      for (const name of names) all.add(name);
      for (const { scope } of lines) for (const name of scope?.names ?? []) all.add(name);
    }
  return all;
}

/** A name that nothing has, such as that of a Helm release and its chart, is looked for by its longest known part. */
function resolved(names: readonly string[], known: ReadonlySet<string>): readonly string[] {
  const found = names.flatMap((name) => {
    const whole = folded(name);
    if (known.has(whole)) return [whole];
    // The site itself: everything is a part of it.
    if (/^[a-z0-9-]+\.(?:com|org|net|io|dev|app|example|test|[a-z]{2})$/i.test(name)) return [whole];
    const parts = runsOf(name)
      .filter((run) => known.has(run) && run.length > 3 && !/^\d+$/.test(run))
      .sort((a, b) => b.length - a.length);
    return [whole, ...parts.slice(0, 1)];
  });
  return [...new Set(found)].filter((name) => name.length > 2);
}

/** What the library of a client says less, where a server's answer is in the text. */
const MESSENGER = 0.4;

function hitOf(sought: Sought, part: ChangedPart): Hit | undefined {
  const { clue, libraries } = sought;
  if (libraries.length > 0) {
    const found = libraryLine(part, libraries);
    if (found !== undefined)
      return {
        kind: 'library',
        weight: (found.inLock ? 5.5 : 7) * (clue.isMessenger === true ? MESSENGER : 1),
        says: `It changes ${clue.library ?? ''}${found.versions === '' ? '' : ` (${found.versions})`} in ${part.path}:${String(found.line.line)}, and the text says that ${clue.says}.`,
      };
  }
  // Every line of a lock file is about everything.
  if (LOCK_FILE.test(part.path)) return undefined;
  let best: Hit | undefined;
  // What a line says now says more to people than what it said before.
  for (const line of [...part.lines].sort(bySide)) {
    const hit = lineHit(sought, part, line);
    if (hit !== undefined && hit.weight > (best?.weight ?? 0)) best = hit;
  }
  return best;
}

/** It is about everything. */
const PROSE = /\.(?:md|rst|txt|adoc)$/i;
const bySide = (a: ChangedLine, b: ChangedLine): number => a.side.localeCompare(b.side);

function lineHit(
  { clue, names, isAbout, isChiefly, isClearly, isGone }: Sought,
  part: ChangedPart,
  line: ChangedLine,
): Hit | undefined {
  const { action, literals = [], worse, says } = clue;
  const linesOwn = names.filter((name) => line.names.has(name));
  const surrounding = names.filter((name) => part.names.has(name) || line.scope?.names.has(name) === true);
  const [[inLine], [around]] = [linesOwn, surrounding];
  // A line in which several of the names meet is more likely meant.
  const more = Math.min(2, new Set([...linesOwn, ...surrounding]).size - 1) * 0.75;
  const place = `${part.path}:${String(line.line)}`;
  const which = (line.scope?.label ?? null) === null ? place : `${line.scope?.label ?? ''} (${place})`;
  const verb = line.side === 'added' ? 'adds' : 'removes';
  if (action !== undefined && coversAction(line.text, action)) {
    const covered = line.counterpart !== null && coversAction(line.counterpart, action);
    const isNamed = inLine !== undefined || around !== undefined;
    const takesAway = line.side === 'removed' ? !covered : isDenied(line);
    return {
      kind: 'permission',
      weight: (takesAway ? 8 : 3) + (isNamed ? 1.5 : 0) - (names.length > 0 && !isNamed ? 1 : 0),
      says: `It ${line.side === 'removed' && !covered ? 'takes away' : verb} ${shown(line.text)} in ${which}, and the text says that ${says}.`,
    };
  }
  const literal = literals.find((one) => line.text.includes(one));
  if (literal !== undefined) {
    const rare = line.counterpart?.includes(literal) === true ? 3 : 5;
    return {
      kind: 'name',
      // A path of several parts is no coincidence.
      weight: rare + (literal.split('/').filter((part) => part !== '').length > 2 ? 4 : 0),
      says: `It ${verb} a line with ${JSON.stringify(literal)} in ${place}, and the text says that ${says}.`,
    };
  }
  const itself = isAbout(line.text);
  const within = isAbout(line.scope?.keys ?? '');
  const likely = isChiefly(line.text) || isChiefly(`${line.scope?.keys ?? ''} ${line.scope?.label ?? ''}`) ? 1 : 0;
  const isLost =
    line.side === 'removed' && isGone(line.text) && linesOwn.some((name) => !has(line.counterpart ?? '', name));
  const clearly = isLost || (line.side === 'added' && isClearly(line.text)) ? CLEARLY : 0;
  const isTorn = clue.isPaired === true && line.isElsewhere && likely > 0;
  const changesIt = line.side === 'removed' ? 'removes' : line.counterpart === null ? 'adds' : 'sets';
  if ((itself || within) && (inLine !== undefined || around !== undefined)) {
    return {
      kind: 'setting',
      // The line itself says it, and not only what it stands in.
      weight: (5.5 + (itself ? 1 : 0) + likely + more + clearly + (isTorn ? 1 : 0)) * direction(line, worse),
      says: `It ${changesIt} ${shown(line.text)}${former(line)} in ${which}${isTorn ? ', which the file still has elsewhere' : ''}, and the text says that ${says}.`,
    };
  }
  if (around !== undefined && line.scope !== null)
    return { kind: 'resource', weight: 3, says: `It changes ${which}, and the text says that ${says}.` };
  if (inLine !== undefined && inLine.length > 4)
    return {
      kind: 'name',
      weight: clue.isAbsent === true && line.side === 'added' && !has(line.counterpart ?? '', inLine) ? BEGUN : 3,
      says: `It ${verb} a line with "${inLine}" in ${place}, and the text says that ${says}.`,
    };
  if (around !== undefined)
    return { kind: 'resource', weight: 2, says: `It changes ${part.path}, and the text says that ${says}.` };
  if ((itself || within) && !PROSE.test(part.path))
    return {
      kind: 'about',
      weight:
        ((names.length > 0 ? 1 : 2.5) + likely) *
        (line.scope === null ? 0.6 : 1) *
        (itself ? 1 : 0.8) *
        direction(line, worse),
      says: `It ${changesIt} ${shown(line.text)}${former(line)} in ${which}, and the text says that ${says}.`,
    };
  return undefined;
}

/** Whether a line names an action of a cloud, or a pattern that has it. */
function coversAction(line: string, action: string): boolean {
  if (line.includes(action)) return true;
  const [service = '', name = ''] = action.split(':');
  if (name === '' || !line.includes(`${service}:`)) return false;
  return [...line.matchAll(/([a-z0-9-]{1,30}):([A-Za-z*?]{1,60})/g)].some(
    ([, account = '', pattern = '']) =>
      account === service &&
      pattern.includes('*') &&
      name.toLowerCase().startsWith(pattern.slice(0, pattern.indexOf('*')).toLowerCase()),
  );
}

const has = (text: string, name: string): boolean => folded(text).includes(name);

/** Whether a text is about something: each of its words may begin with it, those of `targetPort` too. */
function testOf(about: RegExp | undefined): (text: string) => boolean {
  if (about === undefined) return () => false;
  const atWord = new RegExp(`\\b(?:${about.source})`, 'i');
  return (text) => atWord.test(text) || atWord.test(text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' '));
}

const isDenied = ({ scope, text }: ChangedLine): boolean => /deny/i.test(`${scope?.keys ?? ''} ${text}`);

const NUMBER =
  /(?<![\w.])(\d+(?:\.\d+)?)\s*(m|ms|s|sec|min|h|d|k|ki|mi|gi|ti|kb|mb|gb|tb|kib|mib|gib|g|t|%)?(?![\w.])/i;
const UNITS: Readonly<Record<string, number>> = {
  k: 1e3,
  kb: 1e3,
  ki: 1024,
  kib: 1024,
  mb: 1e6,
  mi: 1024 ** 2,
  mib: 1024 ** 2,
  g: 1e9,
  gb: 1e9,
  gi: 1024 ** 3,
  gib: 1024 ** 3,
  t: 1e12,
  tb: 1e12,
  ti: 1024 ** 4,
  s: 1,
  sec: 1,
  ms: 1e-3,
  min: 60,
  h: 3600,
  d: 86400,
};

function numberIn(text: string): number | undefined {
  const [, number, unit = ''] = NUMBER.exec(text.replace(/^[^:=]*[:=]/, '')) ?? [];
  if (number === undefined) return undefined;
  // `500m` of a processor is half of one; `512M` of memory is a lot.
  const scale = unit === 'm' ? 1e-3 : unit === 'M' ? 1e6 : (UNITS[unit.toLowerCase()] ?? 1);
  return Number(number) * scale;
}

/** More where a number went the way that explains it, less where it went the other way. */
function direction(line: ChangedLine, worse: Clue['worse']): number {
  if (worse === undefined || line.counterpart === null) return 1;
  const [figure, formerFigure] = [numberIn(line.text), numberIn(line.counterpart)];
  if (figure === undefined || formerFigure === undefined || figure === formerFigure) return 1;
  const [before, after] = line.side === 'added' ? [formerFigure, figure] : [figure, formerFigure];
  return after < before === (worse === 'smaller') ? 1.3 : 0.5;
}

const SHOWN_AT_MOST = 80;
const shown = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ');
  return `"${line.length > SHOWN_AT_MOST ? `${line.slice(0, SHOWN_AT_MOST - 1)}…` : line}"`;
};
const former = ({ side, counterpart }: ChangedLine): string =>
  side === 'added' && counterpart !== null ? ` (was ${shown(counterpart)})` : '';
