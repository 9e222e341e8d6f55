/**
 * Whether an agent may do what it is about to do. That depends on where it writes and what the policy lets agents do
 * there, on what rules find in it, and on what no agent may do at all. Pure: the policy's text decides, whoever asks, and
 * a person's exception lifts an answer of it.
 */
import { pathsLike, relativeSlashes, resolveIn } from '../base/platform';
import { BUILT_IN_POLICY, BUILT_IN_SOURCE, commandRulesOf } from '../policy';
import { effectsOf, effectsOfCall, effectsOfShowing, type Effect, type Target } from './effects-of-commands-and-tools';
import { byTools, environmentsOf, isAllowed, isAllowedIn } from './judge-tool-lists';
import { ALLOW, type GuardAnswer, type GuardInput } from './types';
import { byLeash, DOT_NET, inProgram, onNamed } from './restricted-files-in-program-texts';
import { dropsByEdits } from './forbidden/removal-of-shared-hooks';
import { byKey } from './credentials/judge-key-use';
import { byAct } from './person-acts/judge-person-act';
import { byDanger, byEnvironment, byFinding } from './judge-dangers';
import { byLoss } from './unrecoverable-files/judge-losses';
import type { Lost } from './unrecoverable-files/losses-of-command';
import { byTier, FILES_OF_A_WORD, isOutside, onGiven, onPlace, tiersOfGiven } from './judge-changed-paths';

export function guard(input: GuardInput): GuardAnswer {
  const answer = byPolicy(input);
  if (answer.verdict !== 'allow' || answer.observed !== undefined || input.enforced === undefined) return answer;
  const observed = strictestOf({ ...input, policy: input.enforced });
  return observed.verdict === 'allow' ? answer : { verdict: 'allow', observed };
}

function byPolicy(input: GuardInput): GuardAnswer {
  const { mistake } = input;
  const answer = strictestOf(input);
  const isObserving = input.policy.mode === 'observe';
  if (mistake === undefined && (!isObserving || answer.verdict === 'allow')) return answer;
  const without = strictestOf({
    ...input,
    policy: BUILT_IN_POLICY,
    source: BUILT_IN_SOURCE,
    asWithout: mistake === undefined ? 'The policy only observes (mode: observe)' : 'The policy has a mistake',
  });
  // A policy that observes holds no agent back that would not be held back without any policy.
  const held = isObserving || answer.verdict === 'allow' ? without : answer;
  if (held.verdict !== 'allow')
    return mistake === undefined || held.leash ? held : { ...held, reason: `${held.reason} ${mistake}` };
  return answer.verdict === 'allow' ? answer : { verdict: 'allow', observed: answer };
}

function strictestOf(input: GuardInput): GuardAnswer {
  let strictest: GuardAnswer = ALLOW;
  const losses: Lost[] = [];
  for (const answer of answers(input)) {
    if (answer.verdict !== 'allow' && answer.tier !== undefined && input.lifted?.(answer) === true) continue;
    if (answer.verdict === 'deny') return answer;
    if (answer.verdict !== 'ask') continue;
    if (answer.loses) losses.push(...answer.loses);
    if (strictest.verdict === 'allow') strictest = answer;
  }
  return strictest.verdict === 'ask' && losses.length > 0 ? { ...strictest, loses: losses } : strictest;
}

