/** The files that let a forge run the gate, as `linekeeper ci init` writes them and docs/ci.md shows them. */

export const WORKFLOWS = ['github', 'gitlab'] as const;
export type WorkflowId = (typeof WORKFLOWS)[number];

export interface Workflow {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly text: string;
}

interface WorkflowFacts {
  /** The Action, as `OWNER/NAME@REF`; best a full commit id. */
  readonly action: string;
  /** Target branch. */
  readonly branch: string;
}

/** Pinned to a commit, since a tag can be moved. */
const CHECKOUT = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0';

const github = ({ action, branch }: WorkflowFacts): Workflow => ({
  path: '.github/workflows/linekeeper.yml',
  text: `# Decides whether a change has the sign-offs that .linekeeper.yml asks for.
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
    # The same commit may be in a pull request into another branch, whose policy asks for less: the name tells them apart.
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
      - uses: ${action}
        env:
          GITHUB_TOKEN: \${{ github.token }}

  # The merge buttons make new commits: this gives them the notes of those that they were made of.
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
      - uses: ${action}
`,
});

const gitlab = ({ branch }: WorkflowFacts): Workflow => ({
  path: '.gitlab/linekeeper.yml',
  text: `# Decides whether a change has the sign-offs that .linekeeper.yml asks for.
# In .gitlab-ci.yml: include: [{ local: .gitlab/linekeeper.yml }]
# LINEKEEPER_IMAGE: an image with git, Node 20 or newer and the command "linekeeper".
# LINEKEEPER_GITLAB_TOKEN: a masked project access token (Developer, scope api).
linekeeper:
  image: $LINEKEEPER_IMAGE
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: "0"
  script:
    - linekeeper ci --code-quality linekeeper-quality.json --dotenv linekeeper.env
  artifacts:
    when: always
    reports:
      codequality: linekeeper-quality.json
      dotenv: linekeeper.env

# The merge buttons make new commits: this gives them the notes of those that they were made of.
# It needs: Settings > CI/CD > Job token permissions > Allow Git push requests to the repository.
linekeeper-notes:
  image: $LINEKEEPER_IMAGE
  rules:
    - if: $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == ${JSON.stringify(branch)}
  variables:
    GIT_DEPTH: "0"
  script:
    - linekeeper ci
`,
});

const ALL: Readonly<Record<WorkflowId, (facts: WorkflowFacts) => Workflow>> = { github, gitlab };

/** The file for a forge. Throws nothing; `action` must be `OWNER/NAME@REF`. */
export const renderWorkflow = (id: WorkflowId, facts: WorkflowFacts): Workflow => ALL[id](facts);
