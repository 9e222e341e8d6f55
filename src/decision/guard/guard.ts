/**
 * Whether an agent may do what it is about to do: by where it writes and what the policy lets agents do there, by what rules
 * find in it, and by what no agent may do at all. Pure; the policy's own words decide, whoever asks.
 */
import path from 'node:path';
import { tierOf, POLICY_PATH, type Finding, type Policy, type TierMatch } from '../../policy';
import { forbiddenBy } from './leash';
import { nameOf, programsIn } from './programs';
import type { Invocation } from './shell-words';
import { writesOf } from './writes';

/** What an agent is about to do. */
export interface Action {
  /** Files that it names, absolute or relative to `cwd`. */
  readonly files: readonly string[];
  readonly command: string | undefined;
  /** Absolute. */
  readonly cwd: string;
  /** Texts that a tool of unknown purpose was given; `folders`: where one names a folder, everything in it is meant too. */
  readonly perhaps?: { readonly tool: string; readonly paths: readonly string[]; readonly folders: boolean };
}

/** A file or folder that decides what is recorded and held back. */
export interface GuardedPlace {
  /** Absolute and real. */
  readonly path: string;
  /** What it is, for people: `the hooks of Claude Code`. */
  readonly what: string;
}

/**
 * What rules notice in an action before it happens. A finding's `path` is relative to the repository's root.
 */
export type FindingsOf = (action: Action) => readonly Finding[];

export interface GuardInput {
  readonly policy: Policy;
  /** Where the policy came from, for people. */
  readonly source: string;
  readonly action: Action;
  /** Top of the work tree, absolute and real; null outside of one. */
  readonly root: string | null;
  readonly home: string;
  readonly guarded: readonly GuardedPlace[];
  readonly findingsOf: FindingsOf;
  readonly files: {
    /** The path with every symbolic link followed; of what is not there yet, as far as it is. */
    readonly real: (absolute: string) => string;
    /** Files below a folder, absolute; empty for anything else. May leave some out of very many. */
    readonly below: (absolute: string) => readonly string[];
  };
}

export type GuardAnswer =
  | { readonly verdict: 'allow' }
  /** `reason` says what is kept from agents and why, `instead` what to do; both are sentences for the model and the person. `leash`: whatever a policy says. */
  | { readonly verdict: 'ask' | 'deny'; readonly reason: string; readonly instead: string; readonly leash?: true };

const ALLOW: GuardAnswer = { verdict: 'allow' };

export function guard(input: GuardInput): GuardAnswer {
  let asked: GuardAnswer = ALLOW;
  for (const answer of answers(input)) {
    if (answer.verdict === 'deny') return answer;
    if (answer.verdict === 'ask' && asked.verdict === 'allow') asked = answer;
  }
  return asked;
}

function* answers(input: GuardInput): Generator<GuardAnswer> {
  const { action, files } = input;
  const targets: Target[] = action.files.map((file) => ({ absolute: path.resolve(action.cwd, file), deep: false }));
  for (const step of stepsOf(input)) {
    const forbidden = forbiddenBy(step.invocation) ?? rewrites(step.invocation, input);
    if (forbidden) yield { verdict: 'deny', reason: forbidden.why, instead: forbidden.instead };
    for (const write of writesOf(step.invocation)) targets.push({ absolute: path.resolve(step.cwd, write.path), deep: write.deep });
  }
  for (const target of targets) {
    for (const place of new Set([target.absolute, files.real(target.absolute)])) {
      yield* onPlace(input, place, target.deep);
    }
    if (target.deep) for (const file of files.below(target.absolute)) yield byTier(input, file);
  }
  for (const given of action.perhaps?.paths ?? []) yield* onGiven(input, path.resolve(action.cwd, given));
  for (const finding of input.findingsOf(action)) yield byFinding(input, finding);
}

/** A place that a tool was told, which may only want to read it: where a write would be refused a person is asked. What belongs to the leash is refused all the same. */
function* onGiven(input: GuardInput, absolute: string): Generator<GuardAnswer> {
  const { perhaps } = input.action;
  const deep = perhaps?.folders === true && absolute !== input.root;
  const places = new Set([absolute, input.files.real(absolute), ...(deep ? input.files.below(absolute) : [])]);
  for (const place of places) {
    const held = input.guarded.find((one) => covers(one.path, place));
    if (held !== undefined) yield leash(place, held.what);
    const answer = byTier(input, place);
    if (answer.verdict !== 'deny' || answer.leash) yield answer;
    else yield { ...answer, verdict: 'ask', reason: `Nobody here knows whether "${shown(perhaps?.tool ?? '')}" only reads. ${answer.reason}` };
  }
}

interface Target {
  readonly absolute: string;
  readonly deep: boolean;
}

/** The programs of the command, each with the folder that it runs in as far as `cd` tells. */
function* stepsOf({ action, home }: GuardInput): Generator<{ readonly invocation: Invocation; readonly cwd: string }> {
  if (action.command === undefined) return;
  let { cwd } = action;
  for (const invocation of programsIn(action.command, { HOME: home, PWD: action.cwd })) {
    yield { invocation, cwd };
    const [program, ...rest] = invocation.words;
    const target = rest.find((word) => !word.text.startsWith('-'));
    if (['cd', 'pushd'].includes(nameOf(program)) && target && !target.open) cwd = path.resolve(cwd, target.text);
  }
}

