/** Help texts, generated from the verbs themselves. */
import { isForPeople, REST } from './command-table';
import type { Verb } from './command';

/** What `linekeeper help` prints. */
export async function overview(): Promise<string> {
  const verbs: Verb[] = [];
  for (const [name, load] of Object.entries(REST)) if (load && isForPeople(name)) verbs.push(await load());
  const width = Math.max(...verbs.map((verb) => verb.name.length));
  return [
    'linekeeper: who wrote each line, how dangerous it is, and who must look at it',
    '',
    ...verbs.map((verb) => `  ${verb.name.padEnd(width)}  ${verb.summary}`),
    '',
    'Every command takes --repo DIR, and --json where it prints something. "linekeeper COMMAND --help" says more.',
    'Exit codes: 0 yes, 1 no, 2 cannot decide.',
    '',
  ].join('\n');
}

/** What each option is for, by verb: its value, and what it does. */
export const OPTIONS: Readonly<Record<string, Readonly<Record<string, readonly [value: string, says: string]>>>> = {
  status: { plan: ['FILE', 'a Terraform plan as JSON (terraform show -json): its findings are shown too'] },
  blame: {
    plain: ['', 'as plain "git blame": who moved or re-indented a line wrote it'],
    'ignore-rev': ['REV', 'pass over this commit; may be given several times'],
    'ignore-revs-file': ['FILE', 'pass over the commits listed in this file'],
  },
  declare: {
    human: ['', 'a person wrote these lines'],
    ai: ['ASSISTANT', 'this assistant wrote them, such as claude-code'],
    model: ['MODEL', 'its model, where that is known'],
  },
  ack: {
    reason: ['TEXT', 'why the warning is settled; it stays in this work tree'],
    undo: ['', 'take the acknowledgement back: the warning shows again'],
  },
  check: {
    base: ['B', 'the branch to merge into; its policy decides'],
    head: ['H', 'the branch to be merged'],
    actor: ['LOGIN', 'who opened the pull request: their own approval does not count, and their level does'],
    approvals: ['FILE', 'approvals as JSON, outside of the checked-out tree'],
    plan: ['FILE', 'a Terraform plan as JSON (terraform show -json): its findings are among those of the change'],
    emergency: ['REASON', "in an outage: any second person is enough, and a senior's sign-off is owed"],
    format: ['FORMAT', 'text (default), json, markdown, sarif, github or gitlab'],
  },
  ci: {
    sarif: ['FILE', 'write a SARIF report for code scanning'],
    'code-quality': ['FILE', 'write a code quality report for GitLab'],
    dotenv: ['FILE', 'write the outputs as variables for later jobs of GitLab'],
    plan: ['FILE', 'a Terraform plan (terraform show -json) to look at too'],
    'no-comment': ['', 'keep no comment on the pull request'],
    'no-labels': ['', 'set and remove no labels'],
    'no-status': ['', 'set no commit status'],
    action: ['OWNER/NAME@REF', 'init: the Action to use, best by a full commit id'],
    print: ['', 'init: only print the file'],
    yes: ['', 'init: write the file without asking'],
  },
  deploy: {
    stage: ['STAGE', "a stage of the policy's rollout, such as canary"],
    ref: ['REV', 'the commit that was deployed, or is to be'],
    at: ['TIME', 'when it was deployed, such as 2026-11-24T10:12:00Z; default: now'],
    id: ['ID', 'your own id of the deployment; recorded twice it counts once'],
    failed: ['', 'the deployment failed, so it starts no soak time'],
    'from-forge': ['', 'record what GitHub or GitLab knows of deployments, each once'],
    environment: [
      'NAME=STAGE',
      "which stage a forge's environment is, where the names differ; may be given several times",
    ],
    event: ['', "take commit, stage and who asks from a CI job's event, and fetch the notes first"],
    base: ['BRANCH', "the branch whose policy and incidents decide; default: the remote's own"],
    from: ['REV', 'what the stage runs now, where nothing is recorded for it'],
    actor: ['LOGIN', 'who deploys: their own sign-off does not count'],
    approvals: ['FILE', 'approvals as JSON, outside of the checked-out tree'],
    emergency: ['REASON', 'let what an emergency let through go out before it is paid for'],
    format: ['FORMAT', 'text (default), json or github'],
  },
  incident: {
    title: ['TEXT', 'what went wrong, in a few words'],
    began: ['TIME', 'when it began, such as 2026-11-24T10:12:00Z'],
    service: ['NAME', 'a service that was down; may be given several times'],
    path: ['PATTERN', 'files that it is about, such as "infra/orders/**"; may be given several times'],
    trace: ['FILE', 'a stack trace, log lines or a plan; - for standard input'],
    deployed: ['REV', 'what ran when it began; default: as the records of deployments say'],
    'last-good': ['REV', 'what ran before and worked; default: as the records say'],
    print: ['', 'only show what is found, and write no file'],
    by: ['assistant', 'sum up what was learnt, by assistant and model'],
    state: ['STATE', 'only open, mitigated or closed ones'],
    format: ['FORMAT', 'markdown (default) or html'],
    output: ['FILE', 'write the report there'],
  },
  prompts: { yes: ['', 'really remove them'] },
  policy: {
    preset: ['PRESET', 'how much a new policy asks: startup (default), regulated or platform'],
    print: ['', 'show the new policy and write nothing'],
    path: ['FILE', 'the file of a vendored policy in its own repository; default: .linekeeper.yml'],
    since: ['DAY', 'rehearse from this day on, or so long ago; default: 90d'],
    policy: ['FILE', 'rehearse this draft, next to the policy that decides'],
    pace: ['N', 'lines that somebody reads in an hour, for the time a rehearsal estimates; default: 400'],
    format: ['FORMAT', 'of a rehearsal: text (default), json or html, a page of its own'],
    output: ['FILE', 'write a rehearsal there'],
    as: ['NAME', 'the name of a vendored policy here, such as acme.yml'],
    file: ['FILE', 'show and explain by this draft instead of the policy that decides'],
    refresh: ['', 'people: ask the forge who is in the teams, and keep the answer'],
  },
  review: {
    base: ['BRANCH', "the branch to merge into; default: the remote's own"],
    forge: ['FORGE', 'github, gitlab, bitbucket-cloud, bitbucket-dc, azure or gitea, where its address does not say'],
    print: ['', 'print the text and start no browser'],
    read: ['BASE..HEAD', 'show the change in the order to read it: by risk, then by size'],
    tick: ['ID', 'tick a hunk as read, or all of them; may be given several times'],
    coverage: [
      'FILE',
      'a report of test coverage (LCOV, Cobertura, JaCoCo, Go); default: the latest in the usual places',
    ],
    create: ['', 'create the pull request with gh or glab, or update the one that is open, after showing it'],
    draft: ['', 'create it as a draft'],
    yes: ['', 'do not ask before it is sent'],
  },
  install: {
    git: ['', 'the git hooks of this repository; also when nothing else is named'],
    assistant: ['ID', 'the hooks of this assistant, or of all; may be given several times'],
    user: ['', 'into your own settings (default)'],
    project: ['', "into the repository's settings, where everybody gets them"],
    notes: ['', 'let git push and git fetch carry the notes too'],
  },
  uninstall: {
    git: ['', 'the git hooks of this repository; also when nothing else is named'],
    assistant: ['ID', 'the hooks of this assistant, or of all; may be given several times'],
    user: ['', 'out of your own settings (default)'],
    project: ['', "out of the repository's settings"],
  },
  sign: {
    tier: ['TIER', 'sign for this tier only; may be given several times'],
    key: ['FILE', "the SSH key to sign with; default: git's user.signingKey"],
    list: ['', 'show who signed a commit'],
    base: ['BRANCH', 'the branch whose policy and incidents decide, where that is not BASE, as for a deployment'],
  },
  'request-run': {
    reason: ['TEXT', 'why it must run, for whoever approves it'],
    directory: ['DIR', 'where it would run; default: the current directory'],
    approved: ['CODE', 'take in an approval that was given in another clone'],
    list: ['', 'show the requests of this work tree'],
  },
  'approve-run': { key: ['FILE', "the SSH key to sign with; default: git's user.signingKey"] },
  exception: {
    reason: ['TEXT', "why it is needed; it is kept in the commit's note"],
    minutes: ['N', 'how long it lasts, from 1 to 120; default: 15'],
    tier: ['NAME', 'only in this tier of the policy'],
    session: ['ID', 'only for this session of an assistant'],
    end: ['', 'end the exceptions that are active'],
  },
  doctor: { prove: ['', 'play an edit through every installed hook, up to the gate'] },
  export: {
    texts: ['', 'with the texts that the records refer to'],
    format: ['FORMAT', 'the committed history as tables: parquet, ndjson or agent-trace'],
    output: ['DIR', 'where the tables go; what is there already is only added to'],
    name: ['NAME', 'what to call this repository in the tables'],
    findings: ['', 'with what danger rules find in each commit; takes longer'],
    people: ['', "with the people's addresses; left out otherwise"],
  },
  report: {
    since: ['DAY', 'from this day on (2026-01-31), or for so long (90d)'],
    until: ['DAY', 'up to and with this day'],
    format: ['FORMAT', 'text (default), json, csv or html'],
    output: ['FILE', 'write it to a file'],
    findings: ['', 'with what danger rules find in each commit; takes long the first time'],
    people: ['', 'by person too, where at least five took part'],
    depth: ['N', 'how many folders deep paths are told apart; default: 1'],
    fresh: ['', 'work everything out again'],
  },
  fleet: {
    question: ['ID', 'only this question; may be given several times'],
    sql: ['FILE', 'a question of your own; may be given several times'],
    memory: ['SIZE', 'how much memory the database may take; default: 1GB'],
    merge: ['DIR', 'put the exports together into few large files'],
    list: ['', 'show the questions'],
  },
  purge: { notes: ['', 'the notes here too'], yes: ['', 'really remove it; without this it only says what would go'] },
};

