/**
 * A policy that extends others: it may require more than they do anywhere, and less only where they allow it
 * (`may-loosen`). A part that requires less without that is reported as a mistake and never takes effect.
 */
import { AGENT_RULES, type Environment, type Policy } from '../types';
import { levelsOf, peopleAt, rankOf } from '../identities-and-levels';
import { list, quoted } from '../counts-lists-and-names-in-sentences';
import { TierMerge } from './extend-tiers';
import { bothLists, bothToolRules } from './extend-tool-lists';
import type { Mistake } from './interpret';
import { enforcedBySilence, onlyPeople, originsOf, type Merged, type Origins, type PolicyPart } from './extend-origins';
import { countsUnrecordedAsLess, exclusionsFrom, keepsLess, levelIn, usesLevels } from './compare-strictness';
import type { Path } from './read-yaml-with-positions';

export type { Origins, PolicyPart };

interface Extended {
  readonly policy: Policy;
  readonly origins: Origins;
  /** Parts that require less than they may. Paths are those of the extending file. */
  readonly mistakes: readonly Mistake[];
}

/** Merges a policy with those that it extends; where several of these differ, the stricter one counts. */
export function extendPolicy(ownPart: PolicyPart, bases: readonly PolicyPart[]): Extended {
  const [first, ...others] = bases;
  if (first === undefined) return { policy: ownPart.policy, origins: {}, mistakes: [] };
  let base: Merged = { ...first, origins: originsOf(first), floor: first.floor === true, locks: first.locks === true };
  for (const another of others) {
    const quiet = new Merge(base, another, false).merged();
    // What one of them allows to be loosened, another may not.
    base = {
      ...quiet,
      mayLoosen: base.mayLoosen.filter(
        (name) =>
          another.mayLoosen.includes(name) ||
          ((another.floor !== true || another.locks === true) &&
            !(another.says([name]) || another.policy.tiers.some((tier) => tier.name === name))),
      ),
      floor: base.floor || another.floor === true,
      locks: base.locks || another.locks === true,
    };
  }
  const merge = new Merge(base, ownPart, true);
  const { policy: merged, origins } = merge.merged();
  const from = base.floor ? origins['assistants'] : undefined;
  const policy = from === undefined ? merged : { ...merged, assistants: { ...merged.assistants, from } };
  return { ...enforcedBySilence(ownPart, bases, { policy, origins }), mistakes: merge.mistakes };
}

class Merge {
  readonly mistakes: Mistake[] = [];
  private readonly origins: Record<string, string>;
  private readonly base: Policy;
  private readonly own: Policy;

  constructor(
    private readonly below: Merged,
    private readonly part: PolicyPart,
    /** Whether a part that requires less is a mistake; otherwise the stricter one counts silently. */
    private readonly complains: boolean,
  ) {
    this.base = below.policy;
    this.own = part.policy;
    this.origins = { ...below.origins };
  }

  merged(): Merged {
    const { base, below, own: ownPolicy } = this;
    const {
      mode: ownMode,
      levels: ownLevels,
      noRecorder,
      promptsForDays,
      runsMore,
      policySigners,
      suggestersMaySign,
      ...rest
    } = ownPolicy;
    const levels = this.levels(ownLevels);
    const mode = this.pick(
      'mode',
      base.mode,
      ownMode,
      ownMode !== undefined && (base.mode === undefined || (this.complains && below.floor)), // a floor that observes will enforce
      'stops nothing (mode: observe)',
    );
    const policy: Policy = {
      ...rest,
      ...(mode === undefined ? {} : { mode }),
      ...levels,
      assistants: this.assistants(),
      ...this.people(),
      aliases: {
        ...base.aliases,
        ...(this.noPeople() ||
        Object.keys(ownPolicy.aliases).length === 0 ||
        this.lets('aliases', ['aliases'], 'names people who are not known there')
          ? ownPolicy.aliases
          : {}),
      },
      unlisted: this.pick(
        'unlisted',
        base.unlisted,
        ownPolicy.unlisted,
        rankOf(levels, ownPolicy.unlisted) > rankOf(levels, base.unlisted),
        `counts who is not listed as ${ownPolicy.unlisted}`,
      ),
      ...this.unknown(noRecorder),
      generated: this.more(
        'generated',
        base.generated,
        ownPolicy.generated,
        'leaves more files out of the line counts',
      ),
      bots: this.more('bots', base.bots, ownPolicy.bots, 'takes more accounts for bots'),
      own: this.union('own', base.own, this.ownFiles(exclusionsFrom(base.own, ownPolicy.own))),
      ...this.prompts(promptsForDays),
      ...this.runs(runsMore),
      ...this.policySigners(policySigners),
      ...this.coAuthors(suggestersMaySign),
      trailers: this.pick(
        'trailers',
        base.trailers,
        ownPolicy.trailers,
        this.isFixed('trailers'),
        'writes other trailers',
      ),
      rules: this.rules(),
      rulesOff: this.rulesOff(),
      environments: this.environments(),
      tools: this.tools(),
      ...this.freeze(),
      ...this.agentsMay(),
      tiers: new TierMerge(
        {
          says: this.part.says,
          lets: (what, path, says, mend) => this.lets(what, path, says, mend),
          from: (key) => this.from(key),
          union: (key, before, mine) => this.union(key, before, mine),
          levels,
          isFloor: this.below.floor,
        },
        base.tiers,
        ownPolicy.tiers,
      ).merged(),
    };
    return {
      policy,
      origins: this.origins,
      mayLoosen: this.below.mayLoosen,
      says: (path) => this.part.says(path) || this.below.says(path),
      floor: this.below.floor,
      locks: this.below.locks,
    };
  }

