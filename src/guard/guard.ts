/**
 * Whether an agent may do what it is about to do: by where it writes and what the policy lets agents do there, by what
 * rules find in it, and by what no agent may do at all. Pure; the policy's own words decide, whoever asks.
 */
import path from 'node:path';
import {
  tierOf,
  BUILT_IN_SOURCE,
  POLICY_PATH,
  type AgentRule,
  type Finding,
  type FindingClass,
  type Policy,
  type Severity,
  type TierMatch,
} from '../policy';
import type { CommandDanger } from '../danger';
import { effectsOf, type Effect, type Target } from './command-effects';
import type { CommandPlace, LookUps, Program } from '../shell';
import type { Forbidden } from './forbidden/always-forbidden';

/** What an agent is about to do. */
export interface Action {
  /** Files that it names, absolute or relative to `cwd`. */
  readonly files: readonly string[];
  /** Folders that it writes, moves or removes with everything in them. Absolute. */
  readonly folders?: readonly string[];
  readonly command: string | undefined;
  /** Absolute. */
  readonly cwd: string;
  /**
   * Texts that a tool of unknown purpose was given; `folders`: where one names a folder, everything in it is meant too.
   */
  readonly perhaps?: { readonly tool: string; readonly paths: readonly string[]; readonly folders: boolean };
}

/** A file or folder that decides what is recorded and held back. */
export interface GuardedPlace {
  /** Absolute and real. */
  readonly path: string;
  /** What it is, for people: `the hooks of Claude Code`. */
  readonly what: string;
  /** Much else stands in it, so a person is asked. Default: it is refused. */
  readonly shared?: true;
  /**
   * Relative to the top of the repository: the same in a folder below counts too, since it is read where somebody works
   * from there.
   */
  readonly anywhere?: string;
}

/** A place outside of the repository that an action is about, for which the policy of another one may speak. */
export interface Elsewhere {
  /** Absolute. */
  readonly place: string;
  readonly deep: boolean;
  /** It was only handed to a tool of unknown purpose. */
  readonly given: boolean;
}

/**
 * What rules notice in an action before it happens. A finding's `path` is relative to the repository's root.
 */
export type FindingsOf = (action: Action) => readonly Finding[];

export interface GuardInput extends Omit<CommandPlace, 'cwd' | 'files'> {
  readonly policy: Policy;
  /** Where the policy came from, for people. */
  readonly source: string;
  readonly action: Action;
  readonly guarded: readonly GuardedPlace[];
  /** The variables that a command would start with. Default: none is known. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly findingsOf: FindingsOf;
  /** Whether a person has lifted this answer of the policy. Default: none is. */
  readonly lifted?: (answer: GuardAnswer) => boolean;
  /** Hears of places outside of `root`. */
  readonly elsewhere?: (one: Elsewhere) => void;
  readonly files: {
    /** The path with every symbolic link followed; of what is not there yet, as far as it is. */
    readonly real: (absolute: string) => string;
    /** Files below a folder, absolute; empty for anything else. May leave some out of very many. */
    readonly below: (absolute: string) => readonly string[];
  } & LookUps;
}

export type GuardAnswer =
  | { readonly verdict: 'allow' }
  /**
   * `reason` says what is kept from agents and why, `instead` what to do; both are sentences for the model and the
   * person. `leash`: whatever a policy says. `tier`: the policy's tier whose rule this is, null for the policy as a
   * whole; only such an answer can be lifted. `rule`: the danger rule that found something.
   */
  | {
      readonly verdict: 'ask' | 'deny';
      readonly reason: string;
      readonly instead: string;
      readonly leash?: true;
      readonly tier?: string | null;
      readonly rule?: string;
    };

const ALLOW: GuardAnswer = { verdict: 'allow' };

export function guard(input: GuardInput): GuardAnswer {
  let asked: GuardAnswer = ALLOW;
  for (const answer of answers(input)) {
    if (answer.verdict !== 'allow' && answer.tier !== undefined && input.lifted?.(answer) === true) continue;
    if (answer.verdict === 'deny') return answer;
    if (answer.verdict === 'ask' && asked.verdict === 'allow') asked = answer;
  }
  return asked;
}

