/**
 * A policy that extends others: it may ask for more than they do anywhere, and for less only where they say so
 * (`may-loosen`). What would ask for less is a mistake, so that it is seen, and never taken.
 */
import {
  AGENT_RULES,
  LEVELS,
  type AiReview,
  type Environment,
  type Level,
  type Policy,
  type Requirement,
  type Tier,
} from '../types';
import { isTeam, keyOf, meets, rankOf } from '../people';
import { list, quoted } from '../phrases';
import type { Mistake } from './interpret';
import type { Path } from './yaml-source';

/** A policy as its own file has it. */
export interface PolicyPart {
  /** Its file, from the repository's root. */
  readonly file: string;
  readonly policy: Policy;
  /** Names of tiers and keys that others may loosen. */
  readonly mayLoosen: readonly string[];
  /** Whether the file itself says something at a path: what it leaves out is taken from what it extends. */
  readonly says: (path: Path) => boolean;
}

/** Which file each part of a policy came from, by its place: `unlisted`, `tiers.critical.any`. */
export type Origins = Readonly<Record<string, string>>;

export interface Extended {
  readonly policy: Policy;
  readonly origins: Origins;
  /** What asks for less than it may. Paths are those of the extending file. */
  readonly mistakes: readonly Mistake[];
}

/** Puts a policy on top of those that it extends; of several of these, the stricter one counts everywhere. */
export function extendPolicy(own: PolicyPart, bases: readonly PolicyPart[]): Extended {
  const [first, ...others] = bases;
  if (first === undefined) return { policy: own.policy, origins: {}, mistakes: [] };
  let base: Merged = { policy: first.policy, origins: originsOf(first), mayLoosen: first.mayLoosen, says: first.says };
  for (const other of others) {
    const quiet = new Merge(base, other, false).merged();
    // What one of them lets others loosen, another may hold.
    base = {
      ...quiet,
      mayLoosen: base.mayLoosen.filter(
        (name) =>
          other.mayLoosen.includes(name) ||
          !(other.says([name]) || other.policy.tiers.some((tier) => tier.name === name)),
      ),
    };
  }
  const merge = new Merge(base, own, true);
  const { policy, origins } = merge.merged();
  return { policy, origins, mistakes: merge.mistakes };
}

interface Merged {
  readonly policy: Policy;
  readonly origins: Origins;
  readonly mayLoosen: readonly string[];
  readonly says: (path: Path) => boolean;
}

const TOP = [
  'since',
  'assistants',
  'people',
  'aliases',
  'unlisted',
  'unknown',
  'own',
  'generated',
  'bots',
  'prompts',
  'trailers',
  'rules',
  'rules-off',
  'environments',
] as const;

function originsOf({ file, policy, says }: PolicyPart): Origins {
  const keys = [
    ...TOP.filter((key) => says([key])),
    ...policy.tiers.flatMap(({ name }) => TIER_PARTS.map((part) => `tiers.${name}.${part}`)),
  ];
  return Object.fromEntries(keys.map((key) => [key, file]));
}

const TIER_PARTS = ['paths', 'detect', 'agents', 'any', 'ai', 'rollout', 'blast'] as const;

class Merge {
  readonly mistakes: Mistake[] = [];
  private readonly origins: Record<string, string>;
  private readonly base: Policy;
  private readonly own: Policy;

  constructor(
    private readonly below: Merged,
    private readonly part: PolicyPart,
    /** Whether what asks for less is a mistake; else the stricter one counts quietly. */
    private readonly complains: boolean,
  ) {
    this.base = below.policy;
    this.own = part.policy;
    this.origins = { ...below.origins };
  }

  merged(): Merged {
    const { base, own } = this;
    const policy: Policy = {
      ...own,
      assistants: this.assistants(),
      ...this.people(),
      aliases: {
        ...base.aliases,
        ...(this.noPeople() ||
        Object.keys(own.aliases).length === 0 ||
        this.lets('aliases', ['aliases'], 'names people who are not known there')
          ? own.aliases
          : {}),
      },
      unlisted: this.pick(
        'unlisted',
        base.unlisted,
        own.unlisted,
        rankOf(own.unlisted) > rankOf(base.unlisted),
        `counts who is not listed as ${own.unlisted}`,
      ),
      unknown: this.pick(
        'unknown',
        base.unknown,
        own.unknown,
        base.unknown === 'ai' && own.unknown === 'human',
        "counts lines of unknown origin as people's",
      ),
      generated: this.more('generated', base.generated, own.generated, 'leaves more files out of the line counts'),
      bots: this.more('bots', base.bots, own.bots, 'takes more accounts for bots'),
      own: this.union('own', base.own, own.own),
      prompts: this.pick('prompts', base.prompts, own.prompts, false, ''),
      trailers: this.pick('trailers', base.trailers, own.trailers, false, ''),
      rules: this.rules(),
      rulesOff: this.rulesOff(),
      environments: this.environments(),
      tiers: this.tiers(),
    };
    return {
      policy,
      origins: this.origins,
      mayLoosen: this.below.mayLoosen,
      says: (path) => this.part.says(path) || this.below.says(path),
    };
  }