  /** Both must name the same levels, unless nothing below asks by a level: which of two is the higher one nothing says. */
  private levels(own: Policy['levels']): Pick<Policy, 'levels'> {
    const { base, below, part } = this;
    const isSame = levelsOf(base).join() === levelsOf({ ...(own === undefined ? {} : { levels: own }) }).join();
    if (isSame || !usesLevels(base)) return own === undefined ? {} : { levels: own };
    this.mistakes.push({
      path: part.says(['levels']) ? ['levels'] : ['version'],
      message: `the levels here are ${list(levelsOf(this.own))}, and ${list([...new Set(Object.values(below.origins))])} has ${list(levelsOf(base))}`,
      suggestion: `write levels: [${levelsOf(base).join(', ')}]`,
    });
    return base.levels === undefined ? {} : { levels: base.levels };
  }

  /** Whether a looser value is accepted: only where the extended policy allows it. Otherwise records a mistake. */
  private lets(what: string, path: Path, says: string, fix = 'require as much as it does'): boolean {
    if ((this.complains || this.below.floor) && this.below.mayLoosen.includes(what)) return true;
    const files = this.below.origins;
    const from =
      files[what] ??
      Object.entries(files).find(([key]) => key.startsWith(`tiers.${what}.`))?.[1] ??
      [...new Set(Object.values(files))].join(', ');
    const suggestion = `${fix}. "may-loosen: [${what}]" in that file would let this policy change all of ${what}`;
    if (this.complains)
      this.mistakes.push({ path, message: `this ${says}, which ${quoted(from)} does not allow`, suggestion });
    return false;
  }

  private from(key: string, both = false): void {
    const before = this.origins[key];
    this.origins[key] =
      both && before !== undefined && before !== this.part.file ? `${before} + ${this.part.file}` : this.part.file;
  }

  /** The extending file's value, if it has one that is as strict or may be looser; otherwise the extended one's. */
  private pick<T>(key: string, base: T, own: T, looser: boolean, says: string): T {
    if (!this.part.says([key]) || (looser && !this.lets(key, [key], says))) return base;
    this.from(key);
    return own;
  }

  private unknown(own: Policy['noRecorder']): Pick<Policy, 'unknown' | 'noRecorder'> {
    const { base } = this;
    const isLooser = base.unknown === 'ai' && this.own.unknown === 'human';
    const unknown = this.pick(
      'unknown',
      base.unknown,
      this.own.unknown,
      isLooser,
      "counts lines of unknown author as people's",
    );
    const noRecorder = this.pick(
      'unknown',
      base.noRecorder,
      own,
      !isLooser && countsUnrecordedAsLess(base, this.own),
      'counts lines of commits without a recorder as less',
    );
    return { unknown, ...(noRecorder === undefined ? {} : { noRecorder }) };
  }

  private prompts(own: Policy['promptsForDays']): Pick<Policy, 'prompts' | 'promptsForDays'> {
    const { base } = this;
    const isFixed = this.isFixed('prompts') || (this.isFloorSaying('prompts') && own !== base.promptsForDays);
    const prompts = this.pick('prompts', base.prompts, this.own.prompts, isFixed, 'keeps prompts otherwise');
    const days = this.part.says(['prompts']) && !isFixed ? own : base.promptsForDays;
    return { prompts, ...(days === undefined ? {} : { promptsForDays: days }) };
  }

