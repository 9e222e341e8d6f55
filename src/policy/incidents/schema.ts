/**
 * The shape of an incident file, and the JSON Schema made from it.
 * Loads zod: import it on demand only, see the room's door.
 */
import { z } from 'zod';
import { CONTRIBUTIONS, FAILURE_MODES, INCIDENT_STATES, SEVERITIES, type FailureMode, type Severity } from './types';

/** Longest text, in UTF-16 units. */
const LONGEST = 10_000;
const MOST = 500;

const RFC_3339 = /^\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/;

const text = (expected: string) =>
  z
    .string({ error: `expected ${expected}` })
    .trim()
    .min(1, `expected ${expected}`)
    .max(LONGEST, `too long: at most ${String(LONGEST)} characters`);
const form = (pattern: RegExp, expected: string) => text(expected).regex(pattern, `expected ${expected}`);
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `expected ${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}` });
const listOf = <T extends z.ZodType>(item: T) =>
  z.array(item, { error: 'expected a list' }).max(MOST, `too many: at most ${String(MOST)}`);
const record = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'expected keys with values'),
  });

const time = form(RFC_3339, 'a time such as 2026-11-24T10:12:00Z').refine(
  (value) => !Number.isNaN(Date.parse(value)),
  'expected a time such as 2026-11-24T10:12:00Z',
);
const commit = form(/^[0-9a-f]{7,64}$/i, 'the id of a commit');
const count = form(/^\d{1,9}$/, 'a whole number').transform(Number);
const contribution = oneOf(CONTRIBUTIONS);
const failureMode = oneOf(Object.keys(FAILURE_MODES) as [FailureMode, ...FailureMode[]]);

const lesson = record({
  path: text('a gitignore-like pattern such as "infra/prod/**"')
    .optional()
    .describe('A gitignore-like pattern of the files that the lesson is about.'),
  pattern: text('a part of a line')
    .optional()
    .describe('A part of an added line. Case and the amount of white space do not count; * stands for anything.'),
  rule: form(
    /^(?:destructive|permissions|secrets)\/[a-z0-9-]+$/,
    'the id of a danger rule such as destructive/tf-destroy',
  )
    .optional()
    .describe('A danger rule that finds something in the edit.'),
  message: text('a sentence for whoever makes such an edit again').describe('What to know before doing this again.'),
}).refine((one) => one.path !== undefined || one.pattern !== undefined || one.rule !== undefined, {
  message: 'expected path, pattern or rule, so that it is known which edits are meant',
});

const sentence = text('a sentence');
/** Written by people: a sentence. By Linekeeper: with the kind of evidence that it is. */
const reason = z.union(
  [
    sentence.transform((says) => ({ kind: null, says })),
    record({
      kind: form(/^[a-z][a-z-]{0,40}$/, 'a kind such as line').describe('The kind of evidence.'),
      says: sentence,
    }),
  ],
  { error: 'expected a sentence, or kind and says' },
);

const suspect = record({
  commit,
  paths: listOf(text('a path')).default([]),
  lines: record({ ai: count.default(0), human: count.default(0), unknown: count.default(0) }).prefault({}),
  assistants: listOf(
    record({
      assistant: text('the id of an assistant'),
      model: text('a model').optional(),
      session: text('a session').optional(),
    }),
  ).default([]),
  reasons: listOf(reason).default([]).describe('Why it is listed.'),
  contribution: contribution
    .default('cannot-tell')
    .describe('What people found out: contributed, did-not or cannot-tell.'),
});

/** What an incident file may hold. */
export const incidentShape = record({
  version: z
    .literal(1, { error: 'expected 1; a higher version needs a newer Linekeeper' })
    .describe('Version of this format.'),
  title: text('a title').describe('What went wrong, in a few words.'),
  state: oneOf(INCIDENT_STATES)
    .default('open')
    .describe("While it is open, a change or a deployment of its paths needs one more senior's sign-off."),
  severity: oneOf(Object.keys(SEVERITIES) as [Severity, ...Severity[]])
    .optional()
    .describe(
      `How bad it is: ${Object.entries(SEVERITIES)
        .map(([name, says]) => `${name} (${says})`)
        .join('; ')}.`,
    ),
  began: time.describe('When it began.'),
  ended: time.optional().describe('When it was over.'),
  services: listOf(text('the name of a service')).default([]).describe('What was down or wrong.'),
  paths: listOf(text('a gitignore-like pattern such as "infra/prod/**"'))
    .default([])
    .describe('Patterns of the files it is about.'),
  deployed: commit.optional().describe('The commit that ran when it began.'),
  'last-good': commit.optional().describe('The last commit that is known to have worked.'),
  contribution: contribution
    .default('cannot-tell')
    .describe("Whether an assistant's lines contributed. People decide this."),
  'failure-mode': failureMode.optional().describe(
    `How it failed: ${Object.entries(FAILURE_MODES)
      .map(([name, says]) => `${name} (${says})`)
      .join('; ')}.`,
  ),
  summary: text('a text').optional().describe('What happened and why, for the report.'),
  timeline: listOf(record({ at: time, what: text('what happened') }))
    .default([])
    .describe('What happened when.'),
  suspects: listOf(suspect).default([]).describe('Commits that may have to do with it.'),
  lessons: listOf(lesson).default([]).describe('What later AI edits are warned about.'),
});

export type IncidentShape = z.output<typeof incidentShape>;

/** JSON Schema (draft 7) of an incident file. */
export function incidentJsonSchema(): Record<string, unknown> {
  return {
    title: 'Linekeeper incident (.linekeeper/incidents/*.yml)',
    ...z.toJSONSchema(incidentShape, { io: 'input', target: 'draft-7', reused: 'inline', unrepresentable: 'any' }),
  };
}
