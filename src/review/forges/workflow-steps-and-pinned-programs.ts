/** Programs that the files which `ci init` writes use, and how a job gets them. */
import type { JobProgram } from './forge-interface';

/** Pinned to a commit, since a tag can be moved. */
export const CHECKOUT = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0';

/** Has git, Node and npm. */
export const NODE_IMAGE = 'node:22-bookworm';

/**
 * A shell's line that installs a package of ours. Not in the clone, where a change could bring an `.npmrc` that names
 * another registry. An address may end in `#sha256=` and the file's checksum.
 */
export function installIn(folder: string, name: string, options = ''): string {
  const [address, sum] = name.split('#sha256=');
  const install = `npm install --global ${options}--ignore-scripts`;
  if (sum === undefined) return `(cd ${folder} && ${install} ${name})`;
  const file = 'linekeeper.tgz';
  return `(cd ${folder} && curl -fsSL -o ${file} ${address ?? ''} && echo "${sum}  ${file}" | sha256sum --check && ${install} ./${file})`;
}

/**
 * The steps after the checkout, of GitHub's workflows and of those like it. `prefix`: of the address of an action.
 * `token`: the lines that pass it on to the Action.
 */
export const stepsOf = ({ action = '', package: name }: JobProgram, prefix: string, token: string): string =>
  name === undefined
    ? `      - uses: ${prefix}${action}\n${token}`
    : `      - run: ${installIn('"$RUNNER_TEMP"', name, '--prefix "$RUNNER_TEMP/linekeeper" ')}
      - run: PATH="$RUNNER_TEMP/linekeeper/bin:$PATH" linekeeper ci
${TOKEN}`;

/** Passes the job's token on. */
export const TOKEN = `        env:
          GITHUB_TOKEN: \${{ github.token }}
`;

/** Of the checkout: the Action gives git the token itself; the command alone has only what the checkout keeps. */
export const keepsToken = ({ package: name }: JobProgram): string => String(name !== undefined);
