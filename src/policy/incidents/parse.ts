/**
 * From the text of an incident file to an incident: the room's second, heavy door (YAML and zod). Load it on demand.
 */
import type { z } from 'zod';
import { readYaml, utf8Text, suggestionFor, type LocatedData, type Path } from '../file/parse';
import { incidentShape, type IncidentShape } from './schema';
import type { OpenIncident } from '..';
import { incidentId, type Incident, type IncidentProblem } from './types';

export { incidentJsonSchema } from './schema';

/** `open`: what blocks changes, null when it is over. An unreadable file is not over: its state is unknown. */
type ParsedIncident = { readonly open: OpenIncident | null } & (
  | { readonly ok: true; readonly incident: Incident }
  | { readonly ok: false; readonly problems: readonly IncidentProblem[] }
);

/** At most this many problems of one file are reported. */
const MOST = 20;

/** Parses an incident file: text, or bytes that must be UTF-8. `file`: its path in the repository. Never throws. */
export function parseIncident(file: string, source: string | Uint8Array): ParsedIncident {
  const text = typeof source === 'string' ? source : utf8Text(source);
  if (text === undefined)
    return failed(file, [
      { line: 1, column: 1, message: 'the file is not UTF-8 text', suggestion: 'save it as UTF-8' },
    ]);
  const data = readYaml(text);
  if (!('value' in data)) return failed(file, data);
  if (data.value === null)
    return failed(file, [
      { line: 1, column: 1, message: 'the file is empty', suggestion: 'begin with version: 1, title: and began:' },
    ]);
  const shaped = incidentShape.safeParse(data.value);
  if (!shaped.success)
    return failed(
      file,
      shaped.error.issues.flatMap((issue) => problemsOf(issue, data)),
      data.value,
    );
  const incident = incidentOf(file, shaped.data);
  const { id, title, state, paths } = incident;
  const isOpen = state === 'open' && paths.length > 0;
  return { ok: true, incident, open: isOpen ? { id, title, file, paths, wrong: null } : null };
}

/** `value`: the file's content, as far as it can be read. */
function failed(file: string, problems: readonly Omit<IncidentProblem, 'file'>[], value?: unknown): ParsedIncident {
  const [first] = problems;
  return {
    ok: false,
    problems: problems.slice(0, MOST).map((problem) => ({ file, ...problem })),
    open: openUnlessOver(
      file,
      first === undefined
        ? 'for no known reason'
        : `line ${String(first.line)}, column ${String(first.column)}: ${first.message}`,
      value,
    ),
  };
}

/** An unreadable file counts as open, unless what can be read of it clearly says that it is over. */
function openUnlessOver(file: string, wrong: string, value: unknown): OpenIncident | null {
  const keys: object = typeof value === 'object' && value !== null ? value : {};
  if ('state' in keys && (keys.state === 'closed' || keys.state === 'mitigated')) return null;
  const paths = 'paths' in keys && Array.isArray(keys.paths) ? keys.paths : [];
  const named = paths.filter((one): one is string => typeof one === 'string' && one.trim() !== '');
  return {
    id: incidentId(file),
    title: null,
    file,
    paths: named.length > 0 && named.length === paths.length ? named : null,
    wrong,
  };
}

function problemsOf(issue: z.core.$ZodIssue, data: LocatedData): Omit<IncidentProblem, 'file'>[] {
  const path: Path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      ...data.keyAt([...path, key]),
      message: `unknown key ${JSON.stringify(key)}`,
      suggestion: suggestionFor(key, KEYS),
    }));
  if (isMissing(data.value, path))
    return [
      {
        ...data.valueAt(path.slice(0, -1)),
        message: `${JSON.stringify(String(path.at(-1) ?? ''))} is missing`,
        suggestion: `add it: ${issue.message}`,
      },
    ];
  return [
    {
      ...data.valueAt(path),
      message: `${path.length === 0 ? 'the file' : path.join('.')}: ${issue.message}`,
      suggestion: null,
    },
  ];
}

/** Every key that occurs somewhere in such a file. */
const KEYS = [
  ...Object.keys(incidentShape.shape),
  'at',
  'what',
  'commit',
  'lines',
  'ai',
  'human',
  'unknown',
  'assistants',
  'assistant',
  'model',
  'session',
  'reasons',
  'kind',
  'says',
  'path',
  'pattern',
  'rule',
  'message',
];

function isMissing(value: unknown, path: Path): boolean {
  let part: unknown = value;
  for (const key of path) {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, key)) return true;
    part = (part as Record<string | number, unknown>)[key];
  }
  return false;
}

function incidentOf(file: string, shape: IncidentShape): Incident {
  return {
    id: incidentId(file),
    file,
    title: shape.title,
    state: shape.state,
    severity: shape.severity ?? null,
    began: shape.began,
    ended: shape.ended ?? null,
    services: shape.services,
    paths: shape.paths,
    deployed: shape.deployed?.toLowerCase() ?? null,
    lastGood: shape['last-good']?.toLowerCase() ?? null,
    contribution: shape.contribution,
    failureMode: shape['failure-mode'] ?? null,
    summary: shape.summary ?? null,
    timeline: shape.timeline,
    suspects: shape.suspects.map((suspect) => ({
      ...suspect,
      commit: suspect.commit.toLowerCase(),
      assistants: suspect.assistants.map(({ assistant, model, session }) => ({
        assistant,
        model: model ?? null,
        session: session ?? null,
      })),
    })),
    lessons: shape.lessons.map(({ path, pattern, rule, message }) => ({
      path: path ?? null,
      pattern: pattern ?? null,
      rule: rule ?? null,
      message,
    })),
  };
}
