/**
 * Checks as links of a chain that requests go through: what is handed to `r.Use(…)` or `alice.New(…)`, what a list such
 * as MIDDLEWARE names, what a matcher of Spring Security asks for.
 */
import { anyOf, wordSet } from '../../base/patterns';
import type { SyntaxNode } from '../syntax';
import type { Call, Chain, Check } from './types';
import { spaced } from '../identifier-words';

/** Calls whose arguments are links. */
const CHAINS =
  /^(?:use|with|with_?middlewares?|middlewares?|use_?middleware|add_?middleware|group|route|add_?hook|add_?filter(?:before|after|at)?|append|extend|chain)$/i;
/** Builders of chains, by what is before `.New`. */
const BUILDERS = /^(?:alice|negroni|interpose|chain)$/;
/** Settings that list links, or name one. */
const LISTS =
  /^(?:middleware(?:_classes|groups|priority)?|(?:default_)?(?:permission|authentication)_classes|pre_?handlers?|pre_?validation|on_?request|dependencies|filters?)$/i;
const ASKS = /^(?:hasRole|hasAnyRole|hasAuthority|hasAnyAuthority|authenticated|fullyAuthenticated|denyAll|access)$/;
const MATCHERS = /^(?:requestMatchers|antMatchers|mvcMatchers|pathMatchers|securityMatcher|anyRequest|anyExchange)$/;

/** A link that checks who comes in, by the words of its name. */
const CHECKS = /* @__PURE__ */ anyOf(
  String.raw`auth[nz]? authenticat\w* authori[sz]\w* is\sauthenticated jwt oidc oauth2? saml csrf xsrf login logged
  permissions? acl rbac admin roles? signature hmac api\skey apikey rate\s?limit\w* throttl\w* limiter rack\sattack current\suser
  protect(?:ed)? (?:verify|require|ensure)\s\w+`,
  { before: String.raw`\b(?:`, after: String.raw`)\b` },
);
/** What is mounted there and checks nothing. */
const MOUNTED = /\b(?:rout(?:es?|ers?|ing)|controllers?|handlers?|pages?|views?|service|optional|logout|allow any)\b/;
const BLOCKS = wordSet(`
  block body_statement class_body compound_statement declaration_list module program source_file statement_block
  statement_list
`);
const READ_ON = 3000;
const SHOWN = 160;

/** `requireAuth(x)`, `auth.RequireAuth`, `'auth:api'` as words. */
const wordsOf = (text: string): string =>
  spaced(text, ' ')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .toLowerCase();

