/**
 * What the editor's own record of a chat editing session (`chatEditingSessions/ID/state.json`, a private format that
 * may change) says that inline chat did to files. It comes from outside: anything unexpected is skipped. Pure.
 */

/** One request of inline chat, and its result for a file. */
interface InlineChatEdit {
  /** Absolute, as the editor writes it. */
  readonly file: string;
  readonly request: string;
  readonly before: string;
  readonly after: string;
  readonly model?: string;
}

/** The agent behind inline chat; other agents have hooks, which report more. */
const INLINE_AGENT = /^github\.copilot\.editingSessionEditor$/i;

export function inlineChatEdits(state: string): readonly InlineChatEdit[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(state);
  } catch {
    return [];
  }
  const timeline = field(parsed, 'timeline');
  const models = inlineRequests(field(parsed, 'recentSnapshot'));
  const upTo = field(timeline, 'currentEpoch');
  const operations = list(field(timeline, 'operations'))
    .filter((operation) => epochOf(operation) < (typeof upTo === 'number' ? upTo : Number.POSITIVE_INFINITY))
    .sort((a, b) => epochOf(a) - epochOf(b));
  return list(field(timeline, 'fileBaselines')).flatMap((entry): InlineChatEdit[] => {
    const baseline = list(entry)[1];
    const [request, before, file] = [
      field(baseline, 'requestId'),
      field(baseline, 'content'),
      fileOf(field(baseline, 'uri')),
    ];
    if (typeof request !== 'string' || typeof before !== 'string' || file === undefined || !models.has(request))
      return [];
    const ownOperations = operations.filter(
      (operation) => field(operation, 'requestId') === request && fileOf(field(operation, 'uri')) === file,
    );
    const after = ownOperations.reduce<string | undefined>(
      (text, operation) => (text === undefined ? undefined : applied(text, operation)),
      before,
    );
    const model = models.get(request);
    return after === undefined || after === before
      ? []
      : [{ file, request, before, after, ...(model === undefined ? {} : { model }) }];
  });
}

/** Inline chat requests, each with its model if given. */
function inlineRequests(snapshot: unknown): ReadonlyMap<string, string | undefined> {
  return new Map(
    list(field(snapshot, 'entries')).flatMap((entry): (readonly [string, string | undefined])[] => {
      const info = field(entry, 'telemetryInfo');
      const [request, agent, model] = [field(info, 'requestId'), field(info, 'agentId'), field(info, 'modelId')];
      return typeof request === 'string' && typeof agent === 'string' && INLINE_AGENT.test(agent)
        ? [[request, typeof model === 'string' ? model : undefined]]
        : [];
    }),
  );
}

interface OffsetEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** All ranges of an operation refer to the text before it; undefined for one that can't be applied. */
function applied(text: string, operation: unknown): string | undefined {
  if (field(operation, 'type') !== 'textEdit') return undefined;
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length)];
  const offset = (line: unknown, column: unknown): number =>
    typeof line === 'number' && typeof column === 'number' ? (starts[line - 1] ?? Number.NaN) + column - 1 : Number.NaN;
  const places = list(field(operation, 'edits')).map((edit): OffsetEdit => {
    const range = field(edit, 'range');
    const inserted = field(edit, 'text');
    return {
      start: offset(field(range, 'startLineNumber'), field(range, 'startColumn')),
      end: offset(field(range, 'endLineNumber'), field(range, 'endColumn')),
      text: typeof inserted === 'string' ? inserted : '',
    };
  });
  if (places.some(({ start, end }) => !(start >= 0 && start <= end && end <= text.length))) return undefined;
  return places
    .sort((a, b) => b.start - a.start)
    .reduce((so, { start, end, text: inserted }) => so.slice(0, start) + inserted + so.slice(end), text);
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const epochOf = (operation: unknown): number => {
  const epoch = field(operation, 'epoch');
  return typeof epoch === 'number' ? epoch : 0;
};

function fileOf(uri: unknown): string | undefined {
  const file = field(uri, 'fsPath') ?? field(uri, 'path');
  return typeof file === 'string' ? file : undefined;
}
