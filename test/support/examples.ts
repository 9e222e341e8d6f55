/**
 * The examples of the danger rules: they are the rules' tests, and their pages show them. See
 * test/danger/examples/README.md.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { RULES, type Change, type RuleId } from '../../src/danger';

const FOLDER = path.resolve(import.meta.dirname, '../danger/examples');

const File = {
  path: z.string(),
  from: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
};
const Written = z.strictObject({
  title: z.string().optional(),
  rule: z.enum(Object.keys(RULES) as [RuleId, ...RuleId[]]),
  ...z.object(File).partial({ path: true }).shape,
  files: z.array(z.strictObject(File)).optional(),
  expect: z.array(z.string()).default([]),
  because: z.string().optional(),
});

export interface Example {
  /** The file that it is from, without its extension. */
  readonly pack: string;
  /** Its position in that file, 1-based. */
  readonly number: number;
  readonly title: string | undefined;
  readonly rule: RuleId;
  readonly changes: readonly Change[];
  /** `rule line`, `rule old line`; preceded by the path if there are several files. */
  readonly expect: readonly string[];
  readonly because: string | undefined;
}

export const PACKS_WITH_EXAMPLES: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yml'))
  .map((name) => name.slice(0, -'.yml'.length))
  .sort();

/** Throws for a file that does not follow the README. `mark` is inserted where a made-up secret is split. */
export function examplesOf(pack: string, mark = ''): readonly Example[] {
  const written = z
    .array(Written)
    .parse(parse(readFileSync(path.join(FOLDER, `${pack}.yml`), 'utf8').replaceAll('⟦⟧', mark)));
  return written.map(({ title, rule, expect, because, files, ...one }, index) => ({
    pack,
    number: index + 1,
    title,
    rule,
    expect,
    because,
    changes: (files ?? [{ ...one, path: one.path ?? '' }]).map(({ path: name, from, before, after }) => ({
      path: name,
      from: from ?? null,
      before: before ?? null,
      after: after ?? null,
    })),
  }));
}

/** Commands that a rule stops, and harmless ones that look like them. */
export interface CommandExamples {
  readonly stops: readonly string[];
  readonly passes: readonly string[];
}

/** Examples of commands by rule. Throws for a file that does not follow its first line. */
export function commandExamples(): ReadonlyMap<RuleId, CommandExamples> {
  const shape = z.partialRecord(
    z.enum(Object.keys(RULES) as [RuleId, ...RuleId[]]),
    z.strictObject({ stops: z.array(z.string()).min(1), passes: z.array(z.string()).min(1) }),
  );
  const read = shape.parse(parse(readFileSync(path.resolve(FOLDER, '../commands.yml'), 'utf8')));
  return new Map(Object.entries(read) as [RuleId, CommandExamples][]);
}
