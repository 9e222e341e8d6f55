/**
 * What may be said in an assistant's own rules: beginnings of commands, and files that hold keys. The guard decides
 * which of them the policy refuses or asks about; its code knows more than the beginning of a command can say.
 */
import { COMMANDS } from '../../danger/rules/order-of-rows';
import { RULES } from '../../danger/rules';
import { FORGE_ACTS } from '../person-acts/forges';
import { KEY_PRINTERS } from '../credentials/known-keys';
import { wordSet } from '../../base/patterns';
import { REGISTRY_ACTS } from '../person-acts/package-registry-acts';

/** Everyday programs whose commands are read by code, and not by rows. */
const READ_BY_CODE = `
terraform destroy
tofu destroy
terragrunt destroy
pulumi destroy
cdk destroy
kubectl delete
oc delete
helm uninstall
helm delete
docker volume rm
docker volume prune
docker system prune
dropdb
mkfs
shred
git push --force
git push -f
git reset --hard
git clean
git filter-branch
aws s3 rb
aws s3 rm
aws rds delete-db-instance
aws rds delete-db-cluster
aws ec2 terminate-instances
aws dynamodb delete-table
aws cloudformation delete-stack
aws ec2 delete-volume
gcloud projects delete
gcloud sql instances delete
gcloud compute instances delete
gcloud container clusters delete
az group delete
az sql db delete
az vm delete
az aks delete
gh repo delete
fly apps destroy
railway down
vercel remove
doctl databases delete
redis-cli flushall
redis-cli flushdb
npm unpublish
`;

/** A person reads these lists in their own settings: the rows of rarer programs stay with the guard alone. */
const WELL_KNOWN = wordSet(`
  terraform tofu terragrunt pulumi cdk kubectl oc helm docker podman git aws gcloud az gh glab npm pnpm yarn cargo twine gem
  redis-cli vault heroku fly flyctl vercel netlify railway firebase gsutil bq rclone consul op s3cmd mc poetry uv
`);

interface PrefixRow {
  readonly program: unknown;
  readonly verb?: unknown;
}

/** The beginnings that a row names by words alone: a row with further conditions is about less than its beginning. */
function prefixesOf(row: PrefixRow): string[] {
  const conditions = Object.keys(row).filter((key) => /^(?:with|line|text|only)$/.test(key));
  if (conditions.length > 0 || typeof row.program !== 'string' || typeof row.verb !== 'string') return [];
  const verbs = row.verb.split(',').map((verb) => verb.trim());
  return row.program
    .split(' ')
    .filter((program) => WELL_KNOWN.has(program))
    .flatMap((program) => verbs.filter((verb) => !verb.includes('*')).map((verb) => `${program} ${verb}`));
}

/** Each once; words separated by one space. */
export function commandCandidates(): readonly string[] {
  const critical = COMMANDS.flatMap(([rule, rows]) =>
    rows().filter(({ severity = RULES[rule].severity }) => severity === 'critical'),
  );
  const acts = [...FORGE_ACTS.flatMap((acts) => acts().commands ?? []), ...REGISTRY_ACTS()];
  return [
    ...new Set([...READ_BY_CODE.trim().split('\n'), ...[...critical, ...acts, ...KEY_PRINTERS].flatMap(prefixesOf)]),
  ];
}

/** Files that hold keys, as patterns of the neutral form. `~/.ssh/id_rsa.pub` and `.env.example` are none. */
export const KEY_FILE_CANDIDATES: readonly string[] = `
~/.aws/credentials
~/.config/gcloud/application_default_credentials.json
~/.config/gcloud/credentials.db
~/.azure/msal_token_cache.json
~/.kube/config
~/.docker/config.json
~/.config/gh/hosts.yml
~/.config/glab-cli/config.yml
~/.ssh/id_rsa
~/.ssh/id_ecdsa
~/.ssh/id_ed25519
~/.gnupg/private-keys-v1.d/**
~/.terraform.d/credentials.tfrc.json
~/.cargo/credentials.toml
~/.npmrc
~/.netrc
~/.git-credentials
~/.pypirc
~/.vault-token
~/.pgpass
~/.my.cnf
**/.env
**/.env.local
**/.env.production
**/.env.prod
**/*.tfstate
**/master.key
`
  .trim()
  .split('\n');
