/**
 * Extracts from GitHub's OpenAPI description what our client uses, for the tests' server:
 * `npx tsx scripts/slice-openapi.ts FILE > test/fixtures/openapi/github.json`, where FILE is
 * `generated/api.github.com.json` of the npm package `@octokit/openapi`. The package has 385 MB, so it is not a
 * dependency. Only structure is kept: no prose and no examples.
 */
import { readFileSync } from 'node:fs';

/** `METHOD path` of every call that src/forge/api may make, and of those that the editor's own sign-in makes. */
const OPERATIONS = [
  'get /user',
  'get /repos/{owner}/{repo}',
  'get /repos/{owner}/{repo}/pulls',
  'post /repos/{owner}/{repo}/pulls',
  'patch /repos/{owner}/{repo}/pulls/{pull_number}',
  'post /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
  'get /repos/{owner}/{repo}/pulls/{pull_number}',
  'get /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
  'get /repos/{owner}/{repo}/pulls/{pull_number}/commits',
  'get /orgs/{org}/teams/{team_slug}/members',
  'get /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'post /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'patch /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'post /repos/{owner}/{repo}/issues/{issue_number}/labels',
  'delete /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}',
  'post /repos/{owner}/{repo}/statuses/{sha}',
  'get /repos/{owner}/{repo}/deployments',
  'get /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
];

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

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

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

function slice(all: Json): Json {
  const operations = OPERATIONS.map((name): [string, Json] => {
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

const [file = ''] = process.argv.slice(2);
console.log(JSON.stringify(slice(JSON.parse(readFileSync(file, 'utf8')) as Json)));
