/** A rule is one place: its rows are asked, none of them is dead, and nobody else reports it. */
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CommandRules, toolDangers } from '../../../src/danger/commands';
import { lookForDangers } from '../../../src/danger/find';
import { analyzersFor } from '../../../src/danger/analyzers';
import { classOf, RULES, type RuleId } from '../../../src/danger/rules';
import { COMMANDS } from '../../../src/danger/rules/commands';
import { FACTS } from '../../../src/danger/rules/facts-by-rule';
import { SETTINGS } from '../../../src/danger/rules/settings';
import { TOOLS as TOOL_ROWS } from '../../../src/danger/rules/tools';
import type { CommandRow, Facts, Rule, Settings, ToolRow } from '../../../src/danger/rules/types';
import type { Noticed, Analyzer } from '../../../src/danger/types';
import { FINDING_CLASSES } from '../../../src/policy/types';
import { FILE_STEPS, NOTHING_READ, stepsOf, Work } from '../../../src/danger/shell';
import { BRANCHES, examplesOf, RULE_IDS, toolExample } from '../../support/examples';
import { TOOLS } from '../../support/grammars';
import { settingChange } from '../../support/setting-examples';
import { NO_EXAMPLE_YET } from './no-example-yet';

const SOURCE = path.resolve(import.meta.dirname, '../../../src');
const FOLDER = path.join(SOURCE, 'danger/rules');

/** What a rule's file exports. */
interface RuleFile {
  readonly rule: Rule;
  readonly settings?: () => Settings;
  readonly commands?: readonly CommandRow[];
  readonly facts?: Facts;
  readonly tools?: readonly ToolRow[];
}

const fileOf = (id: RuleId): Promise<RuleFile> => import(path.join(FOLDER, `${id}.ts`)) as Promise<RuleFile>;

/** The analyzers, which hand on every row that they used. */
const listening = (used: Set<unknown>, id: RuleId): readonly Analyzer[] => {
  const note = <One extends Noticed>(found: readonly One[]): readonly One[] => {
    for (const { row } of found) used.add(row);
    return found;
  };
  return analyzersFor([classOf(id)]).map((analyzer): Analyzer =>
    'noticeAll' in analyzer
      ? { ...analyzer, noticeAll: async (changes, tools) => note(await analyzer.noticeAll(changes, tools)) }
      : { ...analyzer, notice: async (change, tools) => note(await analyzer.notice(change, tools)) },
  );
};

/** The rows that a command's text reaches. */
function rowsIn(text: string): readonly unknown[] {
  const rules = new CommandRules();
  const place = {
    home: '/home/dev',
    root: '/work',
    read: () => undefined,
    isRevision: (name: string) => BRANCHES.includes(name),
  };
  const files = {
    matching: () => [],
    text: () => undefined,
    isCommitted: () => false,
    alias: () => undefined,
    isRevision: () => false,
  };
  const steps = stepsOf(text, { cwd: '/work', home: '/home/dev', root: '/work', files }, new Work(FILE_STEPS));
  return [...steps].flatMap(({ invocation, folders }) =>
    rules.of(invocation, { ...place, folders }, NOTHING_READ).map(({ row }) => row),
  );
}

const withoutComments = (text: string): string => text.replace(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, '');

const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));

describe('the table of danger rules', () => {
  it('has an entry for each rule file, and a .ts and an .examples.yml file for each entry', () => {
    const files = FINDING_CLASSES.flatMap((area) =>
      (existsSync(path.join(FOLDER, area)) ? readdirSync(path.join(FOLDER, area)) : []).map(
        (name) => `${area}/${name}`,
      ),
    );
    assert.deepEqual(
      files.filter((name) => name.endsWith('.ts')).sort(),
      Object.keys(RULES)
        .map((id) => `${id}.ts`)
        .sort(),
    );
    assert.deepEqual(
      files.filter((name) => name.endsWith('.yml')).sort(),
      Object.keys(RULES)
        .map((id) => `${id}.examples.yml`)
        .sort(),
    );
  });

  it('has all rows of each rule: settings, commands, facts and tools', async () => {
    const tables = {
      settings: new Map(SETTINGS),
      commands: new Map(COMMANDS),
      facts: new Map(FACTS),
      tools: new Map(TOOL_ROWS),
    };
    for (const id of RULE_IDS) {
      const { settings, commands, facts, tools } = await fileOf(id);
      assert.equal(tables.tools.get(id), tools, `tools of ${id} in rules/tools.ts`);
      assert.equal(tables.settings.get(id), settings, `settings of ${id} in rules/settings.ts`);
      assert.equal(tables.commands.get(id), commands, `commands of ${id} in rules/commands.ts`);
      assert.equal(tables.facts.get(id), facts, `facts of ${id} in rules/facts-by-rule.ts`);
    }
  });

  for (const id of RULE_IDS) {
    it(`each row of ${id} decides an example`, async () => {
      const { settings, commands = [], facts = {}, tools = [] } = await fileOf(id);
      const used = new Set<unknown>();
      const analyzers = listening(used, id);
      const examples = examplesOf(id);
      for (const { changes } of examples.changes) await lookForDangers(changes, TOOLS, analyzers);
      for (const example of examples.settings?.found ?? [])
        await lookForDangers([settingChange(example)], TOOLS, analyzers);
      const { stops = [], noted = [] } = examples.commands ?? {};
      for (const text of [...stops, ...noted]) for (const row of rowsIn(text)) used.add(row);
      for (const text of [...(examples.tools?.stops ?? []), ...(examples.tools?.noted ?? [])]) {
        const { carried, named } = toolDangers(toolExample(text));
        for (const { row } of [...carried, ...named]) used.add(row);
      }
      const dead = [
        ...tools.filter((row) => !used.has(row)).map((row) => `tool: ${row.does} ${JSON.stringify(row)}`),
        ...Object.entries(settings?.() ?? {}).flatMap(([format, rows]) =>
          rows
            .filter((row) => !used.has(row))
            .map(({ key, under = '', says }) => `${format}: ${inspect(key)} under ${inspect(under)}: ${says}`),
        ),
        ...commands
          .filter((row) => !used.has(row))
          .map(({ program, verb = '', does }) => `${inspect(program)} ${inspect(verb)}: ${does}`),
        ...Object.keys(facts).filter((name) => !used.has(name) && !NO_EXAMPLE_YET.has(name)),
      ];
      assert.deepEqual(dead, []);
      assert.deepEqual(
        Object.keys(facts).filter((name) => used.has(name) && NO_EXAMPLE_YET.has(name)),
        [],
        'has an example now',
      );
    });
  }

  it("a rule's id is written only in its own file and the tables", () => {
    const spread = new Set<string>();
    for (const file of sourcesIn(SOURCE).filter((name) => !name.startsWith(FOLDER))) {
      for (const [, id = ''] of withoutComments(readFileSync(file, 'utf8')).matchAll(
        /(?<!such as )['"`]((?:destructive|permissions|secrets|checks|agents|availability)\/[\w-]+)['"`]/g,
      ))
        if (Object.hasOwn(RULES, id)) spread.add(id);
    }
    assert.deepEqual([...spread].sort(), []);
  });
});