function* answers(input: GuardInput): Generator<GuardAnswer> {
  const { action, files } = input;
  const targets: Target[] = [
    ...action.files.map((file) => ({
      places: [path.resolve(action.cwd, file), ...(/^~[\\/]/.test(file) ? [path.join(input.home, file.slice(2))] : [])],
      deep: false,
    })),
    ...(action.folders ?? []).map((folder) => ({ places: [folder], deep: true })),
  ];
  const dangers: GuardAnswer[] = [];
  for (const operation of action.command === undefined
    ? []
    : effectsOf(action.command, {
        ...input,
        cwd: action.cwd,
        environments: { environments: input.policy.environments, env: input.env ?? {} },
      })) {
    switch (operation.kind) {
      case 'forbidden':
        yield byLeash(operation.forbidden);
        break;
      case 'unread':
        if (input.policy.tiers.some(({ agents }) => agents !== 'allow')) yield UNREAD;
        break;
      case 'writes':
        targets.push(operation.target);
        break;
      case 'danger':
        dangers.push(byDanger(input, operation.danger, operation.folders, operation.instead));
        break;
      case 'environment':
        dangers.push(byEnvironment(input, operation));
        break;
      case 'program':
        yield* inProgram(input, operation.program, operation.cwd);
    }
  }
  if (DOT_NET.test(action.command ?? '')) yield* onNamed(input, action.command ?? '', action.cwd);
  for (const { places, deep } of targets) {
    let left = FILES_OF_A_WORD;
    for (const absolute of places) {
      for (const place of new Set([absolute, files.real(absolute)])) yield* onPlace(input, place, deep);
      const below = deep && left > 0 ? files.below(absolute) : [];
      left -= below.length;
      for (const file of below) yield byTier(input, file);
    }
  }
  // A file that agents may not change is named before what the command would do to it.
  yield* dangers;
  for (const given of action.perhaps?.paths ?? []) yield* onGiven(input, path.resolve(action.cwd, given));
  for (const finding of input.findingsOf(action)) yield byFinding(input, finding);
}

const byLeash = ({ ask, why, instead }: Forbidden): GuardAnswer => ({
  verdict: ask ? 'ask' : 'deny',
  reason: why,
  instead,
});

const UNREAD: GuardAnswer = {
  verdict: 'ask',
  tier: null,
  reason:
    'This runs commands that can only be known when it runs, and the policy keeps agents from some: a person must agree first.',
  instead: 'Write the commands out as they are, or give them to the person to run.',
};

/**
 * A place that a tool was told, which may only want to read it: where a write would be refused a person is asked. What
 * belongs to the leash is refused all the same.
 */
function* onGiven(input: GuardInput, absolute: string): Generator<GuardAnswer> {
  const { perhaps } = input.action;
  const deep = perhaps?.folders === true && absolute !== input.root;
  const places = new Set([absolute, input.files.real(absolute), ...(deep ? input.files.below(absolute) : [])]);
  for (const place of places) {
    const held = heldAt(input, place, false);
    if (held !== undefined) yield onHeld(place, held);
    if (isOutside(input, place)) input.elsewhere?.({ place, deep: perhaps?.folders === true, given: true });
    const answer = byTier(input, place);
    if (answer.verdict !== 'deny' || answer.leash) yield answer;
    else
      yield {
        ...answer,
        verdict: 'ask',
        reason: `Nobody here knows whether "${shown(perhaps?.tool ?? '')}" only reads. ${answer.reason}`,
      };
  }
}

/** With wildcards a word may name many folders: they are looked into until so many files were found. */
const FILES_OF_A_WORD = 2000;

function* onPlace(input: GuardInput, place: string, deep: boolean): Generator<GuardAnswer> {
  const held = heldAt(input, place, deep);
  if (held !== undefined) yield onHeld(place, held);
  if (isOutside(input, place)) input.elsewhere?.({ place, deep, given: false });
  yield byTier(input, place);
}