/** The name of a link, without what it is called with. What only hands something on has no name of its own. */
export const nameOfLink = (text: string): string =>
  /^(?:Depends|Security|new|\w*Matchers?|any(?:Request|Exchange))\b/.test(text)
    ? text
    : (/^[^({]*/.exec(text)?.[0] ?? text);

/** Whether this text, as a link, checks who comes in. */
function isCheckingLink(text: string): boolean {
  if (/=>|\bfunc(?:tion)?\b|^require\(/.test(text)) return false; // a function written in place, a file that is mounted
  const words = wordsOf(nameOfLink(text)).replace('view middleware', 'middleware');
  return CHECKS.test(words) && !MOUNTED.test(words);
}

/** The links that a call adds. `around`: the routes that it stands in. */
export function linksOfCall(
  node: SyntaxNode,
  { name, receiver, list }: { readonly name: string; readonly receiver: string; readonly list: SyntaxNode | undefined },
  place: { readonly guards: string; readonly guardLine: number },
  assigned: ReadonlyMap<string, string>,
): readonly Check[] {
  if (ASKS.test(name)) return matched(node, name, place);
  if (list === undefined || !(CHAINS.test(name) || (name === 'New' && BUILDERS.test(receiver)))) return [];
  // the address of a page, `route('login')`; Go's way to make a list longer
  if (receiver === '' && /^(?:route|append|extend)$/i.test(name)) return [];
  const links = list.namedChildren
    .slice(0, 60)
    .flatMap(elementsOf)
    .filter((link) => isChecking(link) || namesChecks(link, assigned));
  if (links.length === 0) return [];
  const chain: Chain = { root: rootOf(receiver), routes: routesBehind(node) };
  return links.map((link) => linkAt(link, place, chain));
}

/** The links that a setting lists: by itself, or as an option of a call. */
export function linksOfSetting(
  key: string,
  value: SyntaxNode,
  place: { readonly guards: string; readonly guardLine: number; readonly around: readonly Call[] },
): readonly Check[] {
  if (!LISTS.test(key)) return [];
  const call = place.around.at(-1);
  const route = call?.args[0]?.string?.value;
  if (call !== undefined && route !== undefined && call.args.length > 1 && isRoute(call.name)) return []; // read as a route
  const guards = place.guards === '' ? key : place.guards;
  const chain = { root: call?.name ?? '', routes: route?.startsWith('/') === true ? [route] : groupOf(value) };
  return elementsOf(value)
    .filter(isChecking)
    .map((link) => linkAt(link, { guards, guardLine: place.guardLine }, chain));
}

/** What a group of routes is known by, beside its links: `['prefix' => 'admin', 'middleware' => […]]`. */
function groupOf(value: SyntaxNode): readonly string[] {
  const pairs = value.parent?.parent?.namedChildren.slice(0, 20) ?? [];
  const texts = new Map(
    pairs.map(({ namedChildren: [key, name] }) => [unquoted(key?.text), unquoted(name?.text)] as const),
  );
  const group = GROUP_NAMES.map((name) => texts.get(name)).find((name) => name !== undefined && name !== '');
  return value.parent?.type === 'array_element_initializer' && group !== undefined ? [group] : [];
}

const GROUP_NAMES = ['prefix', 'as', 'namespace'];
const unquoted = (text = ''): string => text.slice(0, SHOWN).replace(/^(["'])(.*)\1$/, '$2');

/** Whether a call of this name with a path and handlers is a route. */
export const isRoute = (name: string): boolean =>
  /^(?:get|post|put|patch|delete|all|use|del|options|head)$/i.test(name);

/** Whether this sends requests: `axios.post('/orders', { token })` is no route. */
export const isClient = (receiver: string): boolean =>
  /(?:axios|fetch|http|request|client|agent|(?:^|\.)ky|(?:^|\.)got)(?:Factory)?(?:\(\))?$/i.test(receiver);

const rootOf = (receiver: string): string => /^\$?\w+/.exec(receiver)?.[0] ?? '';

/** An element, or those of a list; PHP wraps each in a node of its own. */
function elementsOf(node: SyntaxNode): readonly SyntaxNode[] {
  // of a group of Laravel, `'api' => […]`, what it is made of
  if (/^(?:argument|array_element_initializer|literal_element|literal_value)$/.test(node.type))
    return node.namedChildren.slice(-1).flatMap(elementsOf);
  return /^(?:array|list|tuple|array_creation_expression|set)$/.test(node.type)
    ? node.namedChildren.slice(0, 100).flatMap(elementsOf)
    : [node];
}

const squeezed = (node: SyntaxNode): string => node.text.slice(0, SHOWN).replace(/\s/g, '');
const isChecking = (node: SyntaxNode): boolean => isCheckingLink(squeezed(node).replace(/^\[\]/, ''));

/** A variable that holds a list of links: `$middleware = ['auth:api', 'verified']`. */
const namesChecks = (node: SyntaxNode, assigned: ReadonlyMap<string, string>): boolean =>
  node.type === 'variable_name' &&
  [...(assigned.get(node.text) ?? '').matchAll(/(['"])([\w:,.-]{1,80})\1/g)].some(([, , link = '']) =>
    isCheckingLink(link),
  );

const linkAt = (
  link: SyntaxNode,
  { guards, guardLine }: { readonly guards: string; readonly guardLine: number },
  chain: Chain,
): Check => ({ text: squeezed(link), line: link.startLine, kind: 'link', guards, guardLine, chain });

const OF_LARAVEL = /\bRoute::(?:get|post|put|patch|delete|any|options|view)\(\s*(['"])([^'"\s]{0,200})\1/g;

/** The routes that a link stands before: in the call that follows it, and in the rest of its block. */
function routesBehind(node: SyntaxNode): readonly string[] {
  let block = node.parent;
  while (block !== undefined && !BLOCKS.has(block.type)) block = block.parent;
  if (block === undefined) return [];
  const text = node.text.slice(0, 400);
  const own =
    /^[^'"`]*?(['"`])(\/[^'"`\s]{0,200})\1/.exec(text)?.[2] ?? [...text.matchAll(OF_LARAVEL)].find(isFirst)?.[2];
  if (own !== undefined) return [own];
  const from = node.end - block.start;
  const rest = block.text.slice(from, from + READ_ON);
  if (/^\s*->group\(/.test(rest)) return [...rest.matchAll(OF_LARAVEL)].map(([, , route = '']) => route).slice(0, 100);
  // a chain that goes on at once guards what it goes on to, and nothing else
  const behind = /^\s*(?:\.|->|::)/.test(rest) ? rest.slice(0, /;|\n\s*\n/.exec(rest)?.index ?? rest.length) : rest;
  return [...behind.matchAll(/(['"`])(\/[^'"`\s]{0,200})\1/g)].map(([, , route = '']) => route).slice(0, 100);
}

const isFirst = ({ index }: RegExpExecArray): boolean => index === 0;

/** `requestMatchers("/admin/**").hasRole("ADMIN")` */
function matched(node: SyntaxNode, name: string, { guardLine }: { readonly guardLine: number }): readonly Check[] {
  const matcher = node.childForField('object');
  if (matcher === undefined || !MATCHERS.test(matcher.childForField('name')?.text ?? '')) return [];
  const routes = matcher.childForField('arguments')?.text.replace(/\s/g, '').slice(0, SHOWN) ?? '';
  const line = (node.childForField('name') ?? node).startLine;
  const guards = `${matcher.childForField('name')?.text ?? ''}${routes}`;
  return [{ text: `${guards}.${name}`, line, kind: 'link', guards, guardLine, chain: { root: 'matcher', routes: [] } }];
}
