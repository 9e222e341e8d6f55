/** Extracts calls, pairs and checks from a syntax tree, whatever the language. */
import { wordSet } from '../../base/patterns';
import type { SyntaxNode } from '../syntax';
import { isClient, isRoute, linksOfCall, linksOfSetting } from './middleware-chain-links';
import { exemptPaths, letsEverybody } from './exempt-paths-and-always-true-checks';
import { stringOf } from './string-literals';
import type { Argument, Call, Check, Code, Pair } from './types';

const CALLS = wordSet(`
  call call_expression new_expression method_invocation object_creation_expression function_call_expression
  member_call_expression nullsafe_member_call_expression scoped_call_expression explicit_constructor_invocation
`);
const NEW = new Set(['new_expression', 'object_creation_expression']);
const FUNCTIONS = wordSet(`
  function_definition function_declaration method_definition method_declaration method singleton_method
  constructor_declaration
`);
const CLASSES = new Set(['class_definition', 'class_declaration', 'class', 'module']);
const PAIRS = wordSet(`
  pair keyword_argument keyed_element array_element_initializer assignment assignment_expression
  element_value_pair
`);
const LISTS = new Set(['arguments', 'argument_list']);
const IGNORED = wordSet('comment line_comment block_comment import_statement import_declaration import_from_statement');
const ENDS = wordSet(`
  return_statement throw_statement raise_statement return continue_statement break_statement throw_expression
`);
const DECLARATIONS = new Set(['variable_declarator', 'short_var_declaration', 'var_spec', 'property_element']);
const CONDITIONS = new Set(['if_statement', 'if', 'unless', 'if_modifier', 'unless_modifier']);
const DECORATORS = new Set(['decorator', 'annotation', 'marker_annotation', 'attribute_list']);
const LOOKED_AT = new Set([
  ...CALLS,
  ...FUNCTIONS,
  ...CLASSES,
  ...PAIRS,
  ...IGNORED,
  ...DECLARATIONS,
  ...CONDITIONS,
  ...DECORATORS,
]);
/** Functions and blocks that revert a migration. */
const DOWN =
  /^(?:safe_?)?(?:down(?!load|stream|scale|sample|case|to|beat|time)|revert|rollback|undo|backward|unapply|reverse)/i;
const SHOWN = 400;
/** A condition that names many paths is compared to its end. */
const CONDITION_AT_MOST = 1500;
const CALLS_AT_MOST = 20_000;

interface Scope {
  readonly within: string;
  readonly down: boolean;
  readonly around: readonly Call[];
  /** Name of the class or function that the checks guard. */
  readonly guards: string;
  readonly guardLine: number;
  /** The class of that function; empty for any other. */
  readonly owner: string;
}

interface Reading {
  readonly calls: Call[];
  readonly pairs: Pair[];
  readonly checks: Check[];
  readonly known: Map<string, number>;
  readonly assigned: Map<string, string>;
  readonly bodies: readonly SyntaxNode[];
}

/** Everything in one text that the rules look at. */
export function readCode(root: SyntaxNode): Code {
  const bodies = root.text.includes('<<') ? heredocsIn(root) : [];
  const reading: Reading = { calls: [], pairs: [], checks: [], known: new Map(), assigned: new Map(), bodies };
  root.visitKinds<Scope>(
    LOOKED_AT,
    { within: '', down: false, around: [], guards: '', guardLine: 0, owner: '' },
    (node, place) => visit(node, place, reading),
  );
  return reading;
}

function heredocsIn(root: SyntaxNode): readonly SyntaxNode[] {
  const bodies: SyntaxNode[] = [];
  root.visitKinds(new Set(['heredoc_body']), undefined, (body) => void bodies.push(body));
  return bodies;
}

