/** `linekeeper policy explain TOOL`: which pattern of the policy decides about a tool, why, and what to do. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { toolCallOf } from '../../provenance/assistants';
import { explainTool, type ToolExplanation, type ToolPattern } from '../../guard';
import { jsonText, quoted } from '../../policy';
import type { Call, ExitCode } from '../verb';
import { answeringVersion, decidingPolicy } from './effective-policy';

/** `SERVER__TOOL`, or as an assistant spells it: no path has such a name, unless there is one. */
export const mayBeTool = (call: Call, name: string): boolean =>
  /^(?:mcp_+[\w-]+|MCP:\s*\S+|@[\w.-]+\/[\w.-]+|[A-Za-z0-9][\w-]*__[\w-]+)$/.test(name) &&
  !existsSync(path.resolve(call.terminal.cwd, name));

export async function explainToolNamed(call: Call, name: string): Promise<ExitCode> {
  const loaded = await decidingPolicy(call);
  const { names, ...tool } = toolCallOf(name, {}, {});
  const explained = explainTool({ ...tool, names }, { ...loaded, cwd: call.terminal.cwd });
  if (call.json) {
    const { answer, does, ...rest } = explained;
    call.terminal.out(
      jsonText({
        tool: name,
        names,
        verdict: answer.verdict,
        reason: reasonOf(explained, loaded.source),
        instead: answer.verdict === 'allow' ? null : answer.instead,
        ...rest,
        does: does ?? null,
        policy: { source: loaded.source, digest: loaded.digest },
      }),
    );
    return 0;
  }
  const { answer, environments, does, patterns } = explained;
  call.terminal.out(
    `${[
      `${quoted(name)}: ${VERDICT[answer.verdict]}.`,
      `  why         ${reasonOf(explained, loaded.source)}`,
      ...environments.map(({ name: one, because }) => `  acts on     the environment ${one} (when, ${because})`),
      ...patterns.map((pattern) => `  named by    ${patternLine(pattern)}`),
      ...(does ? [`  by its name ${does.message} (${does.rule})`] : []),
      `  carried     SQL, commands and requests in its input are judged in any case`,
      `  what to do  ${answer.verdict === 'allow' ? TO_CLOSE : `Let a person do it. ${toOpen(explained)}`}`,
      ...(await answeringVersion(call, loaded)).map((version) => `  read from   ${version}`),
    ].join('\n')}\n`,
  );
  return 0;
}

const VERDICT = {
  allow: 'agents may call it',
  ask: 'a person must agree before an agent calls it',
  deny: 'no agent may call it',
} as const;

const TO_CLOSE =
  'To close it, name it under tools, "deny" or "ask"; for one environment or the files of one tier, under "tools" there.';

/** What a person changes in the policy where it should be let. */
function toOpen({ patterns }: ToolExplanation): string {
  const closing = patterns.filter(({ list, holds }) => list !== 'allow' && holds !== 'on its files');
  return closing.length > 0
    ? `To let agents call it, change ${closing.map(({ at, list, pattern }) => `${at}.${list} (${JSON.stringify(pattern)})`).join(' and ')}: "allow" does not beat it.`
    : 'To let agents call it, name it under tools.allow.';
}

function reasonOf({ answer, patterns, writes, does }: ToolExplanation, source: string): string {
  if (answer.verdict !== 'allow') return answer.reason;
  const allowed = patterns.find(({ list, holds }) => list === 'allow' && (holds === 'always' || holds === 'by name'));
  if (allowed !== undefined) return `${allowed.at}, allow: ${JSON.stringify(allowed.pattern)} in ${source}.`;
  if (does !== undefined) return `No tier or environment of ${source} restricts what its name says.`;
  return writes
    ? `No list of ${source} names it, and tools, others: allow.`
    : `No list of ${source} keeps agents from it, and its name alone says nothing dangerous.`;
}

const HOLDS: Readonly<Record<ToolPattern['holds'], string>> = {
  always: '',
  'by name': '',
  'when it acts on it': ', when what it carries acts on this environment',
  'on its files': ', when it is given a file of this tier',
};

const patternLine = ({ at, list, pattern, holds }: ToolPattern): string =>
  `${at}, ${list}: ${JSON.stringify(pattern)}${HOLDS[holds]}`;
