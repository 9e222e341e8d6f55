/** The programs that act on environments: how each one's target is selected, and which of its commands only read. */
import type { EnvironmentKey } from '../../policy';

interface Asked {
  readonly options: readonly string[];
  /** Variables that only this program uses. */
  readonly variables?: readonly string[];
}

/** How a program's target is selected, by the policy's names. */
export type Tool = Readonly<Partial<Record<EnvironmentKey, Asked>>>;

const KUBE: Tool = { 'kube-context': { options: ['--context', '--cluster', '--kube-context'] } };
const HELM: Tool = { 'kube-context': { options: ['--kube-context', '--context', '--kubecontext'] } };
const AWS: Tool = { 'aws-profile': { options: ['--profile', '--aws-profile'] } };
const GCP: Tool = { 'gcp-project': { options: ['--project', '--project_id', '-P', '-p'] } };
const AZURE: Tool = { 'azure-subscription': { options: ['--subscription', '-s'] } };
/** They reach every cloud that the variables select. */
const PROVISIONS: Tool = {
  'aws-profile': { options: [] },
  'gcp-project': { options: [] },
  'azure-subscription': { options: [] },
};
const TERRAFORM: Tool = { ...PROVISIONS, 'terraform-workspace': { options: [] } };

const each = <Value>(names: string, value: Value): Readonly<Record<string, Value>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, value]));

export const TOOLS: Readonly<Record<string, Tool>> = {
  ...each('kubectl oc k9s flux istioctl linkerd kubens k', KUBE),
  ...each('helm helmfile skaffold velero tilt helmsman', HELM),
  ...each('aws sam cdk copilot eb chalice ecs-cli s3cmd serverless sls awsebcli', AWS),
  eksctl: { ...AWS, ...KUBE },
  ...each('gcloud gsutil bq firebase', GCP),
  ...each('az azd', AZURE),
  ...each('terraform tofu terragrunt cdktf', TERRAFORM),
  packer: PROVISIONS,
  pulumi: { ...PROVISIONS, 'terraform-workspace': { options: ['--stack', '-s'] } },
};

/** Options by which other programs name an environment itself, or a folder or file of its name. */
export const NAMED_BY: Readonly<Record<string, readonly string[]>> = {
  ...each('wrangler railway ldcli copilot knex sequelize sequelize-cli db-migrate phinx amplify', [
    '--env',
    '--environment',
    '-e',
  ]),
  ...each('serverless sls sst', ['--stage', '-s']),
  ...each('ansible ansible-playbook', ['-i', '--inventory', '--inventory-file']),
  ...each('rails helmfile', ['-e', '--environment']),
  sam: ['--config-env'],
  kamal: ['-d', '--destination'],
  dbt: ['-t', '--target'],
};

/** Programs that change nothing, or nothing in an environment. */
const HARMLESS = new Set(
  'echo printf ls cat env printenv pwd cd pushd popd export declare typeset set unset local true false test [ [[ sleep head tail wc jq yq grep rg egrep sed awk sort uniq cut tr diff date whoami id hostname which type command man less more file stat du df find tree basename dirname realpath git exit return : source . sh bash zsh dash ksh fish eval alias read shift trap wait'.split(
    ' ',
  ),
);