  private runs(own: Policy['runsMore']): Pick<Policy, 'runs' | 'runsMore'> {
    const { base } = this;
    const isOther = JSON.stringify([this.own.runs, own]) !== JSON.stringify([base.runs, base.runsMore]);
    if (this.below.locks && this.below.says(['runs']) && isOther) {
      const picked = this.pick('runs', base.runs, this.own.runs, true, 'keeps what agents ran otherwise');
      return { runs: picked, ...(base.runsMore === undefined ? {} : { runsMore: base.runsMore }) };
    }
    // what nobody below has said is each repository's own choice
    const isLess = 'runs' in this.origins && keepsLess(base, this.own);
    const picked = this.pick(
      'runs',
      { runs: base.runs, more: base.runsMore },
      { runs: this.own.runs, more: own },
      isLess,
      'keeps less of what agents ran',
    );
    return { runs: picked.runs, ...(picked.more === undefined ? {} : { runsMore: picked.more }) };
  }

  /** Whom a vendored policy itself names can't vouch for it; a floor's signers can, and with them nobody else. */
  private policySigners(named: Policy['policySigners'] = []): Pick<Policy, 'policySigners'> {
    const ofFloor = this.below.floor ? (this.base.policySigners ?? []) : [];
    const own = this.complains || this.part.floor === true ? named : [];
    const says = 'trusts more signers of vendored policies';
    const signers = ofFloor.length === 0 ? own : this.more('policy-signers', ofFloor, own, says);
    return signers.length === 0 ? {} : { policySigners: signers };
  }

  private coAuthors(signing: Policy['suggestersMaySign']): Pick<Policy, 'suggestersMaySign'> {
    const { suggestersMaySign: base } = this.base;
    const says = 'lets those who suggested a change sign it off';
    const maySign = this.pick('co-authors', base, signing, signing === true && base !== true, says) === true;
    return maySign ? { suggestersMaySign: true } : {};
  }

  private isFloorSaying(key: 'prompts' | 'trailers'): boolean {
    return this.below.floor && this.below.says([key]);
  }

  /** A floor decides what is kept and written, where it says so. */
  private isFixed(key: 'prompts' | 'trailers'): boolean {
    return this.isFloorSaying(key) && JSON.stringify(this.own[key]) !== JSON.stringify(this.base[key]);
  }

  private ownFiles(excluded: readonly string[]): readonly string[] {
    const says = `takes files out of those that the check needs (${list(excluded)})`;
    const lets = excluded.length === 0 || this.lets('own', ['own'], says);
    return lets ? this.own.own : this.own.own.filter((one) => !excluded.includes(one));
  }

  private union<T>(key: string, base: readonly T[], own: readonly T[]): readonly T[] {
    const more = own.filter((one) => !base.includes(one));
    if (more.length > 0) this.from(key, true);
    return [...base, ...more];
  }

  /** Merges a list that requires less the longer it is. */
  private more(key: string, base: readonly string[], own: readonly string[], says: string): readonly string[] {
    const added = own.filter((one) => !base.includes(one));
    const silent = !this.complains && !this.below.floor && !this.below.says([key]);
    return added.length === 0 || silent || this.lets(key, [key], `${says} (${list(added)})`)
      ? this.union(key, base, own)
      : base;
  }

