/**
 * What the rooms that read commands know of a program, in one table: the options that take the next word as their value.
 */

/** Of most clouds. */
const CLOUD =
  '--project -p --account --configuration --format --zone --region --location -g --resource-group -n --name --subscription -o --output --query -a --app -r --remote -t --token --context --access-token --instance --org -s --scope --team -T --billing-project --impersonate-service-account --verbosity --filter --cluster -c --config --env --environment --type --ids --keyring --database';

/** By program; several with the same options share a row. */
// prettier-ignore
const OPTIONS: readonly (readonly [programs: string, takes: string])[] = [
  ['az gcloud', CLOUD],
  ['vercel now netlify railway render fly flyctl wrangler surge scalingo clever platform upsun deployctl koyeb northflank porter', CLOUD],
  ['b2 b2v4 cos coscli obsutil ossutil s3cmd s5cmd swift', '-c --config --endpoint-url --host'],
  ['bq', '--project_id --dataset_id --location'],
  ['cbt', '-project -instance'],
  ['celery', '-A'],
  ['databricks', '-p --profile'],
  ['firebase', '-P --project --only --token'],
  ['gsutil', '-h -o -u'],
  ['heroku', '-a --app -r --remote -t --team'],
  ['mariadb-admin mysqladmin', '-u -p -h -P'],
  ['nats', '-s --server --context'],
  ['rabbitmq-queues rabbitmqadmin rabbitmqctl', '-n -p -H -u -V -q'],
  ['rclone', '--config --include --exclude --transfers'],
  ['restic', '-r --repo -p --password-file --keep-last --keep-daily --keep-weekly'],
  ['nomad sls serverless sst ecs-cli sam eb copilot amplify chalice zappa up arc architect claudia apex encore winglang nitric crossplane stackery azd formae vagrant cf knife puppet juju maas openstack nova govc kops kubeadm k0s eksctl rke talosctl clusterctl', '--stack -s -C --cwd --color --config-file --app -a -c --context --profile --stage --region -r --name -n --env -e -m --message --stack-name --config --plugin -p'],
  ['flux istioctl linkerd cilium skaffold tkn kn rancher vcluster kubefed odo kapp werf porter devspace tilt garden okteto', '-n --namespace --context --cluster --kubeconfig -l --selector -o --output -f --filename -k --kustomize --patch --type -s --server --user --token --as --field-selector --replicas --grace-period --timeout -c --container --image --cascade --patch-file --as-group -v --request-timeout'],
  ['npm pnpm yarn bun cargo gem jsr pub nuget hex pod vsce ovsx conan pypi-cleanup skopeo crane regctl oras reg jf jfrog cloudsmith', '--registry --otp -v --version --vers --index --token'],
  ['typeorm', '-d --dataSource'],
  ['typeorm-ts-node-commonjs', '-d'],
  ['goose', '-dir'],
  ['golang-migrate', '-path -database -source'],
  ['dbmate', '-u -d --url'],
];

const byProgram = new Map<string, readonly string[]>();

/** The options of a program that take the next word as their value. */
export function takesOf(program: string): readonly string[] {
  if (byProgram.size === 0)
    for (const [programs, takes] of OPTIONS)
      for (const name of programs.split(' ')) byProgram.set(name, takes.split(' '));
  return byProgram.get(program) ?? [];
}
