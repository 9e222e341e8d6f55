/**
 * GitHub's own description of its API, as extracted by `scripts/slice-openapi.ts`: checks requests and responses against
 * it, and creates responses with everything that is required.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
  readonly $ref?: string;
}

interface Operation {
  readonly parameters: readonly {
    readonly $ref?: string;
    readonly name?: string;
    readonly in?: string;
    readonly required?: boolean;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body>>;
}

interface Description {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
}

const FILE = path.resolve(import.meta.dirname, '../../fixtures/openapi/github.json');
const description = JSON.parse(readFileSync(FILE, 'utf8')) as Description;

const asDefinition = (text: string): unknown =>
  JSON.parse(text.replaceAll('"#/components/schemas/', '"#/definitions/'));
const definitions = asDefinition(JSON.stringify(description.components['schemas'])) as object;

const checkers = new Map<string, z.ZodType>();

function checkerOf(schema: Schema): z.ZodType {
  const text = JSON.stringify(schema);
  const known = checkers.get(text);
  if (known) return known;
  const made = z.fromJSONSchema({ ...(asDefinition(text) as object), definitions }, { defaultTarget: 'openapi-3.0' });
  checkers.set(text, made);
  return made;
}

function resolve<T extends { readonly $ref?: string }>(value: T): T {
  if (value.$ref === undefined) return value;
  const [, , kind = '', name = ''] = value.$ref.split('/');
  const found = description.components[kind]?.[name];
  assert.ok(found, `${value.$ref} is not in the slice`);
  return found as unknown as T;
}

/** The operation that a request is for, with the values in its path; undefined when GitHub has none. */
export function operationFor(
  method: string,
  place: string,
): { readonly name: string; readonly values: Readonly<Record<string, string>> } | undefined {
  for (const name of Object.keys(description.operations)) {
    const [verb = '', pattern = ''] = name.split(' ');
    if (verb !== method.toLowerCase()) continue;
    const match = new RegExp(`^${pattern.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(place);
    if (match)
      return {
        name,
        values: Object.fromEntries(
          Object.entries(match.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]),
        ),
      };
  }
  return undefined;
}

/** Throws when a request does not match: unknown query parameters, or a body of another shape. */
export function checkRequest(name: string, query: URLSearchParams, body: unknown): void {
  const operation = description.operations[name];
  assert.ok(operation);
  const known = operation.parameters.map((one) => resolve(one));
  for (const key of query.keys())
    assert.ok(
      known.some((one) => one.name === key && one.in === 'query'),
      `${name} takes no "${key}"`,
    );
  const schema = operation.requestBody?.content?.['application/json']?.schema;
  if (schema === undefined) assert.equal(body, undefined, `${name} takes no body`);
  else check(schema, body, `request of ${name}`);
}

/** Throws when a response does not match. */
export function checkAnswer(name: string, status: number, body: unknown): void {
  const answer = description.operations[name]?.responses[String(status)];
  assert.ok(answer, `${name} never answers with ${String(status)}`);
  const schema = resolve(answer).content?.['application/json']?.schema;
  if (schema !== undefined) check(schema, body, `answer of ${name}`);
}

function check(schema: Schema, value: unknown, what: string): void {
  const parsed = checkerOf(schema).safeParse(value);
  assert.ok(
    parsed.success,
    parsed.success
      ? ''
      : `${what}: ${parsed.error.issues.map(({ path: where, message }) => `${where.join('.')} ${message}`).join('; ')}`,
  );
}

/** A value of a named schema with everything required, overridden by `over`. */
export const sample = (name: string, over: object = {}): object => ({
  ...(madeOf({ $ref: `#/components/schemas/${name}` }) as object),
  ...over,
});

function madeOf(given: Schema): unknown {
  const schema = resolve(given);
  if (schema.nullable === true) return null;
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice) return madeOf(choice);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => madeOf(one) as object)) as object;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((key) => [key, madeOf(schema.properties?.[key] ?? {})]));
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return false;
    case 'string':
      return schema.format === 'uri'
        ? 'https://api.github.example/x'
        : schema.format === 'date-time'
          ? '2025-01-01T00:00:00Z'
          : schema.format === 'email'
            ? 'a@example.com'
            : 'x';
    default:
      return null;
  }
}