/** For each program, the commands that only read, matched against its words without options. */
const READS: Readonly<Record<string, RegExp>> = {
  kubectl:
    /^(?:get|describe|logs?|top|explain|api-(?:resources|versions)|version|cluster-info|diff|auth (?:can-i|whoami)|config (?:view|get-\w+|current-context|use-context|set-context)|rollout (?:status|history)|wait|events|options|completion|kustomize)\b/,
  helm: /^(?:list|ls|status|get|history|hist|template|diff|show|inspect|search|repo|version|env|lint|dependency|dep|pull|package|completion)\b/,
  helmfile: /^(?:list|diff|template|status|lint|build|version)\b/,
  aws: /^(?:configure|sts get-\w|s3 ls|s3api (?:list|get|head)-|logs (?:tail|get|describe|filter|start-query|test)|[\w-]+ (?:describe|get|list|head|search|batch-get|lookup|view|wait|estimate|preview|validate|simulate|scan|query)\b)/,
  gcloud: /^(?:config|auth|info|version|components|(?:[\w-]+ )+(?:list|describe|get-[\w-]+|read|tail))\b/,
  gsutil: /^(?:ls|cat|stat|du|version|hash)\b/,
  bq: /^(?:ls|show|head|version)\b/,
  az: /^(?:login|account|version|(?:[\w-]+ )+(?:list|show|list-[\w-]+|get-[\w-]+|exists|check-[\w-]+))\b/,
  terraform:
    /^(?:plan|show|output|validate|fmt|providers|version|graph|get|init|console|metadata|login|state (?:list|show|pull)|workspace (?:list|show|select|new))\b/,
  pulumi: /^(?:preview|about|whoami|version|logs|stack (?:ls|output|select|history|graph)|stack$|config$|config get)\b/,
  cdk: /^(?:diff|synth|synthesize|ls|list|doctor|docs|context|version)\b/,
  sam: /^(?:validate|build|logs|list|local)\b/,
  eksctl: /^(?:get|info|version|utils describe-\w+)\b/,
  flux: /^(?:get|logs|check|diff|tree|version|events|stats)\b/,
  istioctl: /^(?:analyze|version|proxy-status|ps|proxy-config|pc|describe|x describe)\b/,
  linkerd: /^(?:check|version|viz|stat|diagnostics)\b/,
  velero: /^(?:get|describe|version|(?:backup|restore|schedule) (?:get|describe|logs))\b/,
  packer: /^(?:validate|fmt|inspect|version|init)\b/,
  wrangler:
    /^(?:tail|whoami|types|dev|init|docs|login|versions (?:list|view)|deployments (?:list|status|view)|[\w-]+ (?:[\w-]+ )?(?:list|info|get))\b/,
  railway: /^(?:status|logs?|list|whoami|environment|link|open|docs)\b/,
  ldcli: /^(?:config|login|whoami|[\w-]+ (?:list|get))\b/,
  copilot: /^(?:version|docs|init|[\w-]+ (?:ls|show|status|logs|package))\b/,
  rails: /^(?:routes|about|stats|notes|test|db:version|db:migrate:status|zeitwerk:check|middleware)\b/,
  kamal:
    /^(?:details|config|version|docs|audit|logs|lock status|(?:app|proxy|accessory) (?:details|logs|images|containers|version|stale_containers))\b/,
  dbt: /^(?:compile|parse|ls|list|debug|docs|deps|show|source freshness|test|init)\b/,
  knex: /^migrate:(?:list|status|currentVersion|make)\b/i,
  sequelize: /^(?:db:migrate:status|migration:generate|model:generate|init)\b/,
  sst: /^(?:diff|version|refresh --help|secret list|unlock --help)\b/,
  serverless: /^(?:info|logs|print|package|metrics)\b/,
};
const SAME: Readonly<Record<string, string>> = {
  oc: 'kubectl',
  k: 'kubectl',
  tofu: 'terraform',
  terragrunt: 'terraform',
  sls: 'serverless',
  'sequelize-cli': 'sequelize',
};
/** Options whose next word is a value and not a command. */
const TAKES = new Set(
  '--context --cluster --kube-context --kubecontext --kubeconfig -n --namespace --profile --region --output -o --project --subscription --stack -s -l --selector -f --filename'.split(
    ' ',
  ),
);
const SHOWS =
  /^(?:--?help|-h|--check|--syntax-check|--list-(?:hosts|tasks|tags)|--?version|--dry-run(?:=(?:client|server|true))?|--dryrun|--what-if|--noop)$/;

/** Whether a program with this name and these words only reads, or shows what it would do. */
export function onlyReads(name: string, args: readonly string[]): boolean {
  if (HARMLESS.has(name) || /^kubectx$|^k9s$|^stern$|^kubetail$/.test(name)) return true;
  if (args.some((text) => SHOWS.test(text))) return true;
  const known = SAME[name] ?? name;
  const reads = Object.hasOwn(READS, known) ? READS[known] : undefined;
  if (reads === undefined) return false;
  const plain = args.filter((text, index) => !text.startsWith('-') && !TAKES.has(args[index - 1] ?? ''));
  return plain.length === 0 || reads.test(plain.join(' '));
}

/** What a command selects for the commands after it. */
export function switchesTo(
  name: string,
  args: readonly string[],
): { readonly key: EnvironmentKey; readonly value: string } | undefined {
  const plain = args.filter((text) => !text.startsWith('-'));
  const [first = '', second = '', third = '', fourth = ''] = plain;
  const to = (key: EnvironmentKey, value: string): ReturnType<typeof switchesTo> =>
    value === '' ? undefined : { key, value };
  if (/^(?:kubectl|oc|k)$/.test(name) && first === 'config' && second === 'use-context')
    return to('kube-context', third);
  if (name === 'kubectx') return to('kube-context', first);
  if (
    /^(?:terraform|tofu|terragrunt)$/.test(name) &&
    /^(?:workspace|env)$/.test(first) &&
    /^(?:select|new)$/.test(second)
  )
    return to('terraform-workspace', third);
  if (name === 'pulumi' && first === 'stack' && second === 'select') return to('terraform-workspace', third);
  if (name === 'gcloud' && first === 'config' && second === 'set')
    return third === 'project' || third === 'core/project' ? to('gcp-project', fourth) : undefined;
  if (name === 'az' && first === 'account' && second === 'set')
    return to('azure-subscription', valueOf(args, ['-s', '--subscription', '-n', '--name']));
  if (/^(?:aws-vault|aws2-wrap|saml2aws)$/.test(name) && first === 'exec') return to('aws-profile', second);
  if (name === 'awsume' || name === 'aws_profile' || name === 'asp') return to('aws-profile', first);
  return undefined;
}

const valueOf = (args: readonly string[], options: readonly string[]): string =>
  args.flatMap((text, index) =>
    options.includes(args[index - 1] ?? '')
      ? [text]
      : options.flatMap((option) => (text.startsWith(`${option}=`) ? [text.slice(option.length + 1)] : [])),
  )[0] ?? '';
