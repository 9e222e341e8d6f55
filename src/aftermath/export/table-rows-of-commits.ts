/** Commits as rows of the tables. */
import { createHash } from 'node:crypto';
import type { LineRange } from '../../provenance/authorship/types';
import { revertedBy, type CommitAttribution } from '../../provenance/commits';
import { tierOf, type Policy } from '../../policy';
import type { CommitFinding } from '../report';
import type { Row } from './table-schema';

export interface RowOptions {
  readonly policy: Policy;
  /** Include keys of people. */
  readonly people: boolean;
}

/**
 * A key for an address: the same for the same address, without revealing it. Anybody who has the repository can find
 * out whose it is.
 */
const keyOfPerson = (email: string): string =>
  createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 16);

/** `time`: seconds since the epoch. */
export function commitRow(shown: CommitAttribution, time: number, { policy, people }: RowOptions): Row {
  const { commit, files, added, removed } = shown;
  const ranks = files.flatMap((file) => {
    const ai = [...file.ranges, ...file.removed, ...(file.change ? [file.change] : [])].some(
      ({ author }) => author === 'ai',
    );
    const match = ai ? tierOf(policy, { path: file.path, from: file.from, findings: [] }) : null;
    return match ? [match] : [];
  });
  return {
    commit: commit.id,
    committed_at: time,
    merge: commit.parents.length > 1,
    author_key: people ? keyOfPerson(commit.author.email) : null,
    provenance: shown.provenance,
    assistants: shown.assistants.join(','),
    tier: ranks.sort((a, b) => a.rank - b.rank)[0]?.tier.name ?? null,
    files: files.length,
    added_ai: added.ai,
    added_human: added.human,
    added_unknown: added.unknown,
    removed_ai: removed.ai,
    removed_human: removed.human,
    removed_unknown: removed.unknown,
    reverts: revertedBy(commit.message) ?? null,
    overruled: shown.overruled.length,
  };
}

export function lineRows({ commit, files }: CommitAttribution, time: number, { policy }: RowOptions): Row[] {
  return files.flatMap(({ path, from, ranges, removed }) => {
    const tier = tierOf(policy, { path, from, findings: [] })?.tier.name ?? null;
    const row =
      (side: 'new' | 'old') =>
      ({ start, end, author, edited, assistant, model, session, evidence }: LineRange): Row => ({
        commit: commit.id,
        committed_at: time,
        path,
        side,
        start_line: start,
        end_line: end,
        author,
        edited,
        assistant,
        model,
        session,
        evidence,
        tier,
      });
    return [...ranges.map(row('new')), ...removed.map(row('old'))];
  });
}

export const findingRow = (
  commit: string,
  { path, side, line, rule, class: kind, severity, author, assistant, model }: CommitFinding,
  time: number,
  { policy }: RowOptions,
): Row => ({
  commit,
  committed_at: time,
  path,
  side,
  line,
  rule,
  class: kind,
  severity,
  author,
  assistant,
  model,
  tier: tierOf(policy, { path, from: null, findings: [] })?.tier.name ?? null,
});

/**
 * One record of Agent Trace (agent-trace.dev) for each assistant of the commit: what its models added, by file and
 * conversation.
 */
export function traceRecords({ commit, files }: CommitAttribution, time: number): object[] {
  const tools = new Set(
    files.flatMap(({ ranges }) =>
      ranges.flatMap(({ author, assistant }) => (author === 'ai' ? [assistant ?? 'unknown-assistant'] : [])),
    ),
  );
  return [...tools].sort().map((tool) => ({
    version: '0.1.0',
    id: uuidOf(`${commit.id} ${tool}`),
    timestamp: new Date(time * 1000).toISOString(),
    vcs: { type: 'git', revision: commit.id },
    // Its published schema asks for a version, which nobody records.
    tool: { name: tool, version: 'unknown' },
    files: files.flatMap(({ path, ranges }) => {
      const conversations = new Map<string, LineRange[]>();
      for (const range of ranges) {
        if (range.author !== 'ai' || (range.assistant ?? 'unknown-assistant') !== tool) continue;
        const key = `${range.session ?? ''}\0${range.model ?? ''}\0${String(range.edited)}`;
        conversations.set(key, [...(conversations.get(key) ?? []), range]);
      }
      return conversations.size === 0 ? [] : [{ path, conversations: [...conversations.values()].map(conversationOf) }];
    }),
  }));
}

function conversationOf(ranges: readonly LineRange[]): object {
  const [{ session, model, edited } = { session: null, model: null, edited: false }] = ranges;
  return {
    ...(session === null ? {} : { url: `urn:session:/${encodeURIComponent(session)}` }),
    contributor: { type: edited ? 'mixed' : 'ai', ...(model === null ? {} : { model_id: model }) },
    ranges: ranges.map(({ start, end }) => ({ start_line: start, end_line: end })),
  };
}

/** A UUID that is the same for the same text (RFC 9562, version 8). */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