const onHeld = (place: string, { what, shared }: GuardedPlace): GuardAnswer =>
  shared
    ? {
        verdict: 'ask',
        reason: `${shown(place)} belongs to ${what}: a person must agree before an agent changes it.`,
        instead: 'Show the person the change that you would make, and let them make it.',
      }
    : leash(place, what);

const leash = (place: string, what: string): GuardAnswer => ({
  verdict: 'deny',
  leash: true,
  reason: `${shown(place)} belongs to ${what}: an agent may not change what records it and holds it back.`,
  instead: 'Show the person the change that you would make, and let them make it.',
});

/** The guarded place that this is or lies in; `deep`: or that lies in it. Case is ignored, as many file systems do. */
function heldAt({ guarded, root }: GuardInput, place: string, deep: boolean): GuardedPlace | undefined {
  const wanted = place.toLowerCase();
  const inside = root !== null && covers(root.toLowerCase(), wanted) ? wanted.slice(root.length) + path.sep : undefined;
  return guarded.find((one) => {
    const held = one.path.toLowerCase();
    return (
      covers(held, wanted) ||
      (deep && covers(wanted, held)) ||
      (one.anywhere !== undefined && inside?.includes(path.sep + one.anywhere.toLowerCase() + path.sep) === true)
    );
  });
}

/** Whether `inner` is `outer` or lies below it, both in lower case. */
const covers = (outer: string, inner: string): boolean =>
  inner.startsWith(outer) &&
  (inner.length === outer.length || outer.endsWith(path.sep) || inner[outer.length] === path.sep);

/** With `/`; empty for the top itself. */
const relativeTo = (root: string, place: string): string =>
  place.startsWith(root + path.sep)
    ? place.slice(root.length + 1).replaceAll(path.sep, '/')
    : path.relative(root, place).split(path.sep).join('/');

const leadsOut = (relative: string): boolean =>
  relative === '..' || relative.startsWith('../') || path.isAbsolute(relative);

const isOutside = ({ root }: GuardInput, place: string): boolean => root === null || leadsOut(relativeTo(root, place));

function byTier(input: GuardInput, place: string): GuardAnswer {
  const { policy, root } = input;
  const relative = root === null ? '' : relativeTo(root, place);
  if (relative === '' || leadsOut(relative)) return ALLOW;
  if (isPolicy(policy, relative)) return leash(place, 'the policy');
  if (!policy.tiers.some(({ agents }) => agents === 'deny' || agents === 'ask')) return ALLOW;
  const match = tierOf(policy, { path: relative, from: null, findings: [] });
  switch (match?.tier.agents) {
    case 'deny':
      return {
        verdict: 'deny',
        tier: match.tier.name,
        reason: `${shown(relative)} ${inTier(match, input.source)}, which agents may not change.`,
        instead:
          'Describe the change, or give it as a patch in your answer, and let a person make it; or go on with other files.',
      };
    case 'ask':
      return {
        verdict: 'ask',
        tier: match.tier.name,
        reason: `${shown(relative)} ${inTier(match, input.source)}: a person must agree before an agent changes it.`,
        instead: 'Give the change as a patch in your answer and let a person make it; or go on with other files.',
      };
    default:
      return ALLOW; // `deny-destructive` is about what a change does, not where it lands
  }
}

const isPolicy = (policy: Policy, relative: string): boolean =>
  [POLICY_PATH, ...Object.values(policy.peopleFiles).flat()].some(
    (file) => file.toLowerCase() === relative.toLowerCase(),
  ) || relative.toLowerCase().startsWith('.linekeeper/');

function byFinding({ policy, source }: GuardInput, finding: Finding): GuardAnswer {
  const match = tierOf(policy, { path: finding.path, from: null, findings: [finding] });
  if (match === null) return ALLOW;
  const verdict = verdictOn(match, finding);
  if (verdict === 'allow') return ALLOW;
  const what = `${finding.message} (${finding.rule}); it ${inTier(match, source)}`;
  return verdict === 'deny'
    ? {
        verdict,
        tier: match.tier.name,
        reason: `${what}, where agents may not do this.`,
        instead: 'Say what you would do and why, and let a person do it.',
      }
    : {
        verdict,
        tier: match.tier.name,
        reason: `${what}: a person must agree first.`,
        instead: 'Say what you would do and why, and let a person do it.',
      };
}