function* onPlace(input: GuardInput, place: string, deep: boolean): Generator<GuardAnswer> {
  const held = input.guarded.find((one) => covers(one.path, place) || (deep && covers(place, one.path)));
  if (held !== undefined) yield leash(place, held.what);
  yield byTier(input, place);
}

const leash = (place: string, what: string): GuardAnswer => ({
  verdict: 'deny',
  leash: true,
  reason: `${shown(place)} belongs to ${what}: an agent may not change what records it and holds it back.`,
  instead: 'Show the person the change that you would make, and let them make it.',
});

/** Whether `inner` is `outer` or lies below it; case is ignored, as many file systems do. */
function covers(outer: string, inner: string): boolean {
  const [a, b] = [outer.toLowerCase(), inner.toLowerCase()];
  return a === b || b.startsWith(a.endsWith(path.sep) ? a : a + path.sep);
}

function byTier(input: GuardInput, place: string): GuardAnswer {
  const { policy, root } = input;
  const relative = root === null ? '' : path.relative(root, place).split(path.sep).join('/');
  if (relative === '' || relative === '..' || relative.startsWith('../') || path.isAbsolute(relative)) return ALLOW;
  if (isPolicy(policy, relative)) return leash(place, 'the policy');
  const match = tierOf(policy, { path: relative, from: null, findings: [] });
  switch (match?.tier.agents) {
    case 'deny':
      return {
        verdict: 'deny',
        reason: `${shown(relative)} ${inTier(match, input.source)}, which agents may not change.`,
        instead: 'Describe the change, or give it as a patch in your answer, and let a person make it; or go on with other files.',
      };
    case 'ask':
      return {
        verdict: 'ask',
        reason: `${shown(relative)} ${inTier(match, input.source)}: a person must agree before an agent changes it.`,
        instead: 'Give the change as a patch in your answer and let a person make it; or go on with other files.',
      };
    default:
      return ALLOW; // `deny-destructive` is about what a change does, not where it lands
  }
}

const isPolicy = (policy: Policy, relative: string): boolean =>
  [POLICY_PATH, ...Object.values(policy.peopleFiles).flat()].some((file) => file.toLowerCase() === relative.toLowerCase()) || relative.toLowerCase().startsWith('.linekeeper/');

function byFinding({ policy, source }: GuardInput, finding: Finding): GuardAnswer {
  const match = tierOf(policy, { path: finding.path, from: null, findings: [finding] });
  if (match === null) return ALLOW;
  const verdict = verdictOn(match, finding);
  if (verdict === 'allow') return ALLOW;
  const what = `${finding.message} (${finding.rule}); it ${inTier(match, source)}`;
  return verdict === 'deny'
    ? { verdict, reason: `${what}, where agents may not do this.`, instead: 'Say what you would do and why, and let a person do it.' }
    : { verdict, reason: `${what}: a person must agree first.`, instead: 'Say what you would do and why, and let a person do it.' };
}

function verdictOn({ tier }: TierMatch, finding: Finding): GuardAnswer['verdict'] {
  if (tier.agents !== 'deny-destructive') return tier.agents;
  if (finding.class === 'permissions') return 'ask';
  if (finding.class !== 'destructive') return 'allow';
  return { critical: 'deny', high: 'deny', medium: 'ask', low: 'allow' }[finding.severity] as GuardAnswer['verdict']; // its four values
}

const inTier = ({ tier }: TierMatch, source: string): string => `is in the tier "${tier.name}" of ${source}`;

/** Programs that run a text that they are given. */
const INTERPRETERS = /^(?:python[\d.]*|node|nodejs|deno|bun|ruby|perl|php|osascript|pwsh|powershell|lua|tclsh)$/;
const WRITING = /write|open\s*\(|unlink|remove|rename|truncate|rmtree|\brm\b|copy|move|>|dump|save/i;

/** A text for an interpreter that names a guarded file and writes something: what it writes cannot be known here. */
function rewrites({ words, input }: Invocation, { guarded, root, home }: GuardInput): { readonly why: string; readonly instead: string } | undefined {
  if (!INTERPRETERS.test(nameOf(words[0]))) return undefined;
  const text = [...words.slice(1).map((word) => word.text), input ?? ''].join('\n');
  if (!WRITING.test(text)) return undefined;
  const short = (file: string): string => {
    const folder = [root, home].find((one) => one !== null && covers(one, file));
    return typeof folder === 'string' ? path.relative(folder, file) : file;
  };
  const named = [...guarded.map((one) => ({ name: short(one.path), what: one.what })), { name: POLICY_PATH, what: 'the policy' }].find((one) => one.name.length > 4 && text.includes(one.name));
  return named && { why: `This names ${shown(named.name)}, which belongs to ${named.what}, and writes: an agent may not change what records it and holds it back.`, instead: 'Show the person the change that you would make, and let them make it.' };
}

/** A path from outside, short and on one line. */
function shown(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return clean.length > 160 ? `…${clean.slice(-159)}` : clean;
}