function* answers(input: GuardInput): Generator<GuardAnswer> {
  const { action, files } = input;
  const targets: Target[] = [
    ...action.files.map((file) => ({
      places: [
        resolveIn(action.cwd, file),
        ...(/^~[\\/]/.test(file) ? [pathsLike(input.home).join(input.home, file.slice(2))] : []),
      ],
      deep: false,
    })),
    ...(action.folders ?? []).map((folder) => ({ places: [folder], deep: true })),
  ];
  const taken = dropsByEdits(
    action.proposed ?? [],
    (file) => (input.root === null ? '' : relativeSlashes(input.root, resolveIn(action.cwd, file))),
    (file) => files.text(resolveIn(action.cwd, file)),
  );
  if (taken !== undefined) yield byLeash(taken);
  const dangers: GuardAnswer[] = [];
  let loss: Extract<Effect, { kind: 'danger' }> | undefined;
  const acts: GuardAnswer[] = [];
  const environments = new Set(action.call ? environmentsOf(input, action.call).map((on) => on.environment) : []);
  const isOwn = action.fromElsewhere !== true;
  let isHere = isOwn;
  for (const operation of effectsIn(input)) {
    if (!isHere && operation.kind !== 'folders' && operation.kind !== 'writes' && !namesPlaces(operation)) continue;
    switch (operation.kind) {
      case 'folders': {
        const outside = operation.folders.filter((folder) => isOutside(input, folder));
        for (const place of outside)
          if (place !== action.cwd) input.elsewhere?.({ place, deep: true, acts: true, guessed: false });
        isHere = isOwn || outside.length < operation.folders.length;
        break;
      }
      case 'forbidden':
        yield byLeash(operation.forbidden);
        break;
      case 'key':
        yield byKey(input, operation);
        break;
      case 'act':
        acts.push(byAct(input, operation));
        break;
      case 'unread':
        if (input.policy.tiers.some(({ agents }) => agents !== 'allow')) yield UNREAD;
        break;
      case 'writes':
        targets.push(operation.target);
        break;
      case 'danger':
        if (operation.danger.class === 'destructive') loss ??= operation;
        dangers.push(...byPlaces(input, operation));
        break;
      case 'environment':
        environments.add(operation.on.environment);
        dangers.push(byEnvironment(input, operation));
        break;
      case 'program':
        yield* inProgram(input, operation.program, operation.cwd);
    }
  }
  if (DOT_NET.test(action.command ?? '')) yield* onNamed(input, action.command ?? '', action.cwd);
  for (const { places, deep } of targets) {
    let filesToGo = FILES_OF_A_WORD;
    for (const absolute of places) {
      for (const place of new Set([absolute, files.real(absolute)])) yield* onPlace(input, place, deep, loss);
      const below = deep && filesToGo > 0 ? files.below(absolute) : [];
      filesToGo -= below.length;
      for (const file of below) yield byTier(input, file);
    }
  }
  if (action.call !== undefined)
    yield* byTools(input, action.call, { environments, tiers: new Set(tiersOfGiven(input)) });
  // A file that agents may not change is reported before what the command would do to it.
  yield* dangers;
  // What would be lost says more than who may do it.
  yield* acts;
  for (const argument of action.perhaps?.paths ?? []) yield* onGiven(input, resolveIn(action.cwd, argument));
  for (const finding of input.findingsOf(action)) yield byFinding(input, finding);
}

/** What is named through a linked folder counts where it really is, too. A link that is named itself is not followed. */
function byPlaces(input: GuardInput, operation: Extract<Effect, { kind: 'danger' }>): readonly GuardAnswer[] {
  const named = operation.danger.places ?? [];
  const real = named.map((place) => {
    const paths = pathsLike(place);
    return paths.join(input.files.real(paths.dirname(place)), paths.basename(place));
  });
  const places = [...new Set([...named, ...real])];
  const found = places.length > named.length ? { ...operation, danger: { ...operation.danger, places } } : operation;
  return [byDanger(input, found), ...byLoss(input, found)];
}

const namesPlaces = (operation: Effect): boolean =>
  operation.kind === 'danger' && operation.danger.places !== undefined;

function* effectsIn(input: GuardInput): Generator<Effect> {
  const { command, call, cwd, shows = [] } = input.action;
  const where = {
    ...input,
    cwd,
    environments: { environments: input.policy.environments, env: input.env ?? {} },
    teamRules: commandRulesOf(input.policy.rules),
    checks: input.policy.tiers.flatMap(({ requires }) => requires?.checks ?? []),
  };
  for (const file of shows) yield* effectsOfShowing(file, where);
  if (command !== undefined) yield* effectsOf(command, where, input.action.shell);
  if (call !== undefined)
    yield* effectsOfCall(call, where, {
      byName: call.server !== null && !isAllowed(input, call),
      environments: environmentsOf(input, call).map((on) => ({ ...on, byName: !isAllowedIn(on.environment, call) })),
    });
}

const UNREAD: GuardAnswer = {
  verdict: 'ask',
  tier: null,
  reason:
    'This runs commands that can only be known when it runs, and the policy keeps agents from some: a person must agree first.',
  instead: 'Write the commands out as they are, or give them to the person to run.',
};