const EXAMPLE = `
An assistant's own hook payload, or for any other tool ("generic") one such object before an edit and one after it:

  {"version": 1, "event": "before", "id": "7", "author": "ai", "tool": "my-tool", "model": "m-1", "session": "s-1",
   "cwd": "/path/to/repository", "files": ["src/a.ts"]}

"event": "after" with the same id credits what changed in between to the author. Without "files" all changed files are looked
at. An "after" alone credits what its own "edits": [{"path", "old", "new", "line"}] prove.
`;

/** What `linekeeper VERB --help` prints. */
export function verbHelp(verb: Verb): string {
  const says = OPTIONS[verb.name] ?? {};
  const options = [...Object.keys(verb.options), 'repo', 'json'].map((name): readonly [string, string] => {
    const [value, text] = says[name] ?? COMMON[name] ?? ['', ''];
    return [`--${name}${value === '' ? '' : ` ${value}`}`, text];
  });
  const width = Math.max(...options.map(([words]) => words.length));
  const list = options.map(([words, text]) => `  ${words.padEnd(width)}  ${text}`);
  return `${verb.summary}\n\nUsage: linekeeper ${verb.name} ${verb.usage}\n${verb.name === 'record' ? EXAMPLE : ''}\n${list.join('\n')}\n`;
}

const COMMON: Readonly<Record<string, readonly [value: string, says: string]>> = {
  repo: ['DIR', 'any folder of the repository; default: the current one'],
  json: ['', 'the answer as JSON'],
};
