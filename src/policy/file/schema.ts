/**
 * The shape of `.linekeeper.yml`, and the JSON Schema made from it for completion in editors.
 * Loads zod: import it on demand only, see the room's door.
 */
import { z } from 'zod';
import { AGENT_RULES, AGENTS_MAY, FINDING_CLASSES, LEVELS, NO_RECORDER, RUN_DETAILS } from '../types';
import { environment, toolLists, tools } from './schema-environments';
import { ruleOff, teamRule } from './schema-team-rules';
import { flag, glob, listOf, oneOf, record, text } from './schema-building-blocks';

/** A day, or a time with its zone. */
const moment = text(
  /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?$/,
  'a day such as 2026-12-19, or a time such as 2026-12-19T18:00:00Z',
);
const freeze = record({
  from: moment.describe('The first day (UTC), or a time such as 2026-12-19T18:00:00+01:00.'),
  to: moment.describe('The last day, which belongs to the freeze, or a time.'),
  tiers: listOf(text(/^[a-z0-9-]{1,32}$/, 'the name of a tier'))
    .default([])
    .describe('Tiers by name. Default: every tier.'),
  only: oneOf(['ai', 'any']).default('any').describe('ai: only changes with AI lines in the tier wait.'),
  except: listOf(oneOf(['emergency', 'reverts']))
    .default([])
    .describe('Changes that pass: under check --emergency, or exact reverts of a commit.'),
  reason: text(/^[^\u0000-\u001f\u007f]+$/, 'the reason on one line')
    .optional()
    .describe('The text that people see while they wait.'),
});

