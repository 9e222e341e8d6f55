/**
 * The examples of the danger rules: they are the rules' tests, and their pages show them. See src/danger/rules/README.md.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { toolCallOf } from '../../src/provenance/assistants/hook-payloads/server-and-tool-of-call';
import { RULES, type Change, type RuleId } from '../../src/danger';

const FOLDER = path.resolve(import.meta.dirname, '../../src/danger/rules');

const File = {
  path: z.string(),
  from: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
};
const Written = z.strictObject({
  changes: z
    .array(
      z.strictObject({
        title: z.string().optional(),
        typical: z.boolean().default(false),
        ...z.object(File).partial({ path: true }).shape,
        files: z.array(z.strictObject(File)).optional(),
        expect: z.array(z.string()).default([]),
        because: z.string().optional(),
        reason: z.string().optional(),
      }),
    )
    .default([]),
  settings: z
    .strictObject({
      found: z.array(z.string()).min(1),
      silent: z.array(z.union([z.string(), z.strictObject({ change: z.string(), why: z.string() })])).default([]),
    })
    .optional(),
  commands: z
    .strictObject({
      stops: z.array(z.string()).min(1),
      noted: z.array(z.string()).default([]),
      passes: z.array(z.string()).min(1),
    })
    .optional(),
  tools: z
    .strictObject({
      stops: z.array(z.string()).min(1),
      noted: z.array(z.string()).default([]),
      passes: z.array(z.string()).default([]),
    })
    .optional(),
});

/** A change, and what is found in it. */
export interface Example {
  readonly rule: RuleId;
  /** Its position in the rule's file, 1-based. */
  readonly number: number;
  readonly title: string | undefined;
  /** The first example on the rule's page. */
  readonly typical: boolean;
  readonly changes: readonly Change[];
  /** `rule line`, `rule old line`; preceded by the path if there are several files. */
  readonly expect: readonly string[];
  readonly because: string | undefined;
  /** For the rule's page: why it is harmless, or is not. */
  readonly reason: string | undefined;
}

/** Commands that a rule stops, and harmless ones that look like them. */
export interface CommandExamples {
  readonly stops: readonly string[];
  /** Seen, but of so low a severity that nothing is stopped. */
  readonly noted: readonly string[];
  readonly passes: readonly string[];
}

/** Settings that it finds, and those that it lets pass, as lines (see setting-examples.ts). */
export interface SettingExamples {
  readonly found: readonly string[];
  readonly silent: readonly string[];
  /** For the rule's page: why it lets one of these pass. */
  readonly reasons: ReadonlyMap<string, string>;
}

export interface Examples {
  readonly settings: SettingExamples | undefined;
  readonly changes: readonly Example[];
  readonly commands: CommandExamples | undefined;
  /** Calls of tools, as `NAME {"key": "value"}`. */
  readonly tools: CommandExamples | undefined;
}

/** `mcp__github__delete_repository {"repo": "shop"}` as the guard sees it; `NAME!`: its annotations say that it destroys. */
export function toolExample(text: string): ReturnType<typeof toolCallOf> {
  const [, name = '', destroys, input = '{}'] = /^([^\s!]+)(!?)\s*(.*)$/s.exec(text) ?? [];
  return toolCallOf(
    name,
    JSON.parse(input === '' ? '{}' : input),
    destroys === '!' ? { tool_annotations: { destructiveHint: true } } : {},
  );
}

/** The branches of the repository in which the commands of examples run. */
export const BRANCHES: readonly string[] = ['feature', 'main'];

/** The ids of all rules. */
export const RULE_IDS = Object.keys(RULES) as readonly RuleId[]; // exactly its own keys

/** A rule's examples. Throws for a file that does not follow the README. `mark` is inserted where a made-up secret is split. */
export function examplesOf(rule: RuleId, mark = ''): Examples {
  const text = readFileSync(path.join(FOLDER, `${rule}.examples.yml`), 'utf8').replaceAll('⟦⟧', mark);
  const { changes, settings, commands, tools } = Written.parse(parse(text) ?? {});
  return {
    settings: settings && {
      found: settings.found,
      silent: settings.silent.map((one) => (typeof one === 'string' ? one : one.change)),
      reasons: new Map(settings.silent.flatMap((one) => (typeof one === 'string' ? [] : [[one.change, one.why]]))),
    },
    commands,
    tools,
    changes: changes.map(({ title, typical, expect, because, reason, files, ...one }, index) => ({
      rule,
      number: index + 1,
      title,
      typical,
      expect,
      because,
      reason,
      changes: (files ?? [{ ...one, path: one.path ?? '' }]).map(({ path: name, from, before, after }) => ({
        path: name,
        from: from ?? null,
        before: before ?? null,
        after: after ?? null,
      })),
    })),
  };
}
