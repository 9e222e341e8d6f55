/** What GitHub's own parser finds wrong in a workflow file. */
export async function problemsIn(content: string): Promise<readonly string[]> {
  const { NoOperationTraceWriter, parseWorkflow, convertWorkflowTemplate } = await import('@actions/workflow-parser'); // a module of the new kind only
  const { context, value } = parseWorkflow({ name: 'linekeeper.yml', content }, new NoOperationTraceWriter());
  const template = value === undefined ? { errors: [] } : await convertWorkflowTemplate(context, value);
  return [
    ...context.errors.getErrors().map(({ message }) => message),
    ...(template.errors ?? []).map(({ Message }) => Message),
  ];
}
