import type * as Parser from '@actions/workflow-parser';

/** What GitHub's own parser finds wrong in a workflow file. */
export async function problemsIn(content: string): Promise<readonly string[]> {
  // A module of the new kind only, which imports JSON in a way that Node itself refuses.
  const { tsImport } = await import('tsx/esm/api');
  const { NoOperationTraceWriter, parseWorkflow, convertWorkflowTemplate } = (await tsImport(
    '@actions/workflow-parser',
    import.meta.url,
  )) as typeof Parser;
  const { context, value } = parseWorkflow({ name: 'linekeeper.yml', content }, new NoOperationTraceWriter());
  const template = value === undefined ? { errors: [] } : await convertWorkflowTemplate(context, value);
  return [
    ...context.errors.getErrors().map(({ message }) => message),
    ...(template.errors ?? []).map(({ Message }) => Message),
  ];
}