  /** Whether something looser may be taken: where the extended policy says so. Else it is a mistake. */
  private lets(what: string, path: Path, says: string, files = this.below.origins): boolean {
    if (this.complains && this.below.mayLoosen.includes(what)) return true;
    const from =
      files[what] ??
      Object.entries(files).find(([key]) => key.startsWith(`tiers.${what}.`))?.[1] ??
      [...new Set(Object.values(files))].join(', ');
    if (this.complains)
      this.mistakes.push({
        path,
        message: `this ${says}, which ${quoted(from)} does not allow`,
        suggestion: `ask for as much as it does, or have "may-loosen: [${what}]" added there`,
      });
    return false;
  }

  private from(key: string, both = false): void {
    const before = this.origins[key];
    this.origins[key] =
      both && before !== undefined && before !== this.part.file ? `${before} + ${this.part.file}` : this.part.file;
  }

  /** The extending file's value where it has one that is as strict, or may be looser. */
  private pick<T>(key: string, base: T, own: T, looser: boolean, says: string): T {
    if (!this.part.says([key]) || (looser && !this.lets(key, [key], says))) return base;
    this.from(key);
    return own;
  }

  private union<T>(key: string, base: readonly T[], own: readonly T[]): readonly T[] {
    const more = own.filter((one) => !base.includes(one));
    if (more.length > 0) this.from(key, true);
    return [...base, ...more];
  }

  /** A list that asks for less the longer it is. */
  private more(key: string, base: readonly string[], own: readonly string[], says: string): readonly string[] {
    const added = own.filter((one) => !base.includes(one));
    const silent = !this.complains && !this.below.says([key]);
    return added.length === 0 || silent || this.lets(key, [key], `${says} (${list(added)})`)
      ? this.union(key, base, own)
      : base;
  }

  private assistants(): Policy['assistants'] {
    const [base, own] = [this.base.assistants, this.own.assistants];
    if (!this.part.says(['assistants'])) return base;
    this.from('assistants', true);
    const { allowed } = own;
    const said = this.part.says(['assistants', 'allowed']);
    const looser =
      said && base.allowed !== null && (allowed === null || allowed.some((one) => !base.allowed?.includes(one)));
    const both =
      base.allowed === null
        ? allowed
        : allowed === null
          ? base.allowed
          : base.allowed.filter((one) => allowed.includes(one));
    return {
      preferred: own.preferred ?? base.preferred,
      allowed: !said
        ? base.allowed
        : looser && this.lets('assistants', ['assistants', 'allowed'], 'allows more assistants')
          ? allowed
          : both,
    };
  }

  /** Nobody is listed there, so each repository lists its own. */
  private noPeople(): boolean {
    return (
      LEVELS.every((level) => this.base.people[level].length === 0) && Object.keys(this.base.peopleFiles).length === 0
    );
  }

  private people(): Pick<Policy, 'people' | 'peopleFiles'> {
    const { base, own } = this;
    if (!this.part.says(['people'])) return onlyPeople(base);
    if (this.noPeople()) {
      this.from('people');
      return onlyPeople(own);
    }
    const raised = LEVELS.flatMap((level) =>
      own.people[level].filter((name) => rankOf(level) > rankOf(levelIn(base, name))),
    );
    const files = Object.keys(own.peopleFiles).length > 0;
    if (
      (raised.length > 0 || files) &&
      !this.lets(
        'people',
        ['people'],
        files ? 'takes people from another file' : `puts ${list(raised)} at a higher level`,
      )
    )
      return onlyPeople(base);
    this.from('people', true);
    const lists = LEVELS.map((level) => [level, [...base.people[level], ...own.people[level]]] as const);
    return {
      people: Object.fromEntries(lists) as Record<Level, readonly string[]>,
      peopleFiles: { ...base.peopleFiles, ...own.peopleFiles },
    };
  }

