/** What an agent's commands would destroy, family by family: own examples of what is and of what only looks like it. */
import assert from 'node:assert/strict';
import { judge, WATCHING } from '../../support/guard';

const verdict = (command: string, cwd?: string): string =>
  judge({ command, ...(cwd === undefined ? {} : { cwd }) }, { rules: WATCHING }).verdict;

const SHELLS = 'sh bash zsh dash ksh ash fish nu elvish osh ysh csh tcsh mksh yash rbash xonsh'.split(' ');

const DANGERS: Readonly<Record<string, readonly string[]>> = {
  files: [
    'rm -rf /opt/service',
    'rm -r -f -- "$HOME/work"',
    'cd .. && rm -rf proj',
    'find /srv/media -mtime +1 -delete',
    'rsync -av --delete /tmp/none/ ~/photos/',
    'rm -rf "$UNSET_DIR"',
    'rm -rf .git/objects',
    'shred -u /dev/vdb',
    'truncate --size=0 /var/log/mysql/bin.000001',
    'chmod -R 777 /usr/local',
    'tar czf /tmp/a.tgz --remove-files ../data',
    'node -e "fs.rmSync(process.env.HOME, { recursive: true })"',
  ],
  disks: [
    'mkfs.ext4 /dev/vdb1',
    'dd if=/dev/urandom of=/dev/nvme1n1 bs=4M',
    'wipefs -a /dev/sdc',
    'zpool destroy backup',
    'lvremove -y vg0/home',
    'diskutil eraseDisk APFS x disk2',
  ],
  machines: [
    'sudo poweroff',
    'systemctl reboot',
    'kill -KILL -1',
    'crontab -r',
    'userdel --remove bob',
    'b(){ b|b& };b',
    'systemctl stop mariadb.service',
  ],
  git: [
    'git reset --hard HEAD~3',
    'git clean -ffdx',
    'git push -f',
    'git push origin :release/2',
    'git push --force-with-lease origin master',
    'git stash clear',
    'git reflog expire --expire-unreachable=now --all',
    'git branch -D release/2',
    'git checkout -- .',
    'git rm -r .',
    'git filter-repo --invert-paths --path a',
  ],
  terraform: [
    'terraform -chdir=live/eu destroy',
    'tofu apply -destroy -var x=y',
    'terragrunt run-all apply --terragrunt-non-interactive',
    'terraform apply -auto-approve tfplan',
    'terraform state rm module.x',
    'terraform plan -destroy -out gone.plan; terraform apply gone.plan',
    'TF_CLI_ARGS_apply=-auto-approve terraform apply',
  ],
  stacks: [
    'pulumi down --yes',
    'cdk destroy "*"',
    'serverless remove --stage eu',
    'sam delete --no-prompts',
    'eb terminate my-env',
    'azd down --purge',
    'eksctl delete cluster --name x',
  ],
  clouds: [
    'aws rds delete-db-cluster --db-cluster-identifier x',
    'aws ec2 stop-instances --instance-ids i-1',
    'aws s3 sync a s3://b --delete',
    'aws lambda delete-alias --function-name f --name live',
    'gcloud run services delete api',
    'gcloud spanner databases delete d --instance i',
    'az vm delete -g g -n v --yes',
    'az redis delete -n r -g g',
    'doctl kubernetes cluster delete x',
    'hcloud volume delete v',
    'fly apps destroy a',
    'heroku pg:reset DATABASE_URL',
    'vercel remove my-site --yes',
    'rclone delete s3:bucket',
    'aws cloudtrail update-trail --name t; aws cloudtrail stop-logging --name t',
  ],
  clusters: [
    'kubectl delete statefulset pg',
    'kubectl scale deploy/web --replicas=0',
    'kubectl drain node-3 --ignore-daemonsets',
    'helm uninstall web',
    'argocd app delete web',
    'oc delete pvc data',
    "kubectl exec pg-0 -- psql -c 'drop schema audit cascade'",
  ],
  containers: [
    'docker compose -p x down --volumes',
    'podman volume rm data',
    'docker system prune --volumes',
    'docker rm -f $(docker ps -q)',
  ],
  databases: [
    "psql -Atc 'drop table invoices'",
    "mysql shop -e 'delete from carts'",
    'echo "truncate audit" | psql',
    'sqlite3 app.db "drop table t"',
    "mongosh db --eval 'db.orders.deleteMany({})'",
    'redis-cli -n 2 flushdb',
    'dropdb shop',
    'etcdctl del --prefix /registry',
    'kafka-topics --delete --topic t --bootstrap-server b:1',
    'curl -XDELETE http://localhost:9200/logs',
  ],
  migrations: [
    'bin/rails db:reset',
    'python3 manage.py flush',
    'php artisan migrate:refresh',
    'npx prisma migrate reset',
    'alembic downgrade base',
    'yarn typeorm schema:drop',
    'mix ecto.drop',
    'rails runner "Invoice.destroy_all"',
  ],
  forges: [
    'gh repo delete a/b --yes',
    'gh api -X DELETE repos/a/b/git/refs/heads/x',
    'glab release delete v1',
    'npm unpublish p --force',
    'cargo yank --vers 1.0.0 p',
    'curl --request DELETE https://gitlab.example.com/api/v4/projects/1',
  ],
  permissions: [
    'aws iam attach-user-policy --user-name u --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
    'kubectl create clusterrolebinding x --clusterrole=cluster-admin --user=u',
    "psql -c 'grant all on t to public'",
    'aws s3api put-bucket-acl --bucket b --acl public-read-write',
    'gcloud projects add-iam-policy-binding p --member=user:a@b.c --role=roles/owner',
  ],
  disguises: [
    "ssh web-1 'cd /srv && rm -rf data'",
    'ssh web-1 <<EOF\nrm -rf /srv/data\nEOF',
    'docker exec cache redis-cli flushall',
    'aws-vault exec x -- terraform destroy',
    'bundle exec rake db:drop',
    'P=/srv; rm -rf $P/data',
    '{rm,-r,/srv/data}',
    'rm${IFS}-rf${IFS}/srv/data',
    "echo 'rm -rf /srv/data' > go; sh go",
    "printf 'git reset --hard' > y && chmod +x y && ./y",
    'echo cm0gLXJmIC9zcnYvZGF0YQo= | base64 -d | sh',
    "find . -name '*.sh' -exec sh -c 'terraform destroy' \\;",
    "python3 -c \"import subprocess as s; s.run(['rm','-rf','/srv/data'])\"",
    'f(){ rm -rf "$1"; }; f /srv/data',
    'f(){ "$@"; }; f rm -rf /srv/data',
    ...SHELLS.map((shell) => `${shell} -c "rm -rf /srv/data"`),
    'echo ${none:-$(rm -rf /srv/data)}',
    'perl -e \'system(q(x)); system("rm -rf /srv/data")\'',
  ],
};

