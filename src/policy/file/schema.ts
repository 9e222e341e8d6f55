/**
 * The shape of `.linekeeper.yml`, and the JSON Schema made from it for completion in editors.
 * Loads zod: import it on demand only, see the room's door.
 */
import { z } from 'zod';
import { AGENT_RULES, AGENTS_MAY, FINDING_CLASSES, LEVELS, NO_RECORDER, RUN_DETAILS } from '../types';
import { environment, toolLists, tools } from './schema-environments';
import { freeze } from './schema-freeze';
import { ruleOff, teamRule } from './schema-team-rules';
import { flag, glob, listOf, oneOf, record, text } from './schema-words';

const assistant = text(
  /^[a-z0-9][a-z0-9-]{0,63}$/,
  'the id of an assistant such as kiro, github-copilot or claude-code',
);
const person = text(
  /^(?:[^\s,;<>"'@]+@[^\s,;<>"'@]+|@?[A-Za-z0-9][\w.-]*(?:\[bot\])?|@[\w.-]+(?:\/[\w.-]+)+)$/,
  'a commit e-mail, a forge login or @org/team',
);
const email = text(/^[^\s,;<>"'@]+@[^\s,;<>"'@]+$/, 'an e-mail address');
const login = text(/^@?[A-Za-z0-9][\w.-]*(?:\[bot\])?$/, 'a login of the forge');

/** What a requirement has, beside its level. */
const requirementParts = {
  approvals: z
    .int({ error: 'expected a whole number' })
    .min(1, 'expected at least 1')
    .max(99, 'expected at most 99')
    .default(1)
    .describe('How many different people must sign off.'),
  'code-owner': flag(false, 'Whether an owner of each file by CODEOWNERS must be among them.'),
  signed: flag(
    false,
    'Whether only signed sign-offs count ("linekeeper sign", or Sign Off in the editor), which no agent can give.',
  ),
};

/** Of one level, which need not be named. */
type LevelType = z.ZodType<string>;
const requirementAt = (level: LevelType, isOnly: boolean) => {
  const from = level.describe('Lowest level whose sign-off counts. The highest level meets every level.');
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
      .describe("AI's lines, added plus removed, from which the review is due. A finding on them makes it due anyway."),
  })
    .optional()
    .describe('From which size on this is asked. Left out: from the first line.'),
};

const requires = record({
  checks: listOf(text(/^[^\u0000-\u001f\u007f]+$/, 'the name of a check, as the forge shows it'))
    .max(50, 'expected at most 50')
    .default([])
    .describe('Checks of the forge that must be green at the head. What the forge does not tell is missing.'),
  plan: flag(false, 'Whether a Terraform plan must be given (check --plan FILE).'),
  'ai-lines': record({
    'at-most': z
      .int({ error: 'expected a whole number' })
      .min(0, 'expected 0 or more')
      .describe("AI's lines, added plus removed, that one change may have here."),
  })
    .optional()
    .describe('How much of a change may be by AI. Left out: everything.'),
  tested: oneOf(['none', 'ai-lines'])
    .default('none')
    .describe("ai-lines: tests must run AI's lines, by the report that check --coverage FILE is given."),
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
      requirement.optional().describe(`Asked when the lowest level of the change's opener and authors is ${name}.`),
    ]),
  );
  const ai = record({ ...atLeast, ...byLevel });
  return {
    level,
    requirement,
    review: record({
      any: requirement.optional().describe('Asked of every change here, whoever or whatever wrote it.'),
      ai: (isOpen ? ai.catchall(requirement) : ai)
        .optional()
        .describe('Asked on top when AI changed lines here, by the level of the change.'),
      requires: requires.optional().describe('Required beside sign-offs.'),
    })
      .optional()
      .describe('Who must sign off.'),
  };
}