const assistant = text(
  /^[a-z0-9][a-z0-9-]{0,63}$/,
  'the id of an assistant such as kiro, github-copilot or claude-code',
);
const person = text(
  /^(?:[^\s,;<>"'@]+@[^\s,;<>"'@]+|@?[A-Za-z0-9][\w.-]*(?:\[bot\])?|@[\w.-]+(?:\/[\w.-]+)+)$/,
  'a commit e-mail, a login on the Git host or @org/team',
);
const email = text(/^[^\s,;<>"'@]+@[^\s,;<>"'@]+$/, 'an e-mail address');
const login = text(/^@?[A-Za-z0-9][\w.-]*(?:\[bot\])?$/, 'a login on the Git host');

/** What a requirement has, beside its level. */
const requirementParts = {
  approvals: z
    .int({ error: 'expected a whole number' })
    .min(1, 'expected at least 1')
    .max(99, 'expected at most 99')
    .default(1)
    .describe('How many different people must sign off.'),
  'code-owner': flag(false, 'Whether each file needs a sign-off of one of its owners by CODEOWNERS.'),
  signed: flag(
    false,
    'Whether only signed sign-offs count ("linekeeper sign", or Sign Off in the editor). An agent cannot give one.',
  ),
};

/** Of one level, which need not be named. */
type LevelType = z.ZodType<string>;
const requirementAt = (level: LevelType, isOnly: boolean) => {
  const from = level.describe('The lowest level whose sign-off counts.');
  return record({
    // with several levels, leaving it out would be a mistake that asks for too little
    from: (isOnly ? from.optional() : from) as z.ZodType<string | undefined>,
    ...requirementParts,
  });
};

const atLeast = {
  'at-least': record({
    lines: z
      .int({ error: 'expected a whole number' })
      .min(1, 'expected at least 1')
      .describe(
        'The number of AI lines, added plus removed, from which the review is required. With fewer lines, a finding in AI lines still requires it. So does an AI change without lines (binary, link, mode), or in a line over 2,000 bytes.',
      ),
  })
    .optional()
    .describe('The size of a change from which the review is required. Default: the first line.'),
};

const requires = record({
  checks: listOf(text(/^[^\u0000-\u001f\u007f]+$/, 'the name of a check, as the Git host shows it'))
    .max(50, 'expected at most 50')
    .default([])
    .describe(
      'Names of checks that must be green at the head. "linekeeper ci" asks GitHub, GitLab, Gitea or Forgejo for them. Elsewhere they count as missing.',
    ),
  plan: flag(false, 'Whether the check needs a plan of Terraform or another tool (check --plan FILE).'),
  'ai-lines': record({
    'at-most': z
      .int({ error: 'expected a whole number' })
      .min(0, 'expected 0 or more')
      .describe('The most AI lines, added plus removed, of one change in this tier.'),
  })
    .optional()
    .describe('A limit on AI lines. Default: no limit.'),
  tested: oneOf(['none', 'ai-lines'])
    .default('none')
    .describe(
      'ai-lines: tests must run every line that AI added to code here, by an LCOV, Cobertura, JaCoCo or Go report (check --coverage FILE). A file that is not in the report counts as not run.',
    ),
});

const LEVEL_NAME = /^[a-z][a-z0-9-]{0,31}$/;
/** The name of a level of the team's own. */
const LEVEL = text(LEVEL_NAME, 'a name of small letters, digits and hyphens, which is not from or at-least');

/** What says how a tier is reviewed, by some levels. `isOpen`: names of a team's own levels are let through, for editors. */
function reviewBy(levels: readonly string[], isOpen: boolean) {
  const ofLevels = oneOf(levels as [string, ...string[]]);
  const level: z.ZodType<string> = isOpen ? z.union([ofLevels, LEVEL]) : ofLevels;
  const requirement = requirementAt(level, isOpen || levels.length === 1);
  const byLevel = Object.fromEntries(
    levels.map((name) => [
      name,
      requirement
        .optional()
        .describe('Required if this is the level of the change: the lowest of its opener and authors.'),
    ]),
  );
  const ai = record({ ...atLeast, ...byLevel });
  return {
    level,
    requirement,
    review: record({
      any: requirement.optional().describe('Required for every change here, by AI or by people.'),
      ai: (isOpen ? ai.catchall(requirement) : ai)
        .optional()
        .describe(
          'Required in addition if AI changed lines here, by the level of the change. A level without an entry needs nothing.',
        ),
      requires: requires
        .optional()
        .describe('Required in addition to sign-offs. An emergency and a deployment do not need it.'),
    })
      .optional()
      .describe('The required sign-offs.'),
  };
}

const tierParts = {
  name: text(/^[a-z0-9-]{1,32}$/, 'a name of 1 to 32 small letters, digits and hyphens').describe(
    "The tier's name in trailers, messages and labels.",
  ),
  paths: listOf(glob)
    .default([])
    .describe('Patterns of the files in this tier, as in .gitignore. The last match wins, and ! excludes.'),
  detect: listOf(oneOf(FINDING_CLASSES))
    .default([])
    .describe(
      'A finding of one of these classes raises its file to this tier, whatever its path. Linekeeper searches for checks, agents and availability only if a tier lists them.',
    ),
  agents: oneOf(AGENT_RULES).default('allow').describe('Whether agents may act here.'),
  tools: record(toolLists).optional().describe('Whether agents may call MCP tools on files of this tier.'),
  rollout: record({
    stages: listOf(text(/^[a-z0-9-]{1,32}$/, 'a name of 1 to 32 small letters, digits and hyphens'))
      .min(1, 'expected at least one stage')
      .describe('The stages in order.'),
    soak: text(/^[1-9][0-9]*[smhd]$/, 'a duration such as 30m, 24h or 7d').describe(
      'How long a change with AI lines runs in each stage before the next, such as 30m, 24h or 7d.',
    ),
  })
    .optional()
    .describe('A deployment in stages.'),
  blast: record({
    files: z
      .int({ error: 'expected a whole number' })
      .min(1, 'expected 1 or more')
      .max(1_000_000, 'expected at most 1000000')
      .describe('How many files may depend on a file before it belongs to this tier.'),
  })
    .optional()
    .describe('An AI change to a file belongs to this tier if too many files depend on that file.'),
};

const file = record({
  from: text(/^[^\u0000-\u001f\u007f]+$/, 'the path of a file').describe(
    'A file with the people, one a line or as a YAML or JSON list: a path in the base branch, or an absolute path outside of the repository.',
  ),
});
const members = z.union([listOf(person), file], { error: 'expected a list of people, or {from: PATH}' });
const peopleBy = (levels: readonly string[], isOpen: boolean) => {
  const lists = record(
    Object.fromEntries(
      [...levels]
        .reverse()
        .map((level) => [
          level,
          members.default([]).describe('Commit e-mail addresses, logins of the Git host, or teams such as @org/team.'),
        ]),
    ),
  );
  return isOpen ? lists.catchall(members) : lists;
};

/** What a file named by `{from: PATH}` holds. */
export const peopleListsOf = (levels: readonly string[]) =>
  record(Object.fromEntries(levels.map((level) => [level, listOf(person).default([])])));

/** The keys of a policy that others may be allowed to loosen when they extend it, in addition to tiers by name. */
const extendedFile = text(
  /^\.linekeeper\/(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.ya?ml$/,
  'a file below .linekeeper/ that ends in .yml, such as .linekeeper/vendor/acme.yml',
);

/** What an agent may never do for a person, whatever a policy says. */
const NEVER_GIVEN_BACK = /^(?:approve|status|dismiss|resolve)$/;

const unknownLines = oneOf(['ai', 'human']);
const promptDetail = oneOf(['none', 'digest', 'redacted']);
const runDetail = oneOf(RUN_DETAILS);
const days = text(/^[1-9][0-9]{0,3}d$/, 'a number of days such as 90d');

/** What a policy file may contain, beside what depends on its levels. */
const policyParts = {
  version: z
    .literal(1, { error: 'expected 1; a higher version needs a newer Linekeeper' })
    .describe('The version of this format: 1.'),
  extends: listOf(extendedFile)
    .max(8, 'expected at most 8')
    .default([])
    .describe('Policies below .linekeeper/ that this one extends. "linekeeper policy vendor" fetches one.'),
  'may-loosen': listOf(text(/^[a-z0-9-]{1,32}$/, 'the name of a tier, or a key of the policy'))
    .default([])
    .describe('Tiers and keys that an extending repository may loosen, such as generated.'),
  mode: oneOf(['enforce', 'observe'])
    .default('enforce')
    .describe('observe: Linekeeper only reports the required sign-offs.'),
  since: text(/^[0-9a-fA-F]{7,64}$/, 'the id of a commit, 7 to 64 hexadecimal digits')
    .optional()
    .describe('The commit at which Linekeeper was adopted. Earlier commits need nothing.'),
  assistants: record({
    preferred: assistant.optional().describe('The assistant that messages recommend.'),
    allowed: z
      .union([listOf(assistant), z.literal('any')], { error: 'expected a list of assistants, or any' })
      .default('any')
      .describe('Assistants that may be used. Any other fails the check.'),
  })
    .prefault({})
    .describe('AI assistants, by their ids.'),
  aliases: z
    .record(login, listOf(email), { error: 'expected logins with lists of e-mail addresses' })
    .default({})
    .describe('The e-mail addresses of one person, by login on the Git host.'),
  unknown: z
    .union(
      [
        unknownLines,
        record({
          default: unknownLines.default('ai').describe('Unknown lines from a machine with Linekeeper.'),
          'no-recorder': oneOf(NO_RECORDER)
            .optional()
            .describe(
              'Unknown lines from a machine without Linekeeper. ask: as AI, until their author runs "linekeeper declare --mine". Default: the value of default.',
            ),
        }),
      ],
      { error: 'expected ai or human, or {default, no-recorder}' },
    )
    .default('ai')
    .describe('How the check counts unknown lines.'),
  'policy-signers': listOf(
    text(/^(?![/\\~])(?!.*(?:^|\/)\.\.(?:\/|$))[^\u0000-\u001f\u007f]+$/, 'the path of a file of allowed signers'),
  )
    .max(8, 'expected at most 8')
    .default([])
    .describe(
      "Files of allowed signers on the base branch, in the form of git's gpg.ssh.allowedSignersFile. If a listed key signed the new version of a vendored policy, the update needs no sign-off.",
    ),
  'co-authors': record({
    'of-suggestions': oneOf(['may-not-sign', 'may-sign'])
      .default('may-not-sign')
      .describe('Whether reviewers may sign off after the opener committed their suggestion at the Git host.'),
  })
    .prefault({})
    .describe('Sign-offs by co-authors.'),
  serial: z
    .int({ error: 'expected a whole number' })
    .min(1, 'expected 1 or more')
    .optional()
    .describe('The number of a release, in a policy that repositories vendor. It grows with each release.'),
  own: listOf(glob)
    .default([])
    .describe('Your own files that the CI job runs, such as Makefile. Changes need the strictest sign-off.'),
  generated: listOf(glob)
    .default([])
    .describe('Patterns of generated files. Their lines do not count. Danger rules still read them.'),
  bots: listOf(person)
    .default([])
    .describe('Accounts that are not people, such as renovate[bot]. Their approvals do not count.'),
  prompts: z
    .union(
      [
        promptDetail,
        record({
          keep: promptDetail.default('none').describe('How much is stored. The short form is prompts: digest.'),
          for: days.optional().describe('How long prompts are stored, such as 90d.'),
        }),
      ],
      { error: 'expected none, digest or redacted, or {keep, for}' },
    )
    .default('none')
    .describe(
      'Stored prompts of sessions that led to commits. digest: the SHA-256 of the text. redacted: also the first 200 characters without secrets.',
    ),
  runs: z
    .union(
      [
        runDetail,
        record({
          keep: runDetail.default('digest').describe('How much is kept. The short form is runs: digest.'),
          time: oneOf(['quarter', 'minute'])
            .default('quarter')
            .describe('The precision of times: a quarter of an hour, or a minute.'),
          reason: flag(false, 'Whether the reasons that people gave are stored.'),
          for: days.optional().describe('How long runs are stored, such as 365d. Default: no limit.'),
        }),
      ],
      { error: 'expected none, digest or redacted, or {keep, time, reason, for}' },
    )
    .default('digest')
    .describe(
      "How much of an agent's destructive command Git notes keep. digest: its program, verb, targets, outcome and approver. redacted: also the command line, without secrets.",
    ),
  trailers: record({
    'assisted-by': flag(true, 'Adds Assisted-by: claude-code:claude-opus-4-8, one for each assistant and model.'),
    lines: flag(
      true,
      'Adds AI-Lines: +42 -30 of +57 -31, unknown +10 -0. The numbers are AI lines, all lines and unknown lines.',
    ),
    risk: flag(
      true,
      'Adds AI-Risk: critical. The value is the highest tier in which AI changed lines. Only tiers with review.any, detect or agents count. For merges, documents such as README.md and commits over 400,000 characters, Linekeeper looks only at paths.',
    ),
    session: flag(false, 'Adds AI-Session: claude-code:ID. The ID is that of the conversation.'),
    others: oneOf(['keep', 'ours-only'])
      .default('keep')
      .describe(
        'Lines that agents write about themselves (Co-authored-by, Signed-off-by, Generated-by, Generated with). ours-only deletes them from messages of commits that an agent made.',
      ),
  })
    .prefault({})
    .describe('The lines that Linekeeper adds to commit messages.'),
  rules: listOf(teamRule).max(100, 'expected at most 100').default([]).describe('Rules of your own.'),
  'rules-off': listOf(ruleOff)
    .max(200, 'expected at most 200')
    .default([])
    .describe('Built-in rules that do not apply here.'),
  environments: listOf(environment)
    .max(50, 'expected at most 50')
    .default([])
    .describe("Environments such as production, and the rights of agents' commands there."),
  agents: record({
    may: listOf(
      z.enum(AGENTS_MAY, {
        error: ({ input }) =>
          typeof input === 'string' && NEVER_GIVEN_BACK.test(input)
            ? `only a person may ${input}: a policy can let agents merge, publish, push-base and deploy, and nothing else`
            : 'expected merge, publish, push-base or deploy',
      }),
    )
      .default([])
      .describe("Actions that agents may take in a person's name. No key allows agents to approve."),
  })
    .prefault({})
    .describe("Actions of agents in a person's name."),
  tools: tools.prefault({}).describe('Tools of MCP servers by name, as SERVER__TOOL with * and ?.'),
  freeze: listOf(freeze)
    .max(100, 'expected at most 100')
    .default([])
    .describe('Periods in which changes wait, such as holidays.'),
};

const policyBy = (levels: readonly string[], isOpen: boolean) => {
  const { level, review } = reviewBy(levels, isOpen);
  const tier = record({ ...tierParts, review });
  const policy = record({
    ...policyParts,
    levels: listOf(LEVEL)
      .min(1, 'expected at least one level')
      .max(6, 'expected at most 6 levels')
      .optional()
      .describe("The team's own levels, the lowest first, at most 6. Default: junior, mid, senior."),
    people: z
      .union([peopleBy(levels, isOpen), file], {
        error: `expected ${[...levels]
          .reverse()
          .join(', ')
          .replace(/, ([^,]*)$/, ' and $1')} with lists of people, or {from: PATH}`,
      })
      .prefault({})
      .describe('The people of each level, or one file for all levels.'),
    unlisted: level.optional().describe('The level of anyone not listed. Default: the lowest.'),
    tiers: listOf(tier)
      .min(1, 'expected at least one tier: without a tier, the policy requires nothing')
      .describe('The risk classes, highest first.'),
  });
  return { policyShape: policy, extendingShape: policy.extend({ tiers: listOf(tier).default([]) }) };
};

const usual = policyBy(LEVELS, false);

/** The shapes of a policy with these levels; `extendingShape` is one that extends others, which may have all the tiers. */
export const shapesOf = (levels: readonly string[]): typeof usual =>
  levels.join() === LEVELS.join() ? usual : policyBy(levels, false);

export type PolicyShape = z.output<(typeof usual)['policyShape']>;
export type RequirementShape = z.output<ReturnType<typeof reviewBy>['requirement']>;

/** Keys beside the levels, of which a level can't have the name. */
const TAKEN = ['at-least', 'from', 'all'];

/** The levels that a policy's data names, for choosing its shape; the usual ones where what is there names none. */
export function levelsIn(data: unknown): readonly string[] {
  const named = typeof data === 'object' && data !== null && 'levels' in data ? data.levels : undefined;
  const isList =
    Array.isArray(named) &&
    named.length > 0 &&
    named.every((name): name is string => LEVEL.safeParse(name).success && !TAKEN.includes(String(name))) &&
    new Set(named).size === named.length;
  return isList ? named : LEVELS;
}

/**
 * JSON Schema (draft 7) of the policy file. `levels`: `any` takes any names of levels, as editors have to; `usual` only
 * junior, mid and senior.
 */
export function policyJsonSchema(levels: 'any' | 'usual' = 'any'): Record<string, unknown> {
  return {
    title: 'Linekeeper policy (.linekeeper.yml)',
    ...z.toJSONSchema((levels === 'any' ? policyBy(LEVELS, true) : usual).policyShape, {
      io: 'input',
      target: 'draft-7',
      reused: 'inline',
      override: ({ jsonSchema }) => {
        const { properties, additionalProperties } = jsonSchema;
        if (properties === undefined || typeof additionalProperties !== 'object') return;
        jsonSchema.patternProperties = { [LEVEL_NAME.source]: additionalProperties };
        jsonSchema.additionalProperties = false;
      },
    }),
  };
}