function verdictOn(
  { tier }: { readonly tier: { readonly agents: AgentRule } },
  finding: { readonly class: FindingClass; readonly severity: Severity },
): GuardAnswer['verdict'] {
  if (tier.agents !== 'deny-destructive') return tier.agents;
  if (finding.class === 'permissions') return 'ask';
  if (finding.class !== 'destructive') return 'allow';
  return { critical: 'deny', high: 'deny', medium: 'ask', low: 'allow' }[finding.severity] as GuardAnswer['verdict']; // its four values
}

/**
 * A command has no path. What it names in the work tree lies where that lies; what it does to a cloud, a cluster, a
 * database or a disk is judged by the strictest of the tiers that look for its class, and by the tier of the folder
 * where it runs.
 */
function byDanger(input: GuardInput, danger: CommandDanger, folders: readonly string[], instead: string): GuardAnswer {
  const { policy, source } = input;
  if (policy.rulesOff.some(({ rule, paths }) => rule === danger.rule && paths === null)) return ALLOW;
  const detecting =
    danger.places === undefined ? policy.tiers.filter(({ detect }) => detect.includes(danger.class)) : [];
  const touched =
    danger.places === undefined ? folders.map((folder) => path.join(folder, 'main')) : placesOf(input, danger);
  const tiers = new Set([...detecting, ...touched.flatMap((place) => tierAt(input, place) ?? [])]);
  let strictest: { readonly verdict: GuardAnswer['verdict']; readonly name: string } = { verdict: 'allow', name: '' };
  for (const tier of tiers) {
    const verdict = verdictOn(
      { tier: source === BUILT_IN_SOURCE ? { ...tier, agents: withoutPolicy(danger) } : tier },
      danger,
    );
    if (STRICTNESS[verdict] > STRICTNESS[strictest.verdict]) strictest = { verdict, name: tier.name };
  }
  if (strictest.verdict === 'allow') return ALLOW;
  const what = `${danger.message} (${danger.rule}).`;
  const where =
    source === BUILT_IN_SOURCE
      ? 'This repository has no policy yet'
      : `The tier "${strictest.name}" of ${source} is about this`;
  return strictest.verdict === 'deny'
    ? {
        verdict: 'deny',
        tier: strictest.name,
        rule: danger.rule,
        reason: `${what} The tier "${strictest.name}" of ${source} does not let agents do this.`,
        instead,
      }
    : {
        verdict: 'ask',
        tier: strictest.name,
        rule: danger.rule,
        reason: `${what} ${where}: a person must agree first.`,
        instead,
      };
}

/** In an environment of the policy its own rule holds, whatever the tiers say. */
function byEnvironment(
  { source }: GuardInput,
  { on: { environment, because }, danger, shown: command, instead }: Extract<Effect, { kind: 'environment' }>,
): GuardAnswer {
  const { name, agents } = environment;
  const verdict = danger ? verdictOn({ tier: { agents } }, danger) : agents === 'deny-destructive' ? 'allow' : agents;
  if (verdict === 'allow') return ALLOW;
  const what = `${danger ? `${danger.message} (${danger.rule})` : `"${shown(command)}" does more than read`}, in the environment "${name}" of ${source} (${shown(because)})`;
  const rule = danger ? { rule: danger.rule } : {};
  return verdict === 'deny'
    ? { verdict, tier: null, ...rule, reason: `${what}, where agents may not do this.`, instead }
    : { verdict, tier: null, ...rule, reason: `${what}: a person must agree first.`, instead };
}

const STRICTNESS: Readonly<Record<GuardAnswer['verdict'], number>> = { allow: 0, ask: 1, deny: 2 };

/** Where a repository has no policy a person is asked about what destroys something. */
const withoutPolicy = ({ class: one, severity }: CommandDanger): AgentRule =>
  one === 'destructive' && severity !== 'low' ? 'ask' : 'allow';