const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  files: [
    'rm -rf packages/app/dist coverage',
    'rm -rf /tmp/work-1',
    'rm src/a.ts',
    'T=$(mktemp -d) && rm -rf "$T"',
    'find . -name "*.pyc" -delete',
    'rm -rf ~/.cache/pip',
    'rsync -a --delete --dry-run a/ ~/b/',
    'mv src/a.ts src/b.ts',
    'chmod +x run.sh',
    'dd if=/dev/zero of=/tmp/x count=1',
  ],
  words: [
    'echo "rm -rf /srv"',
    'git commit -m "drop table users; rm -rf /"',
    'grep -rn "terraform destroy" docs',
    "cat > notes.md <<'EOF'\nkubectl delete ns x\nEOF",
    'python3 -c "print(\'rm -rf /\')"',
    '# terraform destroy\nls',
    'gh pr create --body "never git push --force"',
    'npm test -- -t "aws rds delete-db-instance"',
  ],
  reads: [
    'terraform plan -destroy',
    'kubectl delete ns x --dry-run=client',
    'aws s3 rm s3://b --recursive --dryrun',
    'aws ec2 terminate-instances help',
    'gh repo delete --help',
    'helm uninstall x --dry-run',
    'git clean -n',
    'git push --dry-run -f',
    'gcloud compute instances list --filter=delete',
    'az group show -n delete-me',
    'bash -n scripts/x.sh',
    'ansible-playbook site.yml --check',
  ],
  daily: [
    'git checkout main',
    'git restore --staged .',
    'git push -u origin feature',
    'git push --force-with-lease origin feature/x',
    'docker compose down',
    'docker run --rm alpine rm -rf /data',
    'curl -X DELETE http://localhost:3000/items/1',
    'psql -c "explain delete from t"',
    'psql -c "begin; delete from t; rollback"',
    'psql -c "delete from t where id = 3"',
    'redis-cli get flushall',
    'npm uninstall left-pad',
    'kill 4242',
    'systemctl status nginx',
    'ssh web-1 "grep -r \'rm -rf\' /opt"',
    'rails db:migrate',
    'npx prisma migrate dev',
  ],
};

