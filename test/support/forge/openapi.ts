/**
 * The forges' own descriptions of their APIs, as extracted by `scripts/slice-openapi.ts`: they check requests and
 * responses, and create responses with everything that is required.
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

const asDefinition = (text: string): unknown =>
  JSON.parse(text.replaceAll('"#/components/schemas/', '"#/definitions/'));

/** Descriptions in the older form can't say that something may be null, or empty where it has a format. */
const withoutNothing = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? {}), (_key, each: unknown) =>
    each === null || each === '' ? undefined : each,
  ) as unknown;

/** Of JSON, under any of the names that descriptions have for it. */
const schemaOf = ({ content = {} }: Body): Schema | undefined =>
  Object.entries(content).find(([type]) => /^(?:application\/json(?:;.*)?|\*\/\*)$/i.test(type))?.[1].schema;

export class ApiDescription {
  private readonly description: Description;
  private readonly definitions: object;
  private readonly checkers = new Map<string, z.ZodType>();

  constructor(readonly forge: 'github' | 'gitea' | 'azure' | 'bitbucket-cloud' | 'bitbucket-dc' | 'gitlab') {
    const file = path.resolve(import.meta.dirname, `../../fixtures/openapi/${forge}.json`);
    this.description = JSON.parse(readFileSync(file, 'utf8')) as Description;
    this.definitions = asDefinition(JSON.stringify(this.description.components['schemas'])) as object;
  }

  private checkerOf(schema: Schema): z.ZodType {
    const text = JSON.stringify(schema);
    const known = this.checkers.get(text);
    if (known) return known;
    const made = z.fromJSONSchema(
      { ...(asDefinition(text) as object), definitions: this.definitions },
      { defaultTarget: 'openapi-3.0' },
    );
    this.checkers.set(text, made);
    return made;
  }

  private resolve<T extends { readonly $ref?: string }>(value: T): T {
    if (value.$ref === undefined) return value;
    const [, , kind = '', name = ''] = value.$ref.split('/');
    const found = this.description.components[kind]?.[name];
    assert.ok(found, `${value.$ref} is not in the slice`);
    return found as unknown as T;
  }

  /** The operation that a request is for, with the values in its path; undefined when the forge has none. */
  operationFor(
    method: string,
    place: string,
  ): { readonly name: string; readonly values: Readonly<Record<string, string>> } | undefined {
    for (const name of Object.keys(this.description.operations)) {
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
  checkRequest(name: string, query: URLSearchParams, body: unknown): void {
    const operation = this.description.operations[name];
    assert.ok(operation);
    const known = operation.parameters.map((one) => this.resolve(one));
    for (const key of query.keys())
      assert.ok(
        known.some((one) => one.name === key && one.in === 'query'),
        `${name} takes no "${key}"`,
      );
    for (const one of known)
      assert.ok(
        one.in !== 'query' || one.required !== true || query.has(one.name ?? ''),
        `${name} needs ${one.name ?? ''}`,
      );
    const schema = operation.requestBody && schemaOf(this.resolve(operation.requestBody));
    if (schema === undefined) assert.equal(body, undefined, `${name} takes no body`);
    else {
      this.check(schema, body, `request of ${name}`);
      const names = this.propertiesOf(schema);
      for (const key of typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.keys(body) : [])
        assert.ok(names.size === 0 || names.has(key), `request of ${name} takes no "${key}"`);
    }
  }

  /** Names of an object's properties; none when it may have any. */
  private propertiesOf(given: Schema): ReadonlySet<string> {
    const schema = this.resolve(given);
    const inner = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
    return new Set([...Object.keys(schema.properties ?? {}), ...inner.flatMap((one) => [...this.propertiesOf(one)])]);
  }

  /** Throws when a response does not match. */
  checkAnswer(name: string, status: number, body: unknown): void {
    const answers = this.description.operations[name]?.responses;
    const answer = answers?.[String(status)] ?? answers?.['default'];
    assert.ok(answer, `${name} never answers with ${String(status)}`);
    const schema = schemaOf(this.resolve(answer));
    if (schema !== undefined)
      this.check(schema, this.forge === 'github' ? body : withoutNothing(body), `answer of ${name}`);
  }

  /**
   * Throws when a response has a property that the description lacks. GitLab's calls all "string" whose type nobody
   * gave, and describes lists by what is in them, so only names can be held.
   */
  checkNames(name: string, status: number, body: unknown): void {
    const answer = this.description.operations[name]?.responses[String(status)];
    assert.ok(answer, `${name} never answers with ${String(status)}`);
    const schema = schemaOf(this.resolve(answer));
    assert.ok(schema, `${name} describes no answer`);
    const names = this.propertiesOf(schema.items ?? schema);
    for (const each of Array.isArray(body) ? (body as readonly unknown[]) : [body])
      for (const key of Object.keys(each as object)) assert.ok(names.has(key), `answer of ${name} has no "${key}"`);
  }

  private check(schema: Schema, value: unknown, what: string): void {
    const parsed = this.checkerOf(schema).safeParse(value);
    assert.ok(
      parsed.success,
      parsed.success
        ? ''
        : `${what}: ${parsed.error.issues.map(({ path: where, message }) => `${where.join('.')} ${message}`).join('; ')}`,
    );
  }

  /** A value of a named schema with everything required, overridden by `over`. */
  sample(name: string, over: object = {}): object {
    return { ...(this.madeOf({ $ref: `#/components/schemas/${name}` }) as object), ...over };
  }

  private madeOf(given: Schema): unknown {
    const schema = this.resolve(given);
    if (schema.nullable === true) return null;
    const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
    if (choice) return this.madeOf(choice);
    if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => this.madeOf(one) as object)) as object;
    if (schema.enum) return schema.enum[0];
    switch (schema.type) {
      case 'object':
        return Object.fromEntries(
          (schema.required ?? []).map((key) => [key, this.madeOf(schema.properties?.[key] ?? {})]),
        );
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
}

/** GitHub's. */
export const GITHUB = new ApiDescription('github');
