/** The tiers of a policy that extends another: merged by name, and never less strict than allowed. */
import { levelsOf, type HasLevels } from '../identities-and-levels';
import { AGENT_RULES, type AiReview, type Requirement, type Tier } from '../types';
import { list } from '../counts-lists-and-names-in-sentences';
import { requirementText } from '../requirement-texts';
import { bothLists } from './extend-tool-lists';
import { isAsStrict, isAsStrictTier, isSooner, strictest } from './compare-strictness';
import type { Path } from './read-yaml-with-positions';
import { listIf } from '..';

export const TIER_PARTS = ['paths', 'detect', 'agents', 'any', 'ai', 'requires', 'rollout', 'blast', 'tools'] as const;

/** What the merge of a whole policy provides for its tiers. */
interface Merging {
  /** Whether the extending file itself has something at a path. */
  readonly says: (path: Path) => boolean;
  /** Whether a looser value is accepted; otherwise it is a mistake. `what`: the tier. */
  readonly lets: (what: string, path: Path, says: string, mend?: string) => boolean;
  /** Records that a part comes from the extending file. */
  readonly from: (key: string) => void;
  /** Both lists merged, recording where the result comes from. */
  readonly union: <T>(key: string, base: readonly T[], own: readonly T[]) => readonly T[];
  /** A floor is below: then a rollout can't be left out by a tier above either. */
  readonly isFloor: boolean;
  /** Both have the same. */
  readonly levels: HasLevels;
}

export class TierMerge {
  constructor(
    private readonly merging: Merging,
    private readonly base: readonly Tier[],
    private readonly own: readonly Tier[],
  ) {}

  /** The tiers of both, in order, those of the same name merged. */
  merged(): readonly Tier[] {
    const { base, own: policy } = this;
    const tiers: Tier[] = base.map((tier) => {
      const index = policy.findIndex(({ name }) => name === tier.name);
      const mine = policy[index];
      return mine === undefined ? tier : this.onlyMore(tier, this.tier(tier, mine, index), index);
    });
    policy.forEach((tier, index) => {
      if (base.some(({ name }) => name === tier.name)) return;
      const next = policy.slice(index + 1).find(({ name }) => base.some((one) => one.name === name));
      const place = next === undefined ? tiers.length : tiers.findIndex(({ name }) => name === next.name);
      // A file is in the highest tier that it matches, so a tier takes files out of those below it.
      const less = tiers
        .slice(place)
        .find((lower) => base.some(({ name }) => name === lower.name) && this.asksLess(tier, lower));
      const allowed =
        less === undefined ||
        this.merging.lets(
          less.name,
          ['tiers', index],
          `takes files out of ${less.name}, because it stands above it, and requires less`,
        );
      tiers.splice(allowed ? place : tiers.length, 0, tier);
      for (const part of TIER_PARTS) this.merging.from(`tiers.${tier.name}.${part}`);
    });
    return tiers;
  }

  private asksLess(upper: Tier, lower: Tier): boolean {
    const { levels, isFloor } = this.merging;
    return !isAsStrictTier(levels, upper, lower) || (isFloor && isSooner(upper.rollout, lower.rollout));
  }

  /** A tier of a floor takes no more files out of those below it that ask for something else. */
  private onlyMore(base: Tier, tier: Tier, index: number): Tier {
    const part = tier.paths.some((pattern) => !pattern.startsWith('!') && !base.paths.includes(pattern))
      ? 'paths'
      : tier.detect.length > base.detect.length
        ? 'detect'
        : tier.blast !== null && base.blast === null
          ? 'blast'
          : undefined;
    const less = this.base.slice(this.base.indexOf(base) + 1).find((lower) => this.asksLess(tier, lower));
    if (part === undefined || less === undefined || !this.merging.isFloor) return tier;
    const says = `moves files from ${less.name} to ${base.name}, which requires less`;
    return this.merging.lets(less.name, ['tiers', index, part], says)
      ? tier
      : { ...tier, paths: base.paths, detect: base.detect, blast: base.blast };
  }

