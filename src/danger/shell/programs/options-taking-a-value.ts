/**
 * What the rooms that read commands know of a program, in one table: the options that take the next word as their value.
 */

/** Of most clouds. */
const CLOUD =
  '--project -p --account --configuration --format --zone --region --location -g --resource-group -n --name --subscription -o --output --query -a --app -r --remote -t --token --context --access-token --instance --org -s --scope --team -T --billing-project --impersonate-service-account --verbosity --filter --cluster -c --config --env --environment --type --ids --keyring --database';

/** By program; several with the same options share a row. `docker-run`: of what runs a command in a container. */
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
  ['virsh', '-c --connect -d --debug -e --escape -l --log -k --keepalive-interval -K --keepalive-count'],
  ['typeorm-ts-node-commonjs', '-d'],
  ['goose', '-dir'],
  ['golang-migrate', '-path -database -source'],
  ['dbmate', '-u -d --url'],
  ['alembic', '-c -n -x --config --name'],
  ['ansible-playbook', '-i -e -l -u -t'],
  ['apt apt-get', '-o -c -t'],
  ['nodetool', '-h --host -p --port -u --username -pw --password -pwf --password-file'],
  ['tmutil', '-d -t -p'],
  ['artisan', '--env'],
  ['aws', '--output --region --profile --endpoint-url --query --ca-bundle --color --cli-read-timeout --cli-connect-timeout'],
  ['bosh', '-e -d'],
  ['console symfony', '--env -e --em'],
  ['cp mv ln', '-t --target-directory -S --suffix'],
  ['crictl', '-r'],
  ['ctr', '-n'],
  ['curl', '-X --request -H --header -d --data --data-raw --data-binary --json -o --output -u --user -F --form -A -e -b -c --cacert --cert --key -w --url -m --max-time --connect-timeout --retry'],
  ['django-admin manage manage.py', '--settings --database --pythonpath -c --command -v --verbosity'],
  ['docker lima nerdctl podman', '-H --host -c --context --config -l --log-level -f --file -p --project-name --profile --env-file --project-directory --connection --root'],
  ['docker-compose podman-compose', '-H --host -c --context --config -l --log-level -f --file -p --project-name --profile --env-file --project-directory --connection --root -t --timeout --scale'],
  ['docker-run', '--add-host --cap-add --cap-drop --cgroupns --context --cpus --detach-keys --device --dns --entrypoint --env --env-file --file --gpus --host --hostname --index --ipc --label --link --log-driver --log-opt --memory --mount --name --net --network --pid --platform --profile --project-directory --project-name --publish --pull --restart --runtime --security-opt --shm-size --stop-signal --tmpfs --ulimit --user --volume --volumes-from --workdir -e -v -w -u -p -l -h -m -c'],
  ['etcdctl', '--endpoints --cacert --cert --key --user'],
  ['fallocate', '-l --length -o --offset'],
  ['gh glab', '-R --repo -X --method -H --header -f -F --field --raw-field -q --jq -t --template --input --hostname -e --env -o --org -g --group -b --body --title --description -u --user'],
  ['helm helmfile', '-n --namespace --kube-context --kubeconfig -f --values --set --version --timeout --repo --description -e --environment -l --selector'],
  ['http https httpie xh', '-a --auth -A --session'],
  ['influx', '-o -t --host'],
  ['install', '-t --target-directory -m --mode -o -g'],
  ['invoke-webrequest invoke-restmethod', '-Method -Headers -Body'],
  ['kubectl oc k argocd', '-n --namespace --context --cluster --kubeconfig -l --selector -o --output -f --filename -k --kustomize -p --patch --type -s --server --user --token --as --field-selector --replicas --grace-period --timeout -c --container --image --cascade --patch-file --as-group -v --request-timeout'],
  ['liquibase', '--changelog-file --url --username --password --defaults-file'],
  ['mkdir mkfifo mknod', '-m --mode'],
  ['mktemp', '-p --suffix'],
  ['mongosh mongo', '--eval --host --port -u -p --username --password --authenticationDatabase'],
  ['mount', '-t --types -o --options -O --test-opts -L --label -U --uuid -T --fstab -N --namespace --source --target'],
  ['objcopy', '-I -O -j -R -B'],
  ['perl', '-e -E'],
  ['pkill killall', '-u -U -g -s -signal -t -P'],
  ['prisma', '--schema -s'],
  ['pulumi cdk', '--stack -s -C --cwd --color --config-file --app -a -c --context --profile --stage --region -r --name -n --env -e -m --message --stack-name --config --plugin -p'],
  ['rails rake', '-e --environment -f'],
  ['redis-cli valkey-cli keydb-cli', '-h -p -a -n -u -s --user --pass -i -r'],
  ['rsync', '-e --rsh --exclude --include --exclude-from --include-from -f --filter --files-from --port --bwlimit --chmod --chown --out-format --log-file --backup-dir --timeout --rsync-path'],
  ['ruby', '-e'],
  ['script', '-c --command -I -O -B -T -o -E -m'],
  ['sed gsed', '-e --expression -f --file'],
  ['setfacl', '-m --modify -x --remove -M -X --set --restore'],
  ['shred wipe', '-n -s --iterations --size'],
  ['split', '-l -b -C -n -a --lines --bytes --number'],
  ['sqlite3', '-cmd -init -separator -newline -nullvalue -mmap -maxsize -vfs -lookaside -pagecache'],
  ['ssh', '-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w'],
  ['supabase', '--project-ref --workdir --db-url'],
  ['systemctl', '-H -M -t -p -n -o'],
  ['tar gtar bsdtar', '-f -C --file --directory -T -X --exclude --strip-components'],
  ['terraform tofu terragrunt', '-var -var-file -target -replace -out -state -lock-timeout -parallelism --terragrunt-working-dir --working-dir --terragrunt-config --var-file --var --target --queue-include-dir --queue-exclude-dir'],
  ['touch', '-r --reference -t -d --date'],
  ['truncate', '-s --size -r --reference'],
  ['uniq', '-f -s -w'],
  ['unlink clear-content', '-s -n --size -o -l'],
  ['unzip', '-d -x -P'],
  ['vault bao', '-address -namespace -format -mount --address --namespace --format --mount -ns'],
  ['wget', '-O --method --header'],
  ['xxd', '-c -g -l -o -s -n'],
];

const byProgram = new Map<string, readonly string[]>();

/** The options of a program that take the next word as their value. */
export function takesOf(program: string): readonly string[] {
  if (byProgram.size === 0)
    for (const [programs, takes] of OPTIONS)
      for (const name of programs.split(' ')) byProgram.set(name, takes.split(' '));
  return byProgram.get(program) ?? [];
}
