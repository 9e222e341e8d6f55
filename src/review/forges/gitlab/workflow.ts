/** The job that runs the gate in GitLab CI, as docs/dev/ci-files.md shows it. */
import type { Workflow, WorkflowFacts } from '../forge-interface';
import { installIn, NODE_IMAGE } from '../workflow-steps-and-pinned-programs';

export const workflow = ({ branch, package: name, image }: WorkflowFacts): Workflow => ({
  path: '.gitlab/linekeeper.yml',
  text: `# Decides whether a change has the sign-offs that .linekeeper.yml requires.
# In .gitlab-ci.yml: include: [{ local: .gitlab/linekeeper.yml }]
${(name ?? image) ? '' : '# LINEKEEPER_IMAGE: an image with git, Node 20 or newer and the command "linekeeper".\n'}# LINEKEEPER_GITLAB_TOKEN: a masked project access token (Developer, scope api).
linekeeper:
  image: ${image ?? (name === undefined ? '$LINEKEEPER_IMAGE' : NODE_IMAGE)}
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: "0"
  script:
${name === undefined ? '' : `    - ${installIn('/', name)}\n`}    - linekeeper ci --code-quality linekeeper-quality.json --dotenv linekeeper.env
  artifacts:
    when: always
    reports:
      codequality: linekeeper-quality.json
      dotenv: linekeeper.env

# A squash or rebase merge makes new commits. This job copies the notes to them.
# It needs: Settings > CI/CD > Job token permissions > Allow Git push requests to the repository.
linekeeper-notes:
  image: ${image ?? (name === undefined ? '$LINEKEEPER_IMAGE' : NODE_IMAGE)}
  rules:
    - if: $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == ${JSON.stringify(branch)}
  variables:
    GIT_DEPTH: "0"
  script:
${name === undefined ? '' : `    - ${installIn('/', name)}\n`}    - linekeeper ci
`,
});
