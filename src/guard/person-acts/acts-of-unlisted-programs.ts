/**
 * What a call does by its words alone, where no row knows its program: `PROGRAM deploy … production`, a task or a job
 * `deploy-prod`, a file `deploy.sh` with `production`, `PROGRAM publish`.
 */
import { anyOf, either } from '../../base/patterns';
import { isEveryday, knowsProgram, wordsOf, type Call } from '../../danger/commands';
import { INTERPRETERS, type Invocation } from '../../danger/shell';
import type { PersonAct } from './forges/types';

const DEPLOYS = /^(?:re)?deploy$|^(?:promote|rollout|ship|release|golive|cutover)$/;
const PRODUCTION = /^(?:prod|production|prd|live|golive)$/;
const QUICK = /deploy|promote|rollout|ship|release|live|cutover|publish/i;
/** Words that say that nothing is brought anywhere. */
const READS = anyOf(
  `ls list get show status logs? describe diff plan view info inspect history watch tail validate lint test tests check checks build
  template render help init search explain download delete rm remove notes? edit read assemble bundle compile package install clean
  docs? dependencies generate changelog dry`,
  { before: '^(?:', after: ')$' },
);
const DRY = either(
  /^(?:-C|--?(?:dry-?run|check|syntax-check|plan|preview|what-?if|diff|help|h)(?:=.*)?)$/i,
  /^--?(?:list[\w-]*|show|validate-only|simulate|no-?op|build-only|version|V)(?:=.*)?$/i,
);
/** What starts a task of the repository by its name. */
const RUNNERS =
  /^(?:npm|pnpm|yarn|bun|make|gmake|just|task|go-task|rake|invoke|inv|fab|nox|tox|mise|poe|nx|turbo|composer|gradlew?|deno|hatch|pdm|pixi|mage|gulp|doit|mix|ant|fastlane|cap|envoy|melos|cargo-make|makers|run-s|run-p|npm-run-all|bundle)$/;
const SHELLS = /^(?:(?:ba|z|da|k|a)?sh|pwsh|powershell|source|\.)$/;
/** What starts a job that stands elsewhere. */
const STARTS = /^(?:start|run|trigger|execute|submit|dispatch|invoke|queue|build)$/;
/** They have rows of their own, or say the same of something else. */
const OTHERS = anyOf(
  String.raw`git gh glab tea hub jj oc helm docker podman nerdctl buildah terraform tofu terragrunt psql mysql sqlite3 curl wget http ssh
  scp rsync aws trivy checkov kics conftest kube\w* kustomize polaris nats mqttx? ably pulsar\w* dapr`,
  { before: '^(?:', after: ')$' },
);

const isProduction = (word: string): boolean => wordsOf(word).some((part) => PRODUCTION.test(part));
const deploysAs = (word: string): boolean => wordsOf(word).some((part) => DEPLOYS.test(part));
/** A task's or a job's name: `deploy-prod`, `release:production`. */
function isNamedSo(word: string): boolean {
  const name = /^(?:[\w@.-]+\/)*([\w:@-]+)$/.exec(word)?.[1] ?? '';
  return deploysAs(name) && isProduction(name) && !wordsOf(name).some((part) => READS.test(part));
}

/** Whether a call has such a word. */
export const maySayAct = ({ words }: Invocation): boolean => words.some(({ text }) => QUICK.test(text));

/** `hasRows`: rows say what its program publishes. */
export function actByWords(call: Call, hasRows: boolean): PersonAct | undefined {
  const { name, args, invocation } = call;
  const started = invocation.words[0]?.text ?? '';
  if (OTHERS.test(name) || !maySayAct(invocation) || args.some((text) => DRY.test(text))) return undefined;
  // a script of the package, behind its manager
  if (/^[\w:-]+$/.test(started) && isNamedSo(started)) return 'deploy';
  const plain = args.filter((text) => !text.startsWith('-'));
  if (RUNNERS.test(name)) return byTask(call, plain);
  if (SHELLS.test(name) || INTERPRETERS.test(name)) {
    const at = args.findIndex((text) => !text.startsWith('-'));
    const before = args.slice(0, at);
    // a text behind `-c` is read as what it runs, and `-n` only checks a file
    if (at < 0 || before.some((text) => /^-[a-zA-Z]*[cenp]|^--(?:eval|check)/.test(text))) return undefined;
    return byFile(args[at] ?? '', args.slice(at + 1), invocation.assignments);
  }
  if (/[\\/]/.test(started) && !/[\\/]\.?bin[\\/][\w.-]+$/.test(started))
    return byFile(started, args, invocation.assignments);
  if (isEveryday(name)) return undefined;
  const verbs = plain.slice(0, 4);
  const end = verbs.findIndex((word) => READS.test(word) && !STARTS.test(word));
  const said = end < 0 ? verbs : verbs.slice(0, end);
  if (end < 0 && said.some((word) => word.split(/[:.]/).some((part) => DEPLOYS.test(part))) && args.some(isProduction))
    return 'deploy';
  if (end < 0 && said.some((word) => STARTS.test(word)) && args.some((text) => isNamedSo(text.replace(/^-[^=]*=/, ''))))
    return 'deploy';
  return !hasRows && said.slice(0, 2).includes('publish') && !knowsProgram(name) ? 'publish' : undefined;
}

/** The task's name stands first, behind `run` and the names of packages. */
function byTask({ name, args }: Call, plain: readonly string[]): PersonAct | undefined {
  if (args.some((text) => /^-[a-zA-Z]*n$/.test(text))) return undefined;
  const [first = '', second = '', third = ''] = plain;
  const tasks = /^(?:run|run-script|run-many|task|tasks|exec)$/.test(first)
    ? [second]
    : /^(?:workspace|--filter)$/.test(first)
      ? [third]
      : /^(?:npm|pnpm|yarn|bun|composer|bundle)$/.test(name)
        ? [first, ...(args.includes('--filter') || args.includes('-F') ? [second] : [])]
        : plain.filter((word) => !word.includes('='));
  const isStage = tasks.some(deploysAs) && plain.some((word) => /=/.test(word) && isProduction(word));
  return tasks.some(isNamedSo) || (isStage && !tasks.some((word) => READS.test(word))) ? 'deploy' : undefined;
}

/** A file of the repository that is called after what it does. */
function byFile(file: string, args: readonly string[], assignments: readonly string[]): PersonAct | undefined {
  const base = file.split(/[\\/]/).at(-1) ?? '';
  if (
    !/^[\w.-]+$/.test(base) ||
    !deploysAs(base.replace(/\.\w+$/, '')) ||
    wordsOf(base).some((part) => READS.test(part))
  )
    return undefined;
  return [base, ...args, ...assignments].some(isProduction) ? 'deploy' : undefined;
}