  private rules(): Policy['rules'] {
    const { base, own } = this;
    const other = own.rules.findIndex((rule) =>
      base.rules.some((one) => one.rule === rule.rule && JSON.stringify(one) !== JSON.stringify(rule)),
    );
    if (other >= 0 && this.complains)
      this.mistakes.push({
        path: ['rules', other],
        message: `${quoted(own.rules[other]?.rule ?? '')} is another rule in what this extends`,
        suggestion: 'give it an id of its own',
      });
    const more = own.rules.filter((rule) => !base.rules.some((one) => one.rule === rule.rule));
    if (more.length > 0) this.from('rules', true);
    return [...base.rules, ...more];
  }

  private rulesOff(): Policy['rulesOff'] {
    const { base, own } = this;
    const more = own.rulesOff.filter(
      (off) =>
        !base.rulesOff.some((one) => one.rule === off.rule && JSON.stringify(one.paths) === JSON.stringify(off.paths)),
    );
    if (
      more.length === 0 ||
      !this.lets('rules-off', ['rules-off'], `switches rules off (${list(more.map(({ rule }) => rule))})`)
    )
      return base.rulesOff;
    this.from('rules-off', true);
    return [...base.rulesOff, ...more];
  }

  /** Of the same name, what either of them knows it by, and the stricter rule for agents. */
  private environments(): Policy['environments'] {
    const { base, own } = this;
    const both = base.environments.map((environment): readonly Environment[] => {
      const index = own.environments.findIndex(({ name }) => name === environment.name);
      const mine = own.environments[index];
      if (mine === undefined) return [environment];
      const looser =
        AGENT_RULES.indexOf(mine.agents) < AGENT_RULES.indexOf(environment.agents) &&
        this.part.says(['environments', index, 'agents']);
      const agents =
        looser &&
        !this.lets('environments', ['environments', index, 'agents'], `lets agents do more in ${environment.name}`)
          ? environment.agents
          : mine.agents;
      return [
        { ...environment, agents },
        { ...mine, agents },
      ];
    });
    const more = own.environments.filter(({ name }) => !base.environments.some((one) => one.name === name));
    if (own.environments.length > 0) this.from('environments', true);
    return [...both.flat(), ...more];
  }

  private tiers(): readonly Tier[] {
    const { base, own } = this;
    const tiers: Tier[] = base.tiers.map((tier) => {
      const index = own.tiers.findIndex(({ name }) => name === tier.name);
      const mine = own.tiers[index];
      return mine === undefined ? tier : this.tier(tier, mine, index);
    });
    own.tiers.forEach((tier, index) => {
      if (base.tiers.some(({ name }) => name === tier.name)) return;
      const next = own.tiers.slice(index + 1).find(({ name }) => base.tiers.some((one) => one.name === name));
      const place = next === undefined ? tiers.length : tiers.findIndex(({ name }) => name === next.name);
      // A file is in the highest tier that it fits, so a tier above another takes files out of that one.
      const less = tiers
        .slice(place)
        .find((lower) => base.tiers.some(({ name }) => name === lower.name) && !isAsStrictTier(tier, lower));
      const allowed =
        less === undefined ||
        this.lets(less.name, ['tiers', index], `takes files out of ${less.name}, standing above it, and asks for less`);
      tiers.splice(allowed ? place : tiers.length, 0, tier);
      for (const part of TIER_PARTS) this.from(`tiers.${tier.name}.${part}`);
    });
    return tiers;
  }

  private tier(base: Tier, own: Tier, index: number): Tier {
    const at = (...rest: readonly string[]): Path => ['tiers', index, ...rest];
    const says = (...rest: readonly string[]): boolean => this.part.says(at(...rest));
    const key = (part: string): string => `tiers.${base.name}.${part}`;
    const lets = (path: Path, what: string): boolean => this.lets(base.name, path, what);
    const taken = own.paths.filter((pattern) => pattern.startsWith('!'));
    const patterns =
      taken.length > 0 && !lets(at('paths'), `takes files out of ${base.name} (${list(taken)})`)
        ? own.paths.filter((pattern) => !pattern.startsWith('!'))
        : own.paths;
    const isLess = says('agents') && AGENT_RULES.indexOf(own.agents) < AGENT_RULES.indexOf(base.agents);
    const agents =
      !says('agents') || (isLess && !lets(at('agents'), `lets agents do more in ${base.name}`))
        ? base.agents
        : own.agents;
    if (agents !== base.agents) this.from(key('agents'));
    return {
      name: base.name,
      paths: this.union(key('paths'), base.paths, patterns),
      detect: this.union(key('detect'), base.detect, own.detect),
      agents,
      any: says('review', 'any')
        ? this.requirement(key('any'), base.any, own.any, at('review', 'any'), lets, `every change in ${base.name}`)
        : base.any,
      ai: says('review', 'ai') && own.ai !== null ? this.ai(base, own.ai, index, lets) : base.ai,
      rollout: says('rollout') ? this.rollout(base, own, index, lets) : base.rollout,
      blast: says('blast') ? this.blast(base, own, index, lets) : base.blast,
    };
  }

