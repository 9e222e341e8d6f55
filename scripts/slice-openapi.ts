/**
 * Extracts from the forges' descriptions of their APIs what our clients use, for the tests' servers:
 * `npx tsx scripts/slice-openapi.ts FORGE FILE… > test/fixtures/openapi/FORGE.json`. Where the FILEs are: `SOURCES`. They
 * are large, so they are no dependencies. Only structure is kept: no prose and no examples.
 */
import { readFileSync } from 'node:fs';
import { CALLS, type Described } from './forge-calls';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

const PROSE = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'tags',
  'operationId',
  'title',
  'deprecated',
]);

/** Removes prose. The keys of `properties` are names and stay, whatever they are. */
function bare(value: Json, names = false): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => bare(each));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([key]) => names || (!PROSE.has(key) && !key.startsWith('x-')));
  return Object.fromEntries(entries.map(([key, each]) => [key, bare(each, !names && key === 'properties')]));
}

/** The targets of references, as `components/schemas/NAME`. */
const refsIn = (value: Json): readonly string[] =>
  [...JSON.stringify(value).matchAll(/"\$ref":"#\/(components\/[^"]+)"/g)].flatMap((match) => match[1] ?? []);

const at = (from: Json, place: string): Json =>
  place.split('/').reduce<Json>((value, key) => (value as Record<string, Json>)[key] ?? null, from);

function slice(all: Json, calls: readonly string[]): Json {
  const operations = calls.map((name): [string, Json] => {
    const [method = '', path = ''] = name.split(' ');
    const found = (at(all, 'paths') as Record<string, Record<string, Json>>)[path]?.[method];
    if (found === undefined) throw new Error(`the description has no ${name}`);
    return [name, bare(found)];
  });
  const components = new Map<string, Json>();
  const waiting = [...refsIn(operations.map(([, one]) => one))];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (components.has(next)) continue;
    const found = bare(at(all, next));
    components.set(next, found);
    waiting.push(...refsIn(found));
  }
  const nested: Record<string, Record<string, Json>> = {};
  for (const [place, value] of [...components].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const [, kind = '', name = ''] = place.split('/');
    nested[kind] = { ...nested[kind], [name]: value };
  }
  return { info: at(all, 'info/version'), operations: Object.fromEntries(operations), components: nested };
}

/** Parts of a description that are in several files become one. */
function whole(files: readonly Json[]): Json {
  const merged: Record<string, Json> = {};
  for (const file of files as readonly JsonObject[])
    for (const [key, value] of Object.entries(file))
      merged[key] =
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? { ...(merged[key] as JsonObject | undefined), ...(value as JsonObject) }
          : value;
  return merged;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Swagger 2.0 in the form of OpenAPI 3.0, as far as it is used here. */
function modern(all: Json): Json {
  if (!isObject(all) || all['swagger'] !== '2.0') return all;
  const moved = JSON.parse(
    JSON.stringify(all)
      .replaceAll('"#/definitions/', '"#/components/schemas/')
      .replaceAll('"#/responses/', '"#/components/responses/')
      .replaceAll('"#/parameters/', '"#/components/parameters/'),
  ) as JsonObject;
  const content = (schema: Json): Json => ({ content: { 'application/json': { schema } } });
  const response = (one: Json): Json => (isObject(one) && isObject(one['schema']) ? content(one['schema']) : one);
  const parameter = (one: Json): Json => {
    if (!isObject(one) || one['in'] === 'body' || one['$ref'] !== undefined) return one;
    const { name = null, in: place = null, required = null, ...schema } = one;
    return { name, in: place, required, schema };
  };
  const each = (value: Json | undefined, change: (one: Json) => Json): Json =>
    Object.fromEntries(Object.entries((value ?? {}) as JsonObject).map(([key, one]) => [key, change(one)]));
  const operation =
    (common: readonly Json[]) =>
    (one: Json): Json => {
      if (!isObject(one)) return one;
      const parameters = [...common, ...((one['parameters'] ?? []) as readonly Json[])];
      const body = parameters.find((each) => isObject(each) && each['in'] === 'body') as JsonObject | undefined;
      return {
        parameters: parameters.filter((each) => each !== body).map(parameter),
        ...(body === undefined ? {} : { requestBody: content(body['schema'] ?? {}) }),
        responses: each(one['responses'], response),
      };
    };
  return {
    info: moved['info'] ?? {},
    paths: each(moved['paths'], (path) => {
      const { parameters = [], ...methods } = path as JsonObject;
      return each(methods, operation(parameters as readonly Json[]));
    }),
    components: {
      schemas: moved['definitions'] ?? {},
      responses: each(moved['responses'], response),
      parameters: each(moved['parameters'], parameter),
    },
  };
}

const [forge = '', ...files] = process.argv.slice(2);
const calls = CALLS[forge as Described] as readonly string[] | undefined;
if (calls === undefined || files.length === 0)
  throw new Error(`which forge (${Object.keys(CALLS).join(', ')}), and which files?`);
const read = (file: string): Json => JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as Json;
console.log(JSON.stringify(slice(modern(whole(files.map(read))), calls)));
