/** The workflow that runs the gate in Gitea Actions or Forgejo Actions, as docs/dev/ci-files.md shows it. */
import type { Workflow, WorkflowFacts } from '../forge-interface';
import { CHECKOUT, keepsToken, stepsOf, TOKEN } from '../workflow-steps-and-pinned-programs';

/**
 * `folder`: where the forge looks for workflows. Actions are named by whole addresses, since each server has its own
 * default for short names.
 */
export const workflowIn =
  (folder: string) =>
  ({ branch, ...program }: WorkflowFacts): Workflow => ({
    path: `${folder}/workflows/linekeeper.yml`,
    text: `# Decides whether a change has the sign-offs that .linekeeper.yml requires.
# Require the status "linekeeper" in the protection of the default branch, and "linekeeper (BRANCH)" in that of every other branch.
# Require approvals there too: a review that is dismissed starts no job.
name: Linekeeper
on:
  pull_request:
    types: [opened, synchronize, reopened, edited, review_requested]
  pull_request_review:
    types: [submitted, edited]
  push:
    branches: [${JSON.stringify(branch)}]

jobs:
  gate:
    if: github.event_name != 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 15
    # Since Gitea 1.26. The status needs the right to write contents: there is none for statuses alone.
    permissions:
      contents: write
      pull-requests: write
    steps:
      - uses: https://github.com/${CHECKOUT}
        with:
          fetch-depth: 0
          persist-credentials: ${keepsToken(program)}
${stepsOf(program, 'https://github.com/', TOKEN)}
  # A squash or rebase merge makes new commits. This job copies the notes to them.
  notes:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: write
    steps:
      - uses: https://github.com/${CHECKOUT}
        with:
          fetch-depth: 0
          persist-credentials: ${keepsToken(program)}
${stepsOf(program, 'https://github.com/', TOKEN)}`,
  });
