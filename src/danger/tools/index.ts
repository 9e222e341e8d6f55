/**
 * What a call of a tool would destroy. A tool is judged by what it carries: the SQL, the command line, the request that
 * somebody will run; and by its own name, where that says what it deletes. A name that says `query` proves nothing.
 */
import { oneLine } from '../one-line';
import { classOf, RULES } from '../rules';
import { toolRowOf } from '../rule-rows/match-tool-rows';
import { fact } from '../rule-rows/facts-from-sentences';
import { filled } from '../rule-rows/fill-sentence';
import { objectOfTool } from '../commands/describe-losses';
import { inSql } from '../commands/database-clients';
import type { CommandNotice } from '../commands/program-call';
import type { CommandDanger } from '../commands';
import { knowsProgram } from '../commands/is-known-program';
import {
  commandLinesIn,
  CYPHER,
  entriesOf,
  MONGO_SHELL,
  mutationsIn,
  objectsIn,
  pathNouns,
  requestsIn,
  shellWord,
  sqlIn,
  type Entry,
} from './code-in-tool-input';
import {
  awsCall,
  codeIn,
  fileCommand,
  shellLinesIn,
  namedCommand,
  optionsOf,
  programNamed,
} from './program-behind-tool';
import { isForPeople, isProseKey } from './prose-arguments';
import { singular, wordsOf } from '../identifier-words';
import { deedOf, isSmall } from './act-by-tool-name';
import { NODES } from '../rules/destructive/store-flush';

/** A call of a tool that is no shell: of an MCP server, or one that an assistant has by itself. */
export interface ToolCall {
  /** As the assistant spells it, for people. */
  readonly shown: string;
  /** The server that has the tool; null where it is not known. */
  readonly server: string | null;
  /** The tool's own name. */
  readonly tool: string;
  readonly input: unknown;
  /** What the tool says of itself, where the assistant passes it on. */
  readonly says?: { readonly destructive?: boolean; readonly readOnly?: boolean };
}

/** What a call carries and does. */
interface ToolDangers {
  /** Command lines that it stands for or passes on, to be judged like any other. */
  readonly lines: readonly string[];
  /** By what else it carries. */
  readonly carried: readonly CommandDanger[];
  /** By its own name, which counts where nothing that it carries does. */
  readonly named: readonly CommandDanger[];
}

export function toolDangers(call: ToolCall): ToolDangers {
  const tool = wordsOf(call.tool);
  const server = wordsOf(call.server ?? '');
  const entries = entriesOf(call.input);
  const objects = objectsIn(call.input);
  const plain = isForPeople(tool, server);
  const statements = sqlIn(entries, plain);
  const carried = [
    ...inSql(statements),
    ...entries.flatMap(({ key, value }) =>
      typeof value === 'string' && !isProseKey(key) && CYPHER.test(value) ? [fact(NODES)] : [],
    ),
    ...entries.flatMap(({ key, value }) =>
      typeof value === 'string' && !isProseKey(key)
        ? mutationsIn(value).flatMap((name) => byWords(wordsOf(name), [], server, []) ?? [])
        : [],
    ),
  ];
  return {
    // `TRUNCATE orders` is a statement, and no call of a program by that name
    lines: linesOf(tool, server, entries, objects, plain).filter((line) => !statements.includes(line)),
    carried: carried.map((notice) => dangerOf(call, notice)),
    named: listOf(byName(call, tool, server, entries)).map((notice) => dangerOf(call, notice)),
  };
}

const listOf = (notice: CommandNotice | undefined): readonly CommandNotice[] => (notice === undefined ? [] : [notice]);

function linesOf(
  tool: readonly string[],
  server: readonly string[],
  entries: readonly Entry[],
  objects: readonly Readonly<Record<string, unknown>>[],
  plain: boolean,
): readonly string[] {
  const program = programNamed(tool, server);
  const rest = objects.length === 0 ? [] : entries;
  const lines = commandLinesIn(objects, plain, knowsProgram).flatMap(({ line, byKey }) => {
    const [first = ''] = line.trim().split(/\s+/);
    if (!byKey || program === undefined || first === program || knowsProgram(first)) return [line];
    // a sub-command alone: `{"command": "delete", "resourceType": "namespace", "name": "prod"}`
    const more = optionsOf(
      rest.filter(({ value }) => typeof value !== 'string' || !line.includes(value)),
      first,
    );
    return [line, [program, line, ...(/\s/.test(line.trim()) ? [] : more)].join(' ')];
  });
  return [
    ...lines,
    ...listed(namedCommand(tool, entries)),
    ...objects.flatMap((object) => [...listed(awsCall(object)), ...listed(fileCommand(tool, object))]),
    ...codeIn(tool, entries),
    ...shellLinesIn([...server, ...tool], entries),
    ...requestsIn(objects, server.join('-'), [...tool, ...server]).filter(
      (line) => !isSmall(pathNouns(addressOf(line)).map(singular)),
    ),
    ...entries.flatMap(({ key, value }) =>
      typeof value === 'string' && !isProseKey(key) && !plain && MONGO_SHELL.test(value)
        ? [`mongosh --eval ${shellWord(value)}`]
        : [],
    ),
  ];
}