describe('danger rules for commands', () => {
  for (const [family, commands] of Object.entries(DANGERS))
    for (const command of commands)
      it(`stop, of ${family}: ${command.replaceAll('\n', ' / ')}`, () => assert.notEqual(verdict(command), 'allow'));
  for (const [family, commands] of Object.entries(HARMLESS))
    for (const command of commands)
      it(`let pass, of ${family}: ${command.replaceAll('\n', ' / ')}`, () =>
        assert.deepEqual(judge({ command }, { rules: WATCHING }), { verdict: 'allow' }));

  it('the refusal of terraform destroy says what it does, names the rule, and suggests a plan', () => {
    const answer = judge({ command: 'terraform destroy' }, { rules: WATCHING });
    assert.ok(
      answer.verdict === 'deny' &&
        answer.reason.includes('destructive/tf-destroy') &&
        answer.rule === 'destructive/tf-destroy' &&
        answer.instead.includes('plan'),
      JSON.stringify(answer),
    );
  });

  it('rm is denied in a guarded tier and allowed elsewhere, by the folder the command runs in', () => {
    assert.equal(verdict('rm main.tf', '/home/dev/proj/infra/dev'), 'deny');
    assert.equal(verdict('rm a.ts', '/home/dev/proj/src'), 'allow');
    assert.equal(judge({ command: 'rm infra/dev/main.tf' }, { rules: WATCHING }).verdict, 'deny');
  });

  it('make targets and package scripts are read for what they run', () => {
    const texts = {
      '/home/dev/proj/Makefile': 'down: stop\n\ndeep: down\nstop:\n\t@terraform destroy\n',
      '/home/dev/proj/package.json':
        '{"scripts":{"gone":"rm -rf /srv/data","pretest":"cdk destroy","test":"true","ok":"tsc"}}',
    };
    const answers = ['make deep', 'npm run gone', 'pnpm gone', 'npm test', 'make -n deep', 'npm run ok'].map(
      (command) => judge({ command }, { rules: WATCHING, texts }).verdict !== 'allow',
    );
    assert.deepEqual(answers, [true, true, true, true, false, false]);
  });

  it('hostile commands are judged without hanging', () => {
    for (const command of [
      'rm '.repeat(100_000),
      `${'('.repeat(5000)}rm -rf /`,
      `echo ${'$('.repeat(3000)}`,
      `terraform ${'-x '.repeat(50_000)}destroy`,
      `psql -c '${'/*'.repeat(50_000)}'`,
      `b${'(){ b|'.repeat(2000)}`,
    ])
      assert.ok(['allow', 'ask', 'deny'].includes(verdict(command)));
  });
});