/** The place that the node's children are in; null to skip them. */
function visit(node: SyntaxNode, place: Scope, reading: Reading): Scope | null {
  if (IGNORED.has(node.type) || reading.calls.length > CALLS_AT_MOST) return null;
  let here = place;
  if (FUNCTIONS.has(node.type) || CLASSES.has(node.type)) here = named(node, place, reading);
  else if (CALLS.has(node.type)) here = called(node, place, reading);
  else if (PAIRS.has(node.type)) here = paired(node, place, reading);
  else if (DECLARATIONS.has(node.type)) here = declared(node, place, reading);
  else if (CONDITIONS.has(node.type)) condition(node, place, reading);
  else if (DECORATORS.has(node.type)) decorated(node, place, reading);
  return here;
}

function named(node: SyntaxNode, place: Scope, reading: Reading): Scope {
  const name = node.childForField('name')?.text.slice(0, 80) ?? '';
  const isFunction = FUNCTIONS.has(node.type);
  reading.known.set(name, node.startLine);
  const open = isFunction ? letsEverybody(node, name, place) : undefined;
  if (open !== undefined) reading.checks.push(open);
  // several classes may have a method of one name
  const owner = isFunction ? place.guards : '';
  if (owner !== '') reading.known.set(`${owner}.${name}`, node.startLine);
  return {
    ...place,
    owner,
    within: isFunction ? name : place.within,
    down: place.down || (isFunction && DOWN.test(name)),
    guards: name,
    guardLine: node.startLine,
    around: isFunction ? [] : place.around,
  };
}

function called(node: SyntaxNode, place: Scope, reading: Reading): Scope {
  const list = node.childForField('arguments') ?? node.childOf(...LISTS);
  const callee = squeezed(node, list);
  if (callee === '') return place;
  const cut = /(?:\?\.|\.|::|->|\?->|&\.)([\w$!?]+)$/.exec(callee);
  const name = (cut?.[1] ?? callee).replace(/^new(?=[A-Z])/, '');
  const args = list === undefined ? [] : argumentsOf(list, reading);
  const line = lineOfName(node, list);
  const call: Call = {
    name,
    receiver: cut === null ? '' : callee.slice(0, cut.index),
    line,
    isNew: NEW.has(node.type),
    args,
    named: namedOf(list),
    within: place.within,
    down: place.down,
    around: place.around.slice(-12),
  };
  reading.calls.push(call);
  reading.checks.push(...linksOfCall(node, { name, receiver: call.receiver, list }, place, reading.assigned));
  const route = isRoute(name) && !isClient(call.receiver) ? args[0]?.string?.value : undefined;
  if (route !== undefined && args.length >= 2) {
    const guards = `${name} ${route}`;
    reading.known.set(guards, line);
    for (const arg of args.slice(1))
      if (arg.text.length < 160)
        reading.checks.push({
          text: arg.text.replace(/\s/g, ''),
          line: arg.line,
          kind: 'middleware',
          guards,
          guardLine: line,
        });
  } else if (REFUSALS.test(name) && args.length > 1) {
    reading.checks.push(refusal(name, args, line, place));
  } else if (place.guards !== '' && !isOfRoute(place.around)) {
    reading.checks.push({
      text: `${callee}(${args
        .map(({ text }) => text.replace(/\s/g, ''))
        .join(',')
        .slice(0, 120)})`,
      line,
      kind: 'call',
      owner: place.owner,
      guards: place.guards,
      guardLine: place.guardLine,
    });
  }
  return {
    ...place,
    around: [...place.around.slice(-12), call],
    down: place.down || (DOWN.test(name) && node.childOf('block', 'do_block') !== undefined),
  };
}

/** Laravel's conditions that are calls: `abort_if(!$user, 403)`. */
const REFUSALS = /^abort_(?:if|unless)$/;
/** Statuses for whom is not signed in, and who may not. */
const REFUSED = /^(?:.*::HTTP_)?(?:401|403|UNAUTHORIZED|FORBIDDEN)$/;

/** The same in the body of a condition. */
const REFUSAL =
  /\b(?:40[13]|(?:HTTP_|Status)?(?:FORBIDDEN|Forbidden|UNAUTHORI[SZ]ED|Unauthori[sz]ed)\w*|PermissionDenied\w*|AccessDenied\w*|NotAuthori[sz]ed\w*|permission_denied)\b/;