const listed = (line: string | undefined): readonly string[] => (line === undefined ? [] : [line]);
const addressOf = (line: string): string => line.split(' ')[3]?.replace(/^'|'$/g, '') ?? '';

const KIND = /^(?:kind|resource_?type|resource_?kind|object_?type|entity_?type|type|resource)$/i;
const ACTION = /^(?:action|operation|op|verb|sub_?command|command|method|task|mode)$/i;

/** It shows what it would do. */
const PREVIEW = /(?:^|\.)(?:dry_?run|what_?if|preview|simulate)=true$/i;

/** What a tool does by its own name, or by the action that its input names: `{"action": "delete", "kind": "Namespace"}`. */
function byName(
  { input, says }: ToolCall,
  tool: readonly string[],
  server: readonly string[],
  entries: readonly Entry[],
): CommandNotice | undefined {
  const top = typeof input === 'object' && input !== null ? entries.filter(({ path }) => path.length <= 1) : [];
  const words = (pattern: RegExp): readonly string[] =>
    top.flatMap(({ key, value }) =>
      pattern.test(key) && typeof value === 'string' && /^[A-Za-z][\w.:/-]{0,80}$/.test(value) ? wordsOf(value) : [],
    );
  const lines = [
    ...entries.map(({ path, value }) => `${path.join('.')}=${String(value)}`),
    ...(says?.destructive === true && says.readOnly !== true ? ['says.destructive=true'] : []),
  ];
  if (lines.some((line) => PREVIEW.test(line))) return undefined;
  const kinds = words(KIND).map(singular);
  const byAction = words(ACTION);
  return (
    (deedOf(byAction) === undefined
      ? undefined
      : byWords(
          [...byAction, ...tool.filter((word) => deedOf([word]) === undefined && !/^(?:get|list|manage)$/.test(word))],
          kinds,
          server,
          lines,
        )) ?? byWords(tool, kinds, server, lines)
  );
}

/** Keys of a store: one key is one key, as in the store's own shell. */
const ONE_KEY = /^(?:redis|valkey|memcached|keydb|dragonfly|upstash)$/;

function byWords(
  words: readonly string[],
  kinds: readonly string[],
  server: readonly string[],
  lines: readonly string[],
): CommandNotice | undefined {
  const deed = deedOf(words);
  const nouns = [...new Set([...(deed?.nouns ?? words.map(singular)), ...kinds])];
  const found = toolRowOf({ deed, words, nouns, on: [...new Set([...server, ...words])], lines });
  if (found === undefined) return undefined;
  const { rule, row } = found;
  const bySmall = deed !== undefined && row.of === undefined && row.on === undefined && row.with === undefined;
  if (bySmall && (isSmall(nouns) || [...server, ...words].some((word) => ONE_KEY.test(word)))) return undefined;
  const does = filled(row.does, {}, (gap) =>
    gap === 'what'
      ? objectOfTool(
          kinds.length > 0 ? kinds : (deed?.nouns ?? []),
          server,
          lines,
          /^(?:deletes|drops) \{what\}$/.test(row.does),
        )
      : undefined,
  );
  return {
    rule,
    row,
    does: `${does}${keyNamedIn(does, lines)}`,
    ...(row.severity === undefined ? {} : { severity: row.severity }),
  };
}

/** `: collection orders`, by a key of the input that the sentence has a word for and no name. */
function keyNamedIn(does: string, lines: readonly string[]): string {
  const named = lines.flatMap((line): { readonly kind: string; readonly name: string }[] => {
    const [, kind = '', name = ''] =
      /^(?:[^=]*\.)?([a-z]+?)(?:[-_]?(?:name|id))?=([\p{L}\p{N}_@%+.:/*~-]{1,60})$/iu.exec(line) ?? [];
    return name === '' ? [] : [{ kind: kind.toLowerCase(), name }];
  });
  if (named.some(({ name }) => does.includes(name))) return '';
  const [first] = named.filter(({ kind }) => new RegExp(String.raw`\b${kind}\b`).test(does));
  return first === undefined ? '' : `: ${first.kind} ${first.name}`;
}

function dangerOf({ shown }: ToolCall, { rule, does, severity, row }: CommandNotice): CommandDanger {
  const name = oneLine(shown).slice(0, 80);
  return {
    rule,
    class: classOf(rule),
    severity: severity ?? RULES[rule].severity,
    message: `"${name}" ${oneLine(does)}`,
    ...(row === undefined ? {} : { row }),
  };
}
