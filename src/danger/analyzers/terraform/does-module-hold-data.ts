/** What a module has in it, as far as the repository shows: its folder may be there, or leave with the change. */
import { folderOf, joinPath } from './group-removals-across-folders';
import { holdsData } from '../../terraform/data-holding-types';
import { textAt } from '../../yaml-and-json';
import type { Item } from '../../terraform/read-configuration';
import type { Change, Tools } from '../../types';
import { isSetting } from './removed-and-recreated-resources';

/** `settings`: only what Terraform makes again as it was. Undefined: nobody can tell. */
export type Contents = 'data' | 'no data' | 'settings';

/** Modules call others so deep at most; deeper ones nobody can tell. */
const DEEPEST = 3;
/** More lines than these were cut off. */
const LINES_AT_MOST = 2_000;

/** Made elsewhere, by the last word of their name: who may do what, and no data. */
const RIGHTS =
  /(?:^|[/_-])(?:alarms?|iam|iam[_-]groups?|roles?|role[_-]assignments?|polic(?:y|ies)|security[_-]groups?|s(?:ub)?net|n?sg)(?:\/(?:aws|azurerm|google))?(?:[?#]|$)/i;
/** And those that only run, or connect. */
const RUNS =
  /(?:^|[/_-])(?:acm|alb|api[_-]?gateway|api[_-]management[_-](?:api|product)|cert(?:ificate)?s?|elb|endpoints?|lambda|nlb|slot|waf)(?:\/(?:aws|azurerm|google))?(?:[?#]|$)/i;
/** A registry publishes what its modules make: those of data stores say so by their names. */
const STORES =
  /^[\w-]+\/(?:[\w-]*-)?(?:aurora|database|dynamodb(?:-table)?|cloud-sql|db|documentdb|elasticache|efs|mysql|postgres(?:ql)?|rds(?:-aurora)?|redis|redshift|s3-bucket|cloud-storage|sql-db)(?:-[\w-]+)?\/[\w-]+$/i;
/** By its name or address it says who finds or may use something: nothing is in it. */
const CONNECTS =
  /(?:^|[/_.-])(?:dns|cname|records?|(?:private[_-]?)?(?:link|endpoints?)|identit(?:y|ies)|oidc|roles?|iam|rbac|polic(?:y|ies)|permissions?|groups?|memberships?|bindings?)(?=$|[/_.?#-])/i;
/** And what keeps something beside that. */
const KEEPS =
  /(?:^|[/_.-])(?:databases?|db|rds|sql|postgres\w*|mysql|redis|bucket|storage|disks?|volumes?|vault|cluster)(?=$|[/_.?#-])/i;

/** Whether a module, as far as its name and its source's address say, only connects or only lets somebody in. */
export const isOfConnections = ({ labels, body }: Item): boolean => {
  const words = `${labels[0] ?? ''} ${(textAt(body, 'source') ?? '').replace(/^[\w+]+::|^\w+:\/\/[^/]*|\.git(?=$|[/?#])/g, '')}`;
  return words.split(' ').some((one) => CONNECTS.test(one)) && !KEEPS.test(words);
};
/** Providers of which it is known what holds data. */
const KNOWN =
  /^(?:aws|awscc|azuread|azurerm|cloudflare|datadog|fastly|github|google|grafana|helm|kubectl|kubernetes|local|null|okta|opsgenie|pagerduty|random|sentry|terraform|time|tls)_/;
/** Of a program's logs little is lost with the program. */
const OF_PROGRAMS = /^(?:aws_cloudwatch_log_group|random_password)$/;

export async function contentsOf(
  { body }: Item,
  path: string,
  changes: readonly Change[],
  tools: Tools,
): Promise<Contents | undefined> {
  const source = textAt(body, 'source') ?? '';
  return inside(source, folderOf(path), 0);

  async function inside(from: string, folder: string, depth: number): Promise<Contents | undefined> {
    if (!/^\.\.?\//.test(from)) return byName(from);
    const target = joinPath(folder, from);
    if (target === undefined || depth > DEEPEST) return undefined;
    const lines = await linesIn(target);
    const types = lines.flatMap((line) => /^\s*resource\s+"(\w+)"/.exec(line)?.[1] ?? []);
    const calls = lines.filter((line) => /^\s*module\s+"/.test(line)).length;
    if (lines.length === 0) return byName(from); // of a submodule
    if (lines.length >= LINES_AT_MOST || types.length + calls === 0) return undefined;
    if (types.some((type) => holdsData(type) && !OF_PROGRAMS.test(type))) return 'data';
    if (!types.every((type) => KNOWN.test(type))) return undefined;
    const called: (Contents | undefined)[] = [];
    if (calls > 0) {
      const sources = lines.flatMap((line) => /^\s*source\s*=\s*"([^"]+)"/.exec(line)?.[1] ?? []).filter(isModule);
      if (sources.length < calls) return undefined;
      for (const one of sources) called.push(await inside(one, target, depth + 1));
    }
    if (called.includes(undefined)) return undefined;
    if (called.includes('data')) return 'data';
    return called.includes('no data') || !types.every(isSetting) ? 'no data' : 'settings';
  }

  /** Of the files that the change touches, as they were; of the others, as they are. */
  async function linesIn(folder: string): Promise<readonly string[]> {
    const touched = changes.flatMap(({ path: at, before }) =>
      at.startsWith(folder) && /\.(?:tf|tofu)$/.test(at) ? (before ?? '').split('\n') : [],
    );
    return [...touched, ...((await tools.beside?.(`${folder}main.tf`, '"')) ?? [])];
  }
}

const byName = (source: string): Contents | undefined =>
  STORES.test(source) ? 'data' : RIGHTS.test(source) ? 'settings' : RUNS.test(source) ? 'no data' : undefined;

/** `hashicorp/aws` is a provider; modules of a registry have three names. */
const isModule = (source: string): boolean => !/^[\w.-]+\/[\w.-]+$/.test(source);