const refusal = (name: string, [test, status]: readonly Argument[], line: number, place: Scope): Check => ({
  text: `stop ${name === 'abort_if' ? '' : '!'}${(test?.text ?? '').replace(/\s/g, '')}`,
  line,
  kind: 'condition',
  ...(REFUSED.test(status?.text ?? '') ? { refuses: true } : {}),
  owner: place.owner,
  guards: place.guards,
  guardLine: place.guardLine,
});

/** In the arguments of a route, where it was read as a middleware: `group.POST('/users', limit.Add(), create)`. */
const isOfRoute = (around: readonly Call[]): boolean =>
  around.some(
    ({ name, receiver, args }) =>
      isRoute(name) && !isClient(receiver) && args.length > 1 && args[0]?.string?.value.startsWith('/') === true,
  );

/** The line of the last part of the callee's name, for calls that span several lines. */
function lineOfName(node: SyntaxNode, list: SyntaxNode | undefined): number {
  const method = node.childForField('name') ?? node.childForField('method');
  if (method !== undefined) return method.startLine;
  const target = node.childForField('function') ?? node.childForField('constructor');
  const last =
    target?.childForField('property') ?? target?.childForField('attribute') ?? target?.childForField('field');
  return last?.startLine ?? target?.startLine ?? list?.startLine ?? node.startLine;
}

/** The callee, without white space and without what is in parentheses. */
function squeezed(node: SyntaxNode, list: SyntaxNode | undefined): string {
  const length =
    (list === undefined
      ? (node.childForField('method')?.end ?? node.childForField('block')?.start ?? node.end)
      : list.start) - node.start;
  if (length <= 0) return '';
  const text = node.text.slice(Math.max(0, length - 1500), length);
  let depth = 0;
  let out = '';
  for (const char of text) {
    if (char === ')' || char === '}') depth = Math.max(0, depth - 1);
    if (depth === 0 && !/\s/.test(char)) out += char;
    if (char === '(' || char === '{') depth++;
  }
  return out.slice(-300).replace(/^(?:await|new|return)(?=[A-Z(])/, '');
}

function argumentsOf(list: SyntaxNode, reading: Reading): readonly Argument[] {
  if (list.type === 'template_string')
    return [
      { name: '', text: list.text.slice(0, SHOWN), string: stringOf(list, reading.bodies), line: list.startLine },
    ];
  return list.namedChildren
    .slice(0, 60)
    .filter(({ type }) => !IGNORED.has(type))
    .map((node) => {
      const isNamed =
        node.type === 'keyword_argument' ||
        node.type === 'pair' ||
        (node.type === 'argument' && node.childForField('name') !== undefined);
      const name = isNamed ? keyText(node.namedChildren[0]) : '';
      const value = isNamed ? (node.namedChildren.at(-1) ?? node) : node;
      return { name, text: value.text.slice(0, SHOWN), string: stringOf(value, reading.bodies), line: node.startLine };
    });
}

/** Named values in the arguments, including those one level down in objects, hashes and structs. */
function namedOf(list: SyntaxNode | undefined): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  if (list === undefined) return named;
  for (const argument of list.namedChildren.slice(0, 60)) {
    const inner = ['object', 'hash', 'dictionary', 'array_creation_expression', 'argument'].includes(argument.type)
      ? argument.namedChildren.slice(0, 100)
      : [argument];
    for (const pair of inner) {
      const last = pair.namedChildren.at(-1);
      if (PAIRS.has(pair.type) && last !== undefined)
        named.set(keyText(pair.namedChildren[0]), last.text.slice(0, SHOWN));
    }
  }
  return named;
}

