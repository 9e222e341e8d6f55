/** The workflow that runs the gate in GitHub Actions, as docs/dev/ci-files.md shows it. */
import type { Workflow, WorkflowFacts } from '../forge-interface';
import { CHECKOUT, keepsToken, stepsOf, TOKEN } from '../workflow-steps-and-pinned-programs';

export const workflow = ({ branch, ...program }: WorkflowFacts): Workflow => ({
  path: '.github/workflows/linekeeper.yml',
  text: `# Decides whether a change has the sign-offs that .linekeeper.yml requires.
# Require the status "linekeeper" in the protection of the default branch, and "linekeeper (BRANCH)" in that of every other branch.
name: Linekeeper
on:
  pull_request:
    types: [opened, synchronize, reopened, ready_for_review, edited]
  pull_request_review:
    types: [submitted, edited, dismissed]
  merge_group:
  push:
    branches: [${JSON.stringify(branch)}]

permissions: {}

jobs:
  gate:
    # The same commit may be in a pull request into another branch, whose policy requires less. The name distinguishes them.
    name: gate (\${{ github.event.merge_group.base_ref || format('refs/heads/{0}', github.event.pull_request.base.ref) }})
    if: github.event_name != 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 15
    # One push or review after the other: an older run must not overwrite a newer answer.
    concurrency:
      group: linekeeper-\${{ github.event.pull_request.number || github.ref }}
      cancel-in-progress: true
    permissions:
      contents: read
      pull-requests: write
      statuses: write
    steps:
      - uses: ${CHECKOUT}
        with:
          fetch-depth: 0
          persist-credentials: ${keepsToken(program)}
${stepsOf(program, '', TOKEN)}
  # A squash or rebase merge makes new commits. This job copies the notes to them.
  notes:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: write
    steps:
      - uses: ${CHECKOUT}
        with:
          fetch-depth: 0
          persist-credentials: ${keepsToken(program)}
${stepsOf(program, '', '')}`,
});
