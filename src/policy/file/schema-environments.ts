/**
 * The shape of a policy's environments and lists of tools. Loads zod: see `schema.ts`.
 */
import { z } from 'zod';
import { AGENT_RULES, ENVIRONMENT_KEYS } from '../types';
import { listOf, oneOf, record, text } from './schema-building-blocks';

const toolNames = listOf(
  text(/^[^\s\u0000-\u001f\u007f]+$/, 'the name of a tool as SERVER__TOOL, with * and ?, such as "postgres__*drop*"'),
).max(200, 'expected at most 200');
export const toolLists = {
  deny: toolNames.default([]).describe('Tools that no agent may call.'),
  ask: toolNames.default([]).describe('Tools that an agent may call after a person agreed.'),
  allow: toolNames
    .default([])
    .describe('Tools that an agent may call, whatever their names say. The guard still judges their input.'),
};

const names = listOf(text(/^[^\u0000-\u001f\u007f]+$/, 'a name, * for any letters')).min(
  1,
  'expected at least one name',
);
const ABOUT_KEY: Readonly<Record<(typeof ENVIRONMENT_KEYS)[number], string>> = {
  'kube-context': 'Contexts of kubectl and Helm, such as "prod*".',
  'aws-profile': 'Profiles of the AWS CLI and SDKs.',
  'gcp-project': 'Projects of gcloud, gsutil and bq.',
  'azure-subscription': 'Subscriptions of az, by name or id.',
  'terraform-workspace': 'Workspaces of Terraform or OpenTofu, and stacks of Pulumi.',
};

export const tools = record({
  ...toolLists,
  others: oneOf(['allow', 'ask', 'deny'])
    .default('allow')
    .describe('The answer for a tool that no list names, if its name says that it writes outside of the repository.'),
});
export const environment = record({
  name: text(/^[a-z0-9-]{1,32}$/, 'a name of 1 to 32 small letters, digits and hyphens').describe(
    "The environment's name, in lowercase letters, digits and hyphens.",
  ),
  when: record({
    ...(Object.fromEntries(ENVIRONMENT_KEYS.map((key) => [key, names.optional().describe(ABOUT_KEY[key])])) as Record<
      (typeof ENVIRONMENT_KEYS)[number],
      z.ZodOptional<typeof names>
    >),
    env: z
      .record(text(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of a variable'), names, {
        error: 'expected variables with lists of values',
      })
      .optional()
      .describe('Values of environment variables, such as APP_ENV: [production].'),
    tools: toolNames.optional().describe('Tools of MCP servers that act on it, such as ["postgres-prod__*"].'),
  }).describe('The signs that a command or a tool acts on this environment. One match is enough.'),
  agents: oneOf(AGENT_RULES)
    .default('deny-destructive')
    .describe("Whether agents' commands may change it. Read-only commands stay allowed."),
  credentials: listOf(text(/^[^\u0000-\u001f\u007f]+$/, 'a file, a $VARIABLE or a command that prints a key'))
    .max(200, 'expected at most 200')
    .optional()
    .describe(
      'Places of its keys: files such as ".env.production", variables such as "$PROD_*", commands that print a key such as "vault read".',
    ),
  tools: record(toolLists).optional().describe('Whether agents may call a tool that acts on it.'),
});