const keyText = (node: SyntaxNode | undefined): string =>
  (node?.text ?? '').slice(0, 80).replace(/^[:"'`]+|["'`:]+$/g, '');

function paired(node: SyntaxNode, place: Scope, reading: Reading): Scope {
  const key = keyText(node.childForField('left') ?? node.namedChildren[0]);
  const value = node.childForField('right') ?? node.namedChildren.at(-1);
  if (value === undefined) return place;
  reading.pairs.push({
    key,
    value: value.text.slice(0, SHOWN),
    line: node.startLine,
    owner: place.around.at(-1)?.name ?? '',
  });
  reading.checks.push(...linksOfSetting(key, value, place), ...exemptPaths(key, value, place));
  if (node.type.startsWith('assignment')) reading.assigned.set(key, value.text.slice(0, SHOWN));
  return under(key.replace(/^(?:module\.)?exports\./, ''), value, place, node.startLine, reading);
}

function declared(node: SyntaxNode, place: Scope, reading: Reading): Scope {
  const name = (node.childForField('name') ?? node.childForField('left'))?.text.slice(0, 80) ?? '';
  const value = node.childForField('value') ?? node.childForField('right') ?? node.childForField('default_value');
  if (value === undefined) return place;
  reading.checks.push(...exemptPaths(name, value, place));
  if (node.type === 'property_element') reading.checks.push(...linksOfSetting(name.slice(1), value, place));
  for (const each of name.split(',')) reading.assigned.set(each.trim(), value.text.slice(0, SHOWN));
  return under(name, value, place, node.startLine, reading);
}

/** A function that is bound to a name: `exports.down = …`, `const down = …`, `down: async () => …`. */
function under(name: string, value: SyntaxNode, place: Scope, line: number, reading: Reading): Scope {
  if (!/function|lambda|closure|func_literal|anonymous/.test(value.type))
    return name === 'reverse_code' || name === 'reverse_sql' ? { ...place, down: true } : place;
  reading.known.set(name, line);
  return { ...place, within: name, guards: name, guardLine: line, down: place.down || DOWN.test(name) };
}

function condition(node: SyntaxNode, place: Scope, reading: Reading): void {
  const test = node.childForField('condition');
  const body = node.childForField('consequence') ?? node.childForField('body');
  if (test === undefined || body === undefined || body.end - body.start > 2000) return;
  const stops =
    ENDS.has(body.type) ||
    statementsOf(body).some(
      (child) =>
        ENDS.has(child.type) ||
        /^(?:process\.exit|sys\.exit|exit|abort|os\.Exit|die|raise|panic|log\.Fatal\w*|redirect\w*|head|render)\b/.test(
          child.text,
        ),
    );
  const text = test.text.slice(0, CONDITION_AT_MOST).replace(/\s/g, '');
  reading.checks.push({
    text: `${stops ? 'stop ' : 'if '}${text}`,
    line: node.startLine,
    kind: 'condition',
    ...(stops && REFUSAL.test(body.text.slice(0, CONDITION_AT_MOST)) ? { refuses: true } : {}),
    owner: place.owner,
    guards: place.guards,
    guardLine: place.guardLine,
  });
}

/** Go's grammar has a list between a block and its statements. */
const statementsOf = (body: SyntaxNode): readonly SyntaxNode[] =>
  body.namedChildren.flatMap((child) => (child.type === 'statement_list' ? child.namedChildren : [child]));

function decorated(node: SyntaxNode, place: Scope, reading: Reading): void {
  const owner = node.parent?.type === 'modifiers' ? node.parent.parent : node.parent;
  const target =
    owner?.childForField('definition') ?? owner?.childForField('declaration') ?? nextDefinition(node) ?? owner;
  const name = target?.childForField('name')?.text.slice(0, 80) ?? place.guards;
  reading.checks.push({
    text: node.text.slice(0, 200).replace(/\s/g, ''),
    line: node.startLine,
    kind: 'decorator',
    owner: place.guards,
    guards: name,
    guardLine: target?.startLine ?? node.startLine,
  });
}

/** The method that a TypeScript decorator precedes, past other decorators and comments. */
function nextDefinition(node: SyntaxNode): SyntaxNode | undefined {
  const next = node.parent?.children.find(
    ({ start, type }) => start >= node.end && !DECORATORS.has(type) && !IGNORED.has(type),
  );
  return next !== undefined && FUNCTIONS.has(next.type) ? next : undefined;
}
