/**
 * The Action's inputs. Only these are read, and only in these forms: who opened a change, its approvals and its commits
 * come from the event and the forge, never from an input, which a workflow may have filled with a pull request's text.
 */

type Environment = Readonly<Record<string, string | undefined>>;

type ActionCall =
  | { readonly words: readonly string[]; readonly env: Readonly<Record<string, string>> }
  /** Why not, on one line. */
  | { readonly refused: string };

/** Inputs that are switched on unless they say `false`, and the option that switches them off. */
const SWITCHES: Readonly<Record<string, string>> = {
  comment: '--no-comment',
  labels: '--no-labels',
  status: '--no-status',
};
interface FilePlace {
  readonly place: string;
  readonly prefix: string;
}

/** Inputs that name a file, and where it lies: a floor where no change could have written it. */
function filesIn(env: Environment): Readonly<Record<string, FilePlace>> {
  const workspace = { place: 'the workspace', prefix: '' };
  const floor = { place: "the runner's temporary folder", prefix: `${env['RUNNER_TEMP'] ?? ''}/` };
  return { sarif: workspace, plan: workspace, coverage: workspace, floor };
}

/** Inputs that are tokens, and the variables that they are passed on in. */
const TOKENS: Readonly<Record<string, string>> = { token: 'GITHUB_TOKEN', 'team-token': 'LINEKEEPER_TEAM_TOKEN' };

/**
 * Lets git fetch and push with the job's token at the forge's own server, and nowhere else, so that no checkout has to
 * keep it in a file. One that a checkout kept all the same is put aside: two are refused.
 */
function gitAccess(env: Environment, token: string): Readonly<Record<string, string>> {
  const address = env['GITHUB_SERVER_URL'] ?? '';
  if (token === '' || !/^https?:/.test(address) || !URL.canParse(address)) return {};
  const { origin } = new URL(address);
  const before = /^\d{1,3}$/.test(env['GIT_CONFIG_COUNT'] ?? '') ? Number(env['GIT_CONFIG_COUNT']) : 0;
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  const values = ['', `AUTHORIZATION: basic ${basic}`];
  return Object.fromEntries<string>([
    ['GIT_CONFIG_COUNT', String(before + values.length)],
    ...values.flatMap((value, index): [string, string][] => [
      [`GIT_CONFIG_KEY_${String(before + index)}`, `http.${origin}/.extraheader`],
      [`GIT_CONFIG_VALUE_${String(before + index)}`, value],
    ]),
  ]);
}

/** Deciding on a deployment only needs the repository, so no token is passed on but git's. */
function deployCall(env: Environment, input: (name: string) => string): ActionCall {
  if (input('floor') !== '') return { refused: 'The input "floor" goes with "mode: gate".' };
  const stage = input('stage');
  if (!/^(?:[a-z0-9-]{1,32})?$/.test(stage) || stage.startsWith('-'))
    return { refused: 'The input "stage" takes the name of a stage: small letters, digits and hyphens.' };
  return {
    words: ['deploy', 'check', '--event', '--format=github', ...(stage === '' ? [] : [`--stage=${stage}`])],
    env: gitAccess(env, input('token')),
  };
}

/** The call that the inputs describe. GitHub passes each one as `INPUT_NAME`. */
export function actionCall(env: Environment): ActionCall {
  const input = (name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const mode = input('mode');
  if (!['', 'gate', 'deploy'].includes(mode)) return { refused: 'The input "mode" takes gate or deploy.' };
  if (mode === 'deploy') return deployCall(env, input);
  if (input('stage') !== '') return { refused: 'The input "stage" goes with "mode: deploy".' };
  const words = ['ci'];
  for (const [name, option] of Object.entries(SWITCHES)) {
    const value = input(name);
    if (!['', 'true', 'false'].includes(value)) return { refused: `The input "${name}" takes true or false.` };
    if (value === 'false') words.push(option);
  }
  for (const [name, { place, prefix }] of Object.entries(filesIn(env))) {
    const value = input(name);
    if (value === '') continue;
    // A name of plain words below the folder: nothing that could be an option, a link to elsewhere or a line of its
    // own.
    if (!/^[\w][\w.-]*(?:\/[\w][\w.-]*)*$/.test(value))
      return {
        refused: `The input "${name}" takes the name of a file in ${place}, of letters, digits, ".", "-", "_" and "/".`,
      };
    words.push(`--${name}=${prefix}${value}`);
  }
  const tokens = Object.entries(TOKENS).flatMap(([name, variable]) =>
    input(name) === '' ? [] : [[variable, input(name)] as const],
  );
  return { words, env: { ...Object.fromEntries(tokens), ...gitAccess(env, input('token')) } };
}
