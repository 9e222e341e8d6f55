/** Commits as records of Agent Trace (agent-trace.dev). */
import { createHash } from 'node:crypto';
import type { LineRange } from '../../provenance/authorship/types';
import type { CommitAttribution } from '../../provenance/commits';

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
