/** The shapes of a team's own danger rules, and of built-in ones that are switched off. Loads zod, as `schema.ts` does. */
import { z } from 'zod';
import { RULES } from '../../danger/rules';
import { FINDING_CLASSES, SEVERITIES } from '../types';
import { glob, listOf, oneOf, record, text } from './schema-words';

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
        .describe('Texts, of which it is one; * stands for any characters.'),
    }),
  ],
  { error: `expected {is: [TEXT, …]} or one of ${VALUES.join(', ')}` },
);

const teamSetting = record({
  key: rowNames.describe('The setting, such as deletionProtection; [] for an item of a list.'),
  under: rowNames.optional().describe('The key that encloses it.'),
  before: rowValue.optional().describe('What it was. Left out: whatever it was.'),
  after: rowValue.optional().describe('What it becomes. Left out: whatever it becomes.'),
  change: oneOf(['falls', 'shrinks']).optional().describe('To a smaller number, or to a smaller size such as 10Gi.'),
});

const teamCommand = record({
  program: rowNames.describe('The program, without its folder.'),
  verb: rowNames.optional().describe('The first words that are no options, such as env destroy; * for one word.'),
  with: rowNames.optional().describe('Options of which one must be there.'),
  without: rowNames.optional().describe('Options of which none may be there.'),
});

const teamStatement = record({
  verb: rowNames.describe('The words that it begins with, such as DROP TABLE; * for one word.'),
  of: rowNames.optional().describe('Names of which it must have one.'),
  with: rowNames.optional().describe('Words of which one must be there.'),
  without: rowNames.optional().describe('Words of which none may be there.'),
});

const rowsOf = <Row extends z.ZodType>(row: Row): z.ZodOptional<z.ZodArray<Row>> =>
  listOf(row).min(1, 'expected at least one row').max(100, 'expected at most 100 rows').optional();

export const teamRule = record({
  id: text(/^[a-z0-9][a-z0-9-]{0,47}$/, 'an id of small letters, digits and hyphens').describe(
    'Name of the rule. Findings call it CLASS/team-ID.',
  ),
  class: oneOf(FINDING_CLASSES).describe('What kind of danger it is. Tiers ask for classes with detect.'),
  severity: oneOf(SEVERITIES).default('medium').describe('How bad it is.'),
  paths: listOf(glob)
    .min(1, 'expected at least one pattern')
    .default(['**'])
    .describe('gitignore-like patterns of the files it looks at. Left out: every file.'),
  pattern: text(/^[^]+$/, 'a regular expression')
    .optional()
    .describe(
      'Regular expression (RE2 syntax, no lookaround, no back-references) that each line added by a change is matched against.',
    ),
  settings: rowsOf(teamSetting).describe('Settings of YAML and JSON files that become a value.'),
  commands: rowsOf(teamCommand).describe('Commands of agents.'),
  statements: rowsOf(teamStatement).describe('Statements of SQL files.'),
  message: text(/^[^\u0000-\u001f\u007f]+$/, 'a sentence').describe('What is wrong with it, as a sentence.'),
  fix: text(/^[^\u0000-\u001f\u007f]+$/, 'a sentence')
    .optional()
    .describe('What to do instead, as a sentence.'),
});

export const ruleOff = record({
  rule: ruleId.describe('Id of the built-in rule.'),
  reason: text(/\S/, 'the reason').describe('Why it does not apply here. Shown wherever it would have counted.'),
  paths: listOf(glob)
    .min(1, 'expected at least one pattern')
    .optional()
    .describe('Only in these files. Left out: everywhere, and in commands of agents too.'),
});
