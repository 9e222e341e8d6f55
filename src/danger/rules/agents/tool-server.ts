import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'an MCP server that is new, or starts another program',
  why: 'The server runs with your rights. Its answers can give the agent hostile instructions.',
  fix: 'Pin the version of the server, and name the tools that may be used.',
} as const satisfies Rule;
