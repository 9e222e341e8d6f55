/** Shows the decision on a deployment in the job that asked for it. */
import { appendTo } from './write-job-outputs-and-summary';
import type { Environment } from '../forges';

/** Publishes the decision: the outputs `verdict` and `until`, and the job's summary. `text`: of any length. */
export function tellDeployment(
  env: Environment,
  {
    verdict,
    until,
    text,
  }: { readonly verdict: 'pass' | 'fail' | 'undecided'; readonly until: string; readonly text: string },
): void {
  appendTo(env, 'GITHUB_OUTPUT', `verdict=${verdict}\nuntil=${until.replace(/[^0-9TZ:.-]/g, '')}\n`);
  // Backticks would end the block that keeps the text from being read as Markdown.
  appendTo(
    env,
    'GITHUB_STEP_SUMMARY',
    `### Linekeeper: deployment\n\n\`\`\`\`text\n${text.replaceAll('`', "'").slice(0, 100_000)}\n\`\`\`\`\n`,
  );
}
