/** The file that runs the gate in Bitbucket Pipelines, as docs/forges.md shows it. */
import type { Workflow, WorkflowFacts } from '../forge-interface';
import { installIn, NODE_IMAGE } from '../workflow-steps-and-pinned-programs';

export const workflow = ({ branch, package: name, image }: WorkflowFacts): Workflow => ({
  path: 'bitbucket-pipelines.yml',
  text: `# Decides whether a change has the sign-offs that .linekeeper.yml requires.
# LINEKEEPER_BITBUCKET_TOKEN: a secured variable with a repository access token (repositories: read, pull requests: write).
# In the branch restrictions of the target branch, require successful builds and reset approvals when the source changes.

# An image with git, Node 20 or newer and the command "linekeeper".
image: ${image ?? NODE_IMAGE}

clone:
  depth: full

pipelines:
  pull-requests:
    "**":
      - step:
          name: Linekeeper
          max-time: 15
          script:
${name === undefined ? '' : `            - ${installIn('/', name)}\n`}            - linekeeper ci
  branches:
    # A squash or rebase merge makes new commits. This job copies the notes to them.
    ${JSON.stringify(branch)}:
      - step:
          name: Linekeeper notes
          max-time: 15
          script:
${name === undefined ? '' : `            - ${installIn('/', name)}\n`}            - linekeeper ci
`,
});
