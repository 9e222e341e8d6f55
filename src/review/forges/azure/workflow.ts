/** The pipeline that runs the gate in Azure Pipelines, as docs/forges.md shows it. */
import type { Workflow, WorkflowFacts } from '../forge-interface';
import { installIn, NODE_IMAGE } from '../workflow-steps-and-pinned-programs';

export const workflow = ({ branch, package: name, image }: WorkflowFacts): Workflow => ({
  path: 'azure-pipelines.linekeeper.yml',
  text: `# Decides whether a change has the sign-offs that .linekeeper.yml requires.
# Make a pipeline of this file, then add it to the policies of the target branch under Build validation, and the status
# "linekeeper/linekeeper" under Status checks, to be reset whenever there are new changes.
trigger:
  branches:
    include: [${JSON.stringify(branch)}]

resources:
  containers:
    - container: linekeeper
      # An image with git, Node 20 or newer and the command "linekeeper".
      image: ${image ?? NODE_IMAGE}

jobs:
  - job: gate
    displayName: Linekeeper
    timeoutInMinutes: "15"
    pool:
      vmImage: ubuntu-latest
    container: linekeeper
    steps:
      # A squash or rebase merge makes new commits. On the target branch, this job copies the notes to them.
      - checkout: self
        fetchDepth: "0"
        persistCredentials: "true"
${
  name === undefined
    ? ''
    : `      - script: ${installIn('/', name, '--prefix "$AGENT_TEMPDIRECTORY/linekeeper" ')}
        displayName: Install Linekeeper
`
}      - script: ${name === undefined ? '' : 'PATH="$AGENT_TEMPDIRECTORY/linekeeper/bin:$PATH" '}linekeeper ci
        displayName: Decide
        env:
          SYSTEM_ACCESSTOKEN: $(System.AccessToken)
`,
});