/** The files that a danger hits, as far as they are there. */
function placesOf({ files }: GuardInput, { places = [], existing }: CommandDanger): readonly string[] {
  return places.slice(0, FILES_OF_A_WORD).flatMap((place) => {
    const native = place.replaceAll('/', path.sep);
    const named = /[*?[]/.test(native) ? files.matching(native) : [native];
    if (existing) return named.filter((one) => files.text(one) !== undefined);
    return named.flatMap((one) => [one, ...files.below(one).slice(0, FILES_OF_A_WORD)]);
  });
}

function tierAt({ policy, root }: GuardInput, place: string): Policy['tiers'][number] | undefined {
  const relative = root === null ? '' : relativeTo(root, place);
  return relative === '' || leadsOut(relative)
    ? undefined
    : tierOf(policy, { path: relative, from: null, findings: [] })?.tier;
}

const inTier = ({ tier }: TierMatch, source: string): string => `is in the tier "${tier.name}" of ${source}`;

/** Parts of a path that a program puts together: `join('a', 'b')`, `Path('a') / 'b'`, `'a/' + b`. */
const PUT_TOGETHER = /\/?['"`]\s*\)?\s*[,/+]\s*['"`]\/?/g;

/** Where a text goes on that is written in parts: `'in' + 'fra'`. */
const IN_PARTS = /(["'`])\s*[+.]?\s*\1/g;

/** A text for an interpreter that names a guarded file and writes something: what it writes cannot be known here. */
function rewrites(program: Program, { guarded, root, home }: GuardInput): Forbidden | undefined {
  const text = `${program.text}\n${program.text.replace(PUT_TOGETHER, '/')}`;
  const short = (file: string): string => {
    const folder = [root, home].find((one) => one !== null && covers(one.toLowerCase(), file.toLowerCase()));
    return typeof folder === 'string' ? path.relative(folder, file) : file;
  };
  const named = [
    ...guarded.filter((one) => !one.shared).map((one) => ({ name: short(one.path), what: one.what })),
    { name: POLICY_PATH, what: 'the policy' },
  ].find((one) => one.name.length > 4 && names(text, one.name));
  return (
    named && {
      why: `This names ${shown(named.name)}, which belongs to ${named.what}, and writes: an agent may not change what records it and holds it back.`,
      instead: 'Show the person the change that you would make, and let them make it.',
      ...(program.inFile ? { ask: true } : {}),
    }
  );
}

/** Whether a text has a name that does not go on. */
function names(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/[\w.-]/.test(text.charAt(at + name.length))) return true;
  return false;
}

/**
 * Closed places that a text for an interpreter names, when it changes something: a person is asked, since it may be
 * something else.
 */
function* inProgram(input: GuardInput, program: Program, cwd: string): Generator<GuardAnswer> {
  const forbidden = rewrites(program, input);
  if (forbidden) yield byLeash(forbidden);
  // a file may hold much else than what it is run for
  for (const answer of onNamed(input, `${program.text}\n${program.text.replace(IN_PARTS, '')}`, cwd))
    yield program.inFile && answer.verdict === 'deny' ? { ...answer, verdict: 'ask' } : answer;
}

/** Calls of .NET, as PowerShell knows them, that do not only read. */
const DOT_NET = /\[(?:System\.)?IO\.\w+\]::(?!Read|Exists|Get|Enumerate|Combine|OpenRead|OpenText)\w+/i;

/** The files that the text of a program names in quotes. */
function* onNamed(input: GuardInput, text: string, cwd: string): Generator<GuardAnswer> {
  const named = new Set(
    [...text.slice(0, 100_000).matchAll(/(["'`])((?:\\.|(?!\1)[^\\\n]){1,1000})\1/g)].map(
      ([, , literal = '']) => literal,
    ),
  );
  for (const one of [...named].slice(0, 200)) {
    const place = path.resolve(cwd, one);
    const held = heldAt(input, place, false);
    if (held) yield onHeld(place, held);
    const answer = byTier(input, place);
    if (answer.verdict === 'deny' && !answer.leash)
      yield { ...answer, verdict: 'ask', reason: `This names a file and changes something. ${answer.reason}` };
    else yield answer;
  }
}

/** A path from outside, short and on one line. */
function shown(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return clean.length > 160 ? `…${clean.slice(-159)}` : clean;
}
