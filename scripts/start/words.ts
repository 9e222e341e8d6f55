/** What the terminal shows while the editor is open. */

/** For the sample repository. `agent`: what to do before the chat agent can be used. */
export const tryThis = (root: string, agent: string): string => `
  The folder is a sample repository, made again at each start: ${root}
  You are June Park there, whom its policy (.linekeeper.yml) lists as junior.

  Try this:

  1  Type a function into src/invoice.ts and save. Nothing is marked: it is yours.
  2  On a new line at its end type   export function withDiscount(
     and press Tab. The completion is marked as AI's, and counted in the status bar.
  3  ${agent}
     ask it to encrypt the database: a scripted agent answers, no account is needed.
     Then open infra/prod/main.tf. What it did would destroy the database; see the warning.
  4  Run "Linekeeper: Set Up…", then "Linekeeper: Preview Trailers", and commit.
     git log -1 shows what the commit says of itself.
  5  Run "Linekeeper: Request Review". It asks before it pushes, to a folder on this
     machine, then opens GitHub's page with everything filled in. The project acme/costs is
     made up, so GitHub will not find it.

`;

/** For one's own repository. */
export const yourOwn = (root: string, cli: string): string => `
  Your folder: ${root}
  The editor has settings and extensions of its own; yours stay as they are.

  "Linekeeper: Set Up…" in the command palette says what it would add, and adds what you choose.
  The same from a terminal:  node ${cli} help
`;

export const commands = (linekeeper: string): string => `  In the terminal:
     ${linekeeper} status      who wrote what is not committed
     ${linekeeper} show        who wrote the lines of the last commit
     ${linekeeper} check --base main --head HEAD
`;
