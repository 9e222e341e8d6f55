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
];

const byProgram = new Map<string, readonly string[]>();

/** The options of a program that take the next word as their value. */
export function takesOf(program: string): readonly string[] {
  if (byProgram.size === 0)
    for (const [programs, takes] of OPTIONS)
      for (const name of programs.split(' ')) byProgram.set(name, takes.split(' '));
  return byProgram.get(program) ?? [];
}
