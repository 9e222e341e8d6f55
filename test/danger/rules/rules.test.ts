/** A rule is one place: its rows are asked, none of them is dead, and nobody else reports it. */
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CommandRules, toolDangers } from '../../../src/danger/commands';
import { lookForDangers } from '../../../src/danger/find-in-changes';
import { analyzersFor } from '../../../src/danger/analyzers';
import { classOf, RULES, type RuleId } from '../../../src/danger/rules';
import { COMMANDS } from '../../../src/danger/rules/order-of-rows';
import { SETTINGS } from '../../../src/danger/rules/order-of-rows';
import { TOOLS as TOOL_ROWS } from '../../../src/danger/rules/order-of-rows';
import type { CommandRow, Rule, Settings, ToolRow } from '../../../src/danger/rules/types';
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
  readonly commands?: () => readonly CommandRow[];
  readonly tools?: () => readonly ToolRow[];
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
  const rules = new CommandRules('judged');
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

const CLASSES = FINDING_CLASSES.join('|');
const ID = new RegExp(`(?<!such as )['"\`]((?:${CLASSES})/[a-z0-9]+-[a-z0-9-]+)(?:['"\`]| \\(|: )`, 'g');
/** What only code can find: all sentences with their rules, as they stand in the source. */
const SENTENCE = new RegExp(`(['"\`])((?:${CLASSES})/[\\w-]+(?: \\(\\w+\\))?: .*?)\\1`, 'g');
const SENTENCES = new Set(
  sourcesIn(path.join(SOURCE, 'danger')).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(SENTENCE)].map(([, , sentence = '']) => sentence),
  ),
);

describe('the table of danger rules:', () => {
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

  it('has all rows of each rule: settings, commands and tools', async () => {
    const tables = {
      settings: new Map(SETTINGS),
      commands: new Map(COMMANDS),
      tools: new Map(TOOL_ROWS),
    };
    for (const id of RULE_IDS) {
      const { settings, commands, tools } = await fileOf(id);
      assert.equal(tables.tools.get(id), tools, `tools of ${id} in rules/tools.ts`);
      assert.equal(tables.settings.get(id), settings, `settings of ${id} in rules/settings.ts`);
      assert.equal(tables.commands.get(id), commands, `commands of ${id} in rules/commands.ts`);
    }
  });

  for (const id of RULE_IDS) {
    it(`each row of ${id} decides an example`, async () => {
      const { settings, commands = () => [], tools = () => [] } = await fileOf(id);
      const sentences = [...SENTENCES].filter((sentence) => /^[^ :]+/.exec(sentence)?.[0] === id);
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
        ...tools()
          .filter((row) => !used.has(row))
          .map((row) => `tool: ${row.does} ${JSON.stringify(row)}`),
        ...Object.entries(settings?.() ?? {}).flatMap(([format, rows]) =>
          rows
            .filter((row) => !used.has(row))
            .map(({ key, under = '', says }) => `${format}: ${inspect(key)} under ${inspect(under)}: ${says}`),
        ),
        ...commands()
          .filter((row) => !used.has(row))
          .map(({ program, verb = '', does }) => `${inspect(program)} ${inspect(verb)}: ${does}`),
        ...sentences.filter((sentence) => !used.has(sentence) && !NO_EXAMPLE_YET.has(sentence)),
      ];
      assert.deepEqual(dead, []);
      assert.deepEqual(
        sentences.filter((sentence) => used.has(sentence) && NO_EXAMPLE_YET.has(sentence)),
        [],
        'has an example now',
      );
    });
  }

  it('has each rule whose id or sentence is written in the source', () => {
    const unknown = sourcesIn(SOURCE)
      .flatMap((file) => [...withoutComments(readFileSync(file, 'utf8')).matchAll(ID)])
      .map(([, id = '']) => id)
      .filter((id) => !Object.hasOwn(RULES, id));
    assert.deepEqual(unknown, []);
  });
});