  private assistants(): Policy['assistants'] {
    const [base, assistants] = [this.base.assistants, this.own.assistants];
    if (!this.part.says(['assistants'])) return base;
    this.from('assistants', true);
    const { allowed } = assistants;
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
      preferred: assistants.preferred ?? base.preferred,
      allowed: !said
        ? base.allowed
        : looser && this.lets('assistants', ['assistants', 'allowed'], 'allows more assistants')
          ? allowed
          : both,
    };
  }

  /** Whether the extended policy lists nobody, so that each repository lists its own people. */
  private noPeople(): boolean {
    return (
      Object.values(this.base.people).every((names) => names.length === 0) &&
      Object.keys(this.base.peopleFiles).length === 0
    );
  }

  private people(): Pick<Policy, 'people' | 'peopleFiles'> {
    const { base, own: policy } = this;
    if (!this.part.says(['people'])) return onlyPeople(base);
    if (this.noPeople()) {
      this.from('people');
      return onlyPeople(policy);
    }
    const raised = levelsOf(base).flatMap((level) =>
      peopleAt(policy, level).filter((name) => rankOf(base, level) > rankOf(base, levelIn(base, name))),
    );
    const files = Object.keys(policy.peopleFiles).length > 0;
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
    const lists = levelsOf(base).map(
      (level) => [level, [...new Set([...peopleAt(base, level), ...peopleAt(policy, level)])]] as const,
    );
    return { people: Object.fromEntries(lists), peopleFiles: { ...base.peopleFiles, ...policy.peopleFiles } };
  }

  /** What either freezes is frozen. */
  private freeze(): Pick<Policy, 'freeze'> {
    const base = this.base.freeze ?? [];
    const known = new Set(base.map((one) => JSON.stringify(one)));
    const added = (this.own.freeze ?? []).filter((one) => !known.has(JSON.stringify(one)));
    const freeze = this.union('freeze', base, added);
    return freeze.length === 0 ? {} : { freeze };
  }

  private rules(): Policy['rules'] {
    const { base, own: policy } = this;
    const index = policy.rules.findIndex((rule) =>
      base.rules.some((one) => one.rule === rule.rule && JSON.stringify(one) !== JSON.stringify(rule)),
    );
    if (index >= 0 && this.complains)
      this.mistakes.push({
        path: ['rules', index],
        message: `${quoted(policy.rules[index]?.rule ?? '')} is another rule in what this extends`,
        suggestion: 'give it an id of its own',
      });
    const more = policy.rules.filter((rule) => !base.rules.some((one) => one.rule === rule.rule));
    return this.union('rules', base.rules, more);
  }

  private rulesOff(): Policy['rulesOff'] {
    const { base, own: policy } = this;
    const more = policy.rulesOff.filter(
      (off) =>
        !base.rulesOff.some((one) => one.rule === off.rule && JSON.stringify(one.paths) === JSON.stringify(off.paths)),
    );
    if (
      more.length === 0 ||
      !this.lets('rules-off', ['rules-off'], `switches rules off (${list(more.map(({ rule }) => rule))})`)
    )
      return base.rulesOff;
    return this.union('rules-off', base.rulesOff, more);
  }

  /** Those of an environment in both. */
  private toolLists(base: Environment, own: Environment, index: number): Pick<Environment, 'toolLists'> {
    const lists = bothLists(base.toolLists, own.toolLists, (added) =>
      this.lets(
        'environments',
        ['environments', index, 'tools', 'allow'],
        `lets agents call more tools in ${base.name} (${list(added)})`,
      ),
    );
    return lists === undefined ? {} : { toolLists: lists };
  }

  /** What either denies is denied, and what either asks about is asked about. */
  private tools(): Policy['tools'] {
    const { base, own: policy, part } = this;
    if (!part.says(['tools'])) return base.tools;
    const rules = bothToolRules(base.tools, policy.tools, part.says, (key, says) =>
      this.lets('tools', ['tools', key], says),
    );
    this.from('tools', true);
    return rules;
  }

  private agentsMay(): Pick<Policy, 'agentsMay'> {
    const { agentsMay: base = [] } = this.base;
    const { agentsMay: acts = [] } = this.own;
    if (!this.part.says(['agents'])) return base.length === 0 ? {} : { agentsMay: base };
    const added = acts.filter((act) => !base.includes(act));
    const lets =
      added.length === 0 || this.lets('agents', ['agents', 'may'], `lets agents do more for a person (${list(added)})`);
    this.from('agents');
    return { agentsMay: lets ? acts : acts.filter((act) => base.includes(act)) };
  }

  /** Environments of both. Where both have the same name, either one's `when` matches, with the stricter agent rule. */
  private environments(): Policy['environments'] {
    const { base, own: policy } = this;
    const both = base.environments.map((environment): readonly Environment[] => {
      const index = policy.environments.findIndex(({ name }) => name === environment.name);
      const mine = policy.environments[index];
      if (mine === undefined) return [environment];
      const looser =
        AGENT_RULES.indexOf(mine.agents) < AGENT_RULES.indexOf(environment.agents) &&
        this.part.says(['environments', index, 'agents']);
      const agents =
        looser &&
        !this.lets('environments', ['environments', index, 'agents'], `lets agents do more in ${environment.name}`)
          ? environment.agents
          : mine.agents;
      const more = { agents, ...this.toolLists(environment, mine, index) };
      return [
        { ...environment, ...more },
        { ...mine, ...more },
      ];
    });
    const more = policy.environments.filter(
      ({ name }) => !base.environments.some((environment) => environment.name === name),
    );
    if (policy.environments.length > 0) this.from('environments', true);
    return [...both.flat(), ...more];
  }
}