const tierParts = {
  name: text(/^[a-z0-9-]{1,32}$/, 'a name of 1 to 32 small letters, digits and hyphens').describe(
    'Name of the tier, as trailers and messages show it.',
  ),
  paths: listOf(glob)
    .default([])
    .describe(
      'gitignore-like patterns of the files in this tier; the last one that matches wins, and ! takes out again.',
    ),
  detect: listOf(oneOf(FINDING_CLASSES))
    .default([])
    .describe('A finding of these classes raises its file to this tier wherever it lies.'),
  agents: oneOf(AGENT_RULES).default('allow').describe('What an agent may do here by itself.'),
  tools: record(toolLists)
    .optional()
    .describe('Tools of MCP servers that are given a file of this tier, and what agents may do with them.'),
  rollout: record({
    stages: listOf(text(/^[a-z0-9-]{1,32}$/, 'a name of 1 to 32 small letters, digits and hyphens'))
      .min(1, 'expected at least one stage')
      .describe('The stages of a deployment, in order.'),
    soak: text(/^[1-9][0-9]*[smhd]$/, 'a duration such as 30m, 24h or 7d').describe(
      'How long a change stays in a stage before the next.',
    ),
  })
    .optional()
    .describe('How changes here are deployed.'),
  blast: record({
    files: z
      .int({ error: 'expected a whole number' })
      .min(1, 'expected 1 or more')
      .max(1_000_000, 'expected at most 1000000')
      .describe('So many files may depend on it; from the next one on it belongs here.'),
  })
    .optional()
    .describe("AI's change of a file on which more files depend belongs to this tier wherever it lies."),
};