  private requirement(
    key: string,
    base: Requirement | null,
    own: Requirement | null,
    path: Path,
    lets: (path: Path, what: string) => boolean,
    what: string,
  ): Requirement | null {
    if (own === null) return base;
    if (base !== null && !isAsStrict(own, base) && !lets(path, `asks for less than is asked of ${what} there`))
      return strictest(own, base);
    this.from(key);
    return own;
  }

  private ai(base: Tier, own: AiReview, index: number, lets: (path: Path, what: string) => boolean): AiReview {
    const at = (...rest: readonly string[]): Path => ['tiers', index, 'review', 'ai', ...rest];
    const key = `tiers.${base.name}.ai`;
    if (base.ai === null) {
      this.from(key);
      return own;
    }
    const before = base.ai;
    const sizeSaid = this.part.says(at('at-least'));
    const size =
      sizeSaid && (own.atLeastLines <= before.atLeastLines || lets(at('at-least'), 'asks from a larger size on'))
        ? own.atLeastLines
        : before.atLeastLines;
    const byLevel = LEVELS.flatMap((level) => {
      const one = this.requirement(
        key,
        before.byLevel[level] ?? null,
        own.byLevel[level] ?? null,
        at(level),
        lets,
        `AI's lines in ${base.name}`,
      );
      return one === null ? [] : [[level, one] as const];
    });
    return { atLeastLines: size, byLevel: Object.fromEntries(byLevel) };
  }

  private blast(base: Tier, own: Tier, index: number, lets: (path: Path, what: string) => boolean): Tier['blast'] {
    const [before, mine] = [base.blast, own.blast];
    const less = before !== null && mine !== null && mine.files > before.files;
    if (
      mine === null ||
      (less && !lets(['tiers', index, 'blast'], `lets more files depend on a change than ${base.name} does there`))
    )
      return before;
    this.from(`tiers.${base.name}.blast`);
    return mine;
  }

  private rollout(base: Tier, own: Tier, index: number, lets: (path: Path, what: string) => boolean): Tier['rollout'] {
    const [before, mine] = [base.rollout, own.rollout];
    const less =
      before !== null &&
      mine !== null &&
      (seconds(mine.soak) < seconds(before.soak) || before.stages.some((stage) => !mine.stages.includes(stage)));
    if (
      mine === null ||
      (less &&
        !lets(['tiers', index, 'rollout'], `goes out faster, or with fewer stages, than ${base.name} does there`))
    )
      return before;
    this.from(`tiers.${base.name}.rollout`);
    return mine;
  }
}

const onlyPeople = ({ people, peopleFiles }: Policy): Pick<Policy, 'people' | 'peopleFiles'> => ({
  people,
  peopleFiles,
});

const isAsStrict = (one: Requirement, other: Requirement): boolean =>
  meets(one.from, other.from) && one.approvals >= other.approvals && (one.codeOwner || !other.codeOwner);

const strictest = (one: Requirement, other: Requirement): Requirement => ({
  from: meets(one.from, other.from) ? one.from : other.from,
  approvals: Math.max(one.approvals, other.approvals),
  codeOwner: one.codeOwner || other.codeOwner,
});

/** Whether a tier asks for at least as much as another does, of every level. */
function isAsStrictTier(one: Tier, other: Tier): boolean {
  const covers = (mine: Requirement | null | undefined, asked: Requirement | null | undefined): boolean =>
    (asked ?? null) === null ||
    [mine, one.any].some(
      (has) => has !== null && has !== undefined && asked !== null && asked !== undefined && isAsStrict(has, asked),
    );
  if (AGENT_RULES.indexOf(one.agents) < AGENT_RULES.indexOf(other.agents)) return false;
  if (!covers(one.any, other.any)) return false;
  return LEVELS.every((level) => {
    const asked = other.ai?.byLevel[level];
    const early = one.ai !== null && other.ai !== null && one.ai.atLeastLines <= other.ai.atLeastLines;
    return covers(early ? one.ai.byLevel[level] : null, asked);
  });
}

/** The level that a policy lists a name at; that of anyone not listed for every other. */
function levelIn(policy: Policy, name: string): Level {
  const key = keyOf(name);
  const found = LEVELS.find((level) =>
    policy.people[level].some((one) => keyOf(one) === key && isTeam(one) === isTeam(name)),
  );
  return found ?? policy.unlisted;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const seconds = (soak: string): number => Number(soak.slice(0, -1)) * (UNITS[soak.slice(-1)] ?? 0);