  private tier(base: Tier, own: Tier, index: number): Tier {
    const at = (...rest: readonly string[]): Path => ['tiers', index, ...rest];
    const says = (...rest: readonly string[]): boolean => this.merging.says(at(...rest));
    const key = (part: string): string => `tiers.${base.name}.${part}`;
    const lets = (path: Path, message: string, mend?: string): boolean =>
      this.merging.lets(base.name, path, message, mend);
    // One that the extended tier has too takes nothing more out.
    const exclusions = own.paths.filter((pattern) => pattern.startsWith('!') && !base.paths.includes(pattern));
    const patterns =
      exclusions.length > 0 &&
      !lets(
        at('paths'),
        `takes files out of ${base.name} (${list(exclusions)})`,
        `take ${exclusions.length === 1 ? 'that pattern' : 'those patterns'} out here, or add ${exclusions.length === 1 ? 'it' : 'them'} to ${base.name} there`,
      )
        ? own.paths.filter((pattern) => !exclusions.includes(pattern))
        : own.paths;
    const isLess = says('agents') && AGENT_RULES.indexOf(own.agents) < AGENT_RULES.indexOf(base.agents);
    const agents =
      !says('agents') || (isLess && !lets(at('agents'), `lets agents do more in ${base.name}`))
        ? base.agents
        : own.agents;
    if (agents !== base.agents) this.merging.from(key('agents'));
    return {
      name: base.name,
      paths: this.merging.union(key('paths'), base.paths, patterns),
      detect: this.merging.union(key('detect'), base.detect, own.detect),
      agents,
      any: says('review', 'any')
        ? this.requirement(key('any'), base.any, own.any, at('review', 'any'), lets, `every change in ${base.name}`)
        : base.any,
      ai: says('review', 'ai') && own.ai !== null ? this.ai(base, own.ai, index, lets) : base.ai,
      ...this.requires(
        base,
        own,
        (...rest) => says('review', 'requires', ...rest),
        (path, what) => lets(at('review', 'requires', path), what),
      ),
      rollout: says('rollout') ? this.rollout(base, own, index, lets) : base.rollout,
      blast: says('blast') ? this.blast(base, own, index, lets) : base.blast,
      ...this.tools(base, own, at('tools', 'allow'), lets),
    };
  }

  /** What either requires; less than the extended policy only where that allows it. */
  private requires(
    base: Tier,
    own: Tier,
    says: (...rest: readonly string[]) => boolean,
    lets: (path: string, what: string) => boolean,
  ): Pick<Tier, 'requires'> {
    const [before, mine] = [base.requires, own.requires];
    if (mine === undefined) return before === undefined ? {} : { requires: before };
    this.merging.from(`tiers.${base.name}.requires`);
    if (before === undefined) return { requires: mine };
    const keeps = (key: string, isLess: boolean, what: string): boolean => isLess && says(key) && lets(key, what);
    const lost = before.checks.filter((name) => !mine.checks.includes(name));
    const more = mine.aiLines !== null && before.aiLines !== null && mine.aiLines > before.aiLines;
    const isMore = keeps('ai-lines', more, `lets a change have more of AI's lines in ${base.name}`);
    return {
      requires: {
        checks: listIf(
          !keeps('checks', lost.length > 0 && mine.checks.length === 0, `needs no checks in ${base.name}`),
          [...new Set([...before.checks, ...mine.checks])],
        ),
        plan: keeps('plan', before.plan && !mine.plan, `needs no plan in ${base.name}`)
          ? false
          : before.plan || mine.plan,
        aiLines:
          mine.aiLines === null
            ? before.aiLines
            : before.aiLines === null || isMore
              ? mine.aiLines
              : Math.min(mine.aiLines, before.aiLines),
        tested: keeps('tested', before.tested && !mine.tested, `needs no tests of AI's lines in ${base.name}`)
          ? false
          : before.tested || mine.tested,
      },
    };
  }

  private tools(
    base: Tier,
    own: Tier,
    path: Path,
    lets: (path: Path, what: string) => boolean,
  ): Pick<Tier, 'toolLists'> {
    const lists = bothLists(base.toolLists, own.toolLists, (added) =>
      lets(path, `lets agents call more tools in ${base.name} (${list(added)})`),
    );
    if (own.toolLists !== undefined) this.merging.from(`tiers.${base.name}.tools`);
    return lists === undefined ? {} : { toolLists: lists };
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
    if (
      base !== null &&
      !isAsStrict(this.merging.levels, own, base) &&
      !lets(path, `requires less for ${what} (${requirementText(own)} in place of ${requirementText(base)})`)
    )
      return strictest(this.merging.levels, own, base);
    this.merging.from(key);
    return own;
  }

  private ai(base: Tier, own: AiReview, index: number, lets: (path: Path, what: string) => boolean): AiReview {
    const at = (...rest: readonly string[]): Path => ['tiers', index, 'review', 'ai', ...rest];
    const key = `tiers.${base.name}.ai`;
    if (base.ai === null) {
      this.merging.from(key);
      return own;
    }
    const before = base.ai;
    const sizeSaid = this.merging.says(at('at-least'));
    const size =
      sizeSaid && (own.atLeastLines <= before.atLeastLines || lets(at('at-least'), 'asks from a larger size on'))
        ? own.atLeastLines
        : before.atLeastLines;
    const byLevel = levelsOf(this.merging.levels).flatMap((level) => {
      const requirement = this.requirement(
        key,
        before.byLevel[level] ?? null,
        own.byLevel[level] ?? null,
        at(level),
        lets,
        `AI's lines in ${base.name}`,
      );
      return requirement === null ? [] : [[level, requirement] as const];
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
    this.merging.from(`tiers.${base.name}.blast`);
    return mine;
  }

  private rollout(base: Tier, own: Tier, index: number, lets: (path: Path, what: string) => boolean): Tier['rollout'] {
    const [before, mine] = [base.rollout, own.rollout];
    if (
      mine === null ||
      (isSooner(mine, before) &&
        !lets(['tiers', index, 'rollout'], `goes out faster, or with fewer stages, than ${base.name} does there`))
    )
      return before;
    this.merging.from(`tiers.${base.name}.rollout`);
    return mine;
  }
}