const file = record({
  from: text(/^[^\u0000-\u001f\u007f]+$/, 'the path of a file').describe(
    "A file with the people: relative to the repository's root as the base branch has it, or absolute.",
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
          members.default([]).describe(`Commit e-mails, forge logins or @org/team at the level ${level}.`),
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
    .describe('Version of this format.'),
  extends: listOf(extendedFile)
    .max(8, 'expected at most 8')
    .default([])
    .describe(
      'Policies that this one extends: it may ask for more than they do, and for less only where they say so. "linekeeper policy vendor" brings one.',
    ),
  'may-loosen': listOf(text(/^[a-z0-9-]{1,32}$/, 'the name of a tier, or a key of the policy'))
    .default([])
    .describe('Tiers by name, and keys such as generated, in which policies that extend this one may ask for less.'),
  mode: oneOf(['enforce', 'observe'])
    .default('enforce')
    .describe(
      'observe records, counts and reports everything and stops nothing: check and ci end with 0, and agents are told. enforce requires it.',
    ),
  since: text(/^[0-9a-fA-F]{7,64}$/, 'the id of a commit, 7 to 64 hexadecimal digits')
    .optional()
    .describe('The commit at which Linekeeper was adopted: earlier commits are asked for nothing.'),
  assistants: record({
    preferred: assistant.optional().describe('The assistant that messages recommend.'),
    allowed: z
      .union([listOf(assistant), z.literal('any')], { error: 'expected a list of assistants, or any' })
      .default('any')
      .describe('Assistants that may be used. Left out: any.'),
  })
    .prefault({})
    .describe('AI assistants.'),
  aliases: z
    .record(login, listOf(email), { error: 'expected logins with lists of e-mail addresses' })
    .default({})
    .describe('E-mail addresses of one person, by forge login.'),
  unknown: z
    .union(
      [
        unknownLines,
        record({
          default: unknownLines.default('ai').describe('What they count as otherwise.'),
          'no-recorder': oneOf(NO_RECORDER)
            .optional()
            .describe(
              'What lines of commits count as whose machine had no Linekeeper. ask: as AI until somebody declares them ("linekeeper declare --mine"). Left out: as by default.',
            ),
        }),
      ],
      { error: 'expected ai or human, or {default, no-recorder}' },
    )
    .default('ai')
    .describe('What lines of unknown origin count as where review is asked.'),
  'policy-signers': listOf(
    text(/^(?![/\\~])(?!.*(?:^|\/)\.\.(?:\/|$))[^\u0000-\u001f\u007f]+$/, 'the path of a file of allowed signers'),
  )
    .max(8, 'expected at most 8')
    .default([])
    .describe(
      "Files of allowed signers (as of git's gpg.ssh.allowedSignersFile), as the base branch has them. A newer version of a vendored policy that one of these keys signed needs no sign-off here.",
    ),
  serial: z
    .int({ error: 'expected a whole number' })
    .min(1, 'expected 1 or more')
    .optional()
    .describe(
      'The number of this release, in a policy that repositories vendor. It grows with each release, so that the signature of an older release counts for nothing.',
    ),
  own: listOf(glob)
    .default([])
    .describe(
      'Patterns of further files that CI runs to decide, such as Makefile or scripts/ci/**: they need what the strictest tier asks, whoever changed them.',
    ),
  generated: listOf(glob)
    .default([])
    .describe('Patterns of generated files: left out of the line counts, still looked through for findings.'),
  bots: listOf(person).default([]).describe('Accounts that are no people, such as renovate[bot].'),
  prompts: z
    .union(
      [
        promptDetail,
        record({
          keep: promptDetail.default('none').describe('How much of a prompt is kept.'),
          for: days.optional().describe('For how long, such as 90d.'),
        }),
      ],
      {
        error: 'expected none, digest or redacted, or {keep, for}',
      },
    )
    .default('none')
    .describe('What is kept of prompts with a session.'),
  runs: z
    .union(
      [
        runDetail,
        record({
          keep: runDetail.default('digest').describe('How much of a command is kept.'),
          time: oneOf(['quarter', 'minute'])
            .default('quarter')
            .describe('To the quarter of an hour, or to the minute.'),
          reason: flag(false, 'Whether reasons that people gave are kept: free text.'),
          for: days.optional().describe('For how long, such as 365d. Left out: without a limit.'),
        }),
      ],
      { error: 'expected none, digest or redacted, or {keep, time, reason, for}' },
    )
    .default('digest')
    .describe(
      'What is kept in git notes of commands that agents ran with permission or were refused: digest is program, verb, targets, outcome and who let it; redacted also the line without secrets.',
    ),
  trailers: record({
    'assisted-by': flag(true, 'Writes Assisted-by: ASSISTANT:MODEL.'),
    lines: flag(true, 'Writes AI-Lines: how many lines AI changed.'),
    risk: flag(true, "Writes AI-Risk: the highest tier AI's lines are in."),
    session: flag(false, 'Writes AI-Session: which conversation it was.'),
    others: oneOf(['keep', 'ours-only'])
      .default('keep')
      .describe(
        'What agents write about themselves (Co-authored-by, Signed-off-by, Generated-by). ours-only takes it out of a message that an agent wrote.',
      ),
  })
    .prefault({})
    .describe('What is written into commit messages.'),
  rules: listOf(teamRule)
    .max(100, 'expected at most 100')
    .default([])
    .describe('Rules of your own: what nobody should add, change or run without a review.'),
  'rules-off': listOf(ruleOff)
    .max(200, 'expected at most 200')
    .default([])
    .describe('Built-in danger rules that do not apply here, each with the reason.'),
  environments: listOf(environment)
    .max(50, 'expected at most 50')
    .default([])
    .describe('Environments such as production, and what commands by agents may do to them.'),
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
      .describe(
        'What agents may do that is refused them otherwise: merge a change, publish a release, push to the base branch, deploy to a stage. Approving is never given back.',
      ),
  })
    .prefault({})
    .describe('What agents may do for a person.'),
  tools: tools
    .prefault({})
    .describe('Tools of MCP servers, and what agents may do with them. SERVER__TOOL, with * and ?.'),
  freeze: listOf(freeze)
    .max(100, 'expected at most 100')
    .default([])
    .describe('Times in which changes wait, such as holidays.'),
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
      .describe(
        "The team's own levels, the lowest first. One level: somebody else must look. Left out: junior, mid, senior.",
      ),
    people: z
      .union([peopleBy(levels, isOpen), file], {
        error: `expected ${[...levels]
          .reverse()
          .join(', ')
          .replace(/, ([^,]*)$/, ' and $1')} with lists of people, or {from: PATH}`,
      })
      .prefault({})
      .describe('Who is at which level, or a file that says so.'),
    unlisted: level.optional().describe('Level of anyone not listed. Left out: the lowest.'),
    tiers: listOf(tier)
      .min(1, 'expected at least one tier: without any, nothing would be asked of anybody')
      .describe('Risk classes, the highest risk first.'),
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
