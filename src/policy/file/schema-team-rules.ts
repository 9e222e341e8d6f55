/** The shapes of a team's own danger rules, and of built-in ones that are switched off. Loads zod, as `schema.ts` does. */
import { z } from 'zod';
import { RULES } from '../../danger/rules';
import { FINDING_CLASSES, SEVERITIES } from '../types';
import { glob, listOf, oneOf, record, text } from './schema-building-blocks';

const ruleId = z.enum(Object.keys(RULES), { error: 'expected the id of a built-in rule' });

const oneLine = text(/^[^\u0000-\u001f\u007f]+$/, 'text on one line');
const rowNames = z.union([oneLine.transform((name) => [name]), listOf(oneLine).min(1, 'expected at least one name')], {
  error: 'expected a name, or a list of names; * stands for any characters',
});
/** What a value is; `danger/rules/types.ts` has the words. */
const VALUES = 'yes, no, not yes, not no, zero, not zero, above zero, set, absent, there, world, not world'.split(', ');
const rowValue = z.union(
  [
    z.boolean().transform((value) => (value ? 'yes' : 'no')),
    z.enum(VALUES),
    record({
      is: listOf(z.union([z.string(), z.number(), z.boolean()]).transform(String))
        .min(1, 'expected at least one text')
        .describe('A list of texts. The value is one of them, and * stands for any characters.'),
    }),
  ],
  { error: `expected {is: [TEXT, …]} or one of ${VALUES.join(', ')}` },
);

const teamSetting = record({
  key: rowNames.describe('The setting, such as deletionProtection, or [] for an item of a list.'),
  under: rowNames.optional().describe('A key that encloses it.'),
  before: rowValue.optional().describe('The old value. Default: any.'),
  after: rowValue.optional().describe('The new value. Default: any.'),
  change: oneOf(['falls', 'shrinks'])
    .optional()
    .describe('falls: to a smaller number. shrinks: to a smaller size such as 10Gi.'),
});

const teamCommand = record({
  program: rowNames.describe('The program, without its folder.'),
  verb: rowNames.optional().describe('The first words that are not options, such as env destroy, and * for one word.'),
  with: rowNames.optional().describe('Options. One must be present.'),
  without: rowNames.optional().describe('Options. None may be present.'),
});

const teamStatement = record({
  verb: rowNames.describe('The first words, such as DROP TABLE, and * for one word.'),
  of: rowNames.optional().describe('Names. One must be present.'),
  with: rowNames.optional().describe('Words. One must be present.'),
  without: rowNames.optional().describe('Words. None may be present.'),
});

const rowsOf = <Row extends z.ZodType>(row: Row): z.ZodOptional<z.ZodArray<Row>> =>
  listOf(row).min(1, 'expected at least one row').max(100, 'expected at most 100 rows').optional();

export const teamRule = record({
  id: text(/^[a-z0-9][a-z0-9-]{0,47}$/, 'an id of small letters, digits and hyphens').describe(
    "The rule's name. Findings show CLASS/team-ID.",
  ),
  class: oneOf(FINDING_CLASSES).describe("The class of its findings, for a tier's detect."),
  severity: oneOf(SEVERITIES).default('medium').describe('The severity of its findings.'),
  paths: listOf(glob)
    .min(1, 'expected at least one pattern')
    .default(['**'])
    .describe('Patterns of the files that it checks, as in a tier. Default: every file.'),
  pattern: text(/^[^]+$/, 'a regular expression')
    .optional()
    .describe(
      'A regular expression for each line that a change adds, in RE2 syntax: no lookaround, no back-references.',
    ),
  settings: rowsOf(teamSetting).describe('Changed values of YAML and JSON files.'),
  commands: rowsOf(teamCommand).describe('Commands of agents.'),
  statements: rowsOf(teamStatement).describe('SQL statements in files.'),
  message: text(/^[^\u0000-\u001f\u007f]+$/, 'a sentence').describe('The reason, as a sentence.'),
  fix: text(/^[^\u0000-\u001f\u007f]+$/, 'a sentence')
    .optional()
    .describe('The better way, as a sentence.'),
});

export const ruleOff = record({
  rule: ruleId.describe('The id of the built-in rule.'),
  reason: text(/\S/, 'the reason').describe('The reason, which the findings show.'),
  paths: listOf(glob)
    .min(1, 'expected at least one pattern')
    .optional()
    .describe("Patterns of files. Default: everywhere, and in agents' commands."),
});
