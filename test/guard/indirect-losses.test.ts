/** SQL and commands that reach a database, a folder or a cluster by another way than in their own words. */
import assert from 'node:assert/strict';
import { judge, ROOT, WATCHING } from '../support/guard';

const rule = (command: string): string => {
  const answer = judge({ command }, { rules: WATCHING, texts: { [`${ROOT}/infra/dev/main.tf`]: 'x' } });
  return answer.verdict === 'allow' ? 'allow' : (/\((\w+\/[\w-]+)\)/.exec(answer.reason)?.[1] ?? answer.reason);
};

const STOPPED: readonly (readonly [command: string, rule: string])[] = [
  ["perl -e 'my @c = qw(kubectl -n shop delete pvc --all); exec @c'", 'destructive/k8s-delete'],
  [
    `python3 -c "import subprocess; cmd = ['terraform', 'destroy']; subprocess.run(cmd, check=True)"`,
    'destructive/tf-destroy',
  ],
  [
    `node -e "const args=['destroy', '-x']; require('child_process').spawnSync('terraform', args)"`,
    'destructive/tf-destroy',
  ],
  [`ruby -e "cmd = %w[terraform destroy]; system(*cmd)"`, 'destructive/tf-destroy'],
  [`php -r '$c = "terraform destroy"; exec($c);'`, 'destructive/tf-destroy'],
  ["bq query --use_legacy_sql=false 'DROP TABLE shop.orders'", 'destructive/sql-drop'],
  ["aws athena start-query-execution --query-string 'DROP TABLE orders'", 'destructive/sql-drop'],
  ["gcloud spanner databases ddl update db --instance=i --ddl='DROP TABLE orders'", 'destructive/sql-drop'],
  ["turso db shell shop 'DELETE FROM orders'", 'destructive/sql-no-where'],
  ["npx wrangler d1 execute shop --remote --command 'DROP TABLE orders'", 'destructive/sql-drop'],
  ["heroku pg:psql -a shop -c 'DROP TABLE orders'", 'destructive/sql-drop'],
  ['npx drizzle-kit push', 'destructive/orm-reset'],
  ["cat > /tmp/x.sql <<'E'\nDROP TABLE users;\nE\npsql -f /tmp/x.sql", 'destructive/sql-drop'],
  ["echo 'DROP TABLE users' > x.sql && mysql < x.sql", 'destructive/sql-drop'],
  ["psql <<E\nSELECT '$(rm -rf /srv/data)';\nE", 'destructive/fs-recursive-delete'],
  ['cat <<E > out.txt\n`terraform destroy -auto-approve`\nE', 'destructive/tf-destroy'],
  ["parallel 'rm -rf {}' ::: /srv/a /srv/b", 'destructive/fs-recursive-delete'],
  ['sudo systemd-run --on-active=30 --unit=tidy /usr/sbin/zpool destroy -f tank', 'destructive/disk-overwrite'],
  ['systemd-run -p Nice=5 zpool destroy tank', 'destructive/disk-overwrite'],
  ["cd /var/lib/app && sudo sh -c ': > app.db'", 'destructive/fs-recursive-delete'],
  ['cat /dev/null > /var/lib/postgresql/data/base/1', 'destructive/fs-recursive-delete'],
  [
    "find /srv/backups -name '*.dump' -exec sh -c 'for f; do rm -f -- \"$f\"; done' _ {} +",
    'destructive/fs-recursive-delete',
  ],
  [
    "printf '%s\\n' 'SET x=0;' 'TRUNCATE TABLE customers;' > /tmp/fix.sql && mysql -h db shop < /tmp/fix.sql",
    'destructive/sql-drop',
  ],
  ['balena fleet rm acme/kiosk --yes', 'destructive/cloud-delete'],
  ['parallel -j4 -a list.txt rm -rf', 'destructive/fs-recursive-delete'],
  ["parallel ::: 'terraform destroy -auto-approve'", 'destructive/tf-destroy'],
  ['xargs -a list.txt rm -rf', 'destructive/fs-recursive-delete'],
  ['seq 3 | parallel -I% rm -rf /srv/%', 'destructive/fs-recursive-delete'],
  ["perl -ni -e 'print unless /prevent_destroy/' infra/dev/main.tf", 'destructive/fs-critical-file'],
  ["source /dev/stdin <<< 'rm -rf /srv/data'", 'destructive/fs-recursive-delete'],
  ["echo 'rm -rf /srv/data' | bash /dev/fd/0", 'destructive/fs-recursive-delete'],
  ['python3 /dev/stdin <<< \'import shutil; shutil.rmtree("/srv/data")\'', 'destructive/fs-recursive-delete'],
  ['ln -sf /tmp/x infra/dev/main.tf', 'destructive/fs-critical-file'],
  [
    `ruby -rnet/http -e 'Net::HTTP.start("api.heroku.com", 443) { |h| h.delete("/apps/shop") }'`,
    'destructive/cloud-delete',
  ],
  [
    `perl -MHTTP::Tiny -e 'HTTP::Tiny->new->delete("https://api.digitalocean.com/v2/droplets/1")'`,
    'destructive/cloud-delete',
  ],
  [
    `php -r '$c=curl_init("https://api.vultr.com/v2/instances/7");curl_setopt($c,CURLOPT_CUSTOMREQUEST,"DELETE");'`,
    'destructive/cloud-delete',
  ],
  [`node -e "require('axios').delete('https://api.cloudflare.com/client/v4/zones/1')"`, 'destructive/cloud-delete'],
  [
    `node -e "c.send(new (require('@aws-sdk/client-rds').DeleteDBInstanceCommand)({DBInstanceIdentifier:'orders'}))"`,
    'destructive/cloud-sdk-delete',
  ],
  ["bun -e 'await Bun.$`terraform destroy -auto-approve`'", 'destructive/tf-destroy'],
  [`python3 -c "import os;os.system('dropdb '+'production')"`, 'destructive/sql-drop'],
  [
    "printf -- '- hosts: db\\n  tasks:\\n    - command: rm -rf /srv/data\\n' > p.yml && ansible-playbook p.yml",
    'destructive/fs-recursive-delete',
  ],
  ['screen -dm kubectl delete ns prod', 'destructive/k8s-delete'],
  ['kubectl run x --image=amazon/aws-cli -- s3 rb s3://acme-prod --force', 'destructive/cloud-delete'],
  ['npx -y aws-cdk@2 destroy --all --force', 'destructive/stack-delete'],
  ['uvx --from awscli aws s3 rb s3://acme-prod --force', 'destructive/cloud-delete'],
  [`psql -Atc "select 'drop table '||tablename from pg_tables" | psql -h db.acme.io shop`, 'destructive/sql-drop'],
  [`mysql -Ne "select concat('truncate ',t,';') from x" | mysql -h db.acme.io shop`, 'destructive/sql-drop'],
  ['kubectl proxy & curl -X DELETE http://127.0.0.1:8001/api/v1/namespaces/shop', 'destructive/k8s-delete'],
  [
    `ruby -rnet/http -e 'u=URI("https://api.cloudflare.com/client/v4/zones/1"); r=Net::HTTP::Delete.new(u)'`,
    'destructive/cloud-delete',
  ],
  ['cmd.exe /c "mkdir %TEMP%\\e & robocopy %TEMP%\\e D:\\finance /MIR"', 'destructive/fs-recursive-delete'],
  ["git bisect run sh -c 'kubectl delete ns shop'", 'destructive/k8s-delete'],
  ["ed <<< '!kubectl delete ns shop'", 'destructive/k8s-delete'],
  [`emacs --batch --eval '(shell-command "kubectl delete ns shop")'`, 'destructive/k8s-delete'],
  [`perl -e 'system(join(" ","kubectl","delete","ns","shop"))'`, 'destructive/k8s-delete'],
  ["PROMPT_COMMAND='kubectl delete ns shop' bash -i", 'destructive/k8s-delete'],
  ['devcontainer exec --workspace-folder . kubectl delete ns shop', 'destructive/k8s-delete'],
  [
    `python3 -c 'import requests;requests.post("https://api-m.paypal.com/v1/payments/payouts",json={})'`,
    'destructive/cloud-delete',
  ],
  [
    `node -e 'fetch("https://api.sendgrid.com/v3/marketing/singlesends/1/schedule",{method:"PUT"})'`,
    'destructive/cloud-delete',
  ],
  [`awk '{print "drop table "$1";"}' tables | mysql -h db.acme.io shop`, 'destructive/sql-drop'],
  [`jq -r '.[]|"drop table \\(.name);"' t.json | psql -h db.acme.io`, 'destructive/sql-drop'],
  [`python3 -c "print('drop table a;')" | psql -h db.acme.io`, 'destructive/sql-drop'],
  ["gcloud sql connect orders <<< 'drop table a;'", 'destructive/sql-drop'],
  ["fly postgres connect -a db <<< 'drop table a;'", 'destructive/sql-drop'],
  ['mise exec kubectl -- kubectl delete ns shop', 'destructive/k8s-delete'],
  ['nix run nixpkgs#kubectl -- delete ns shop', 'destructive/k8s-delete'],
  ['kubectl create job x --image=bitnami/kubectl -- kubectl delete ns shop', 'destructive/k8s-delete'],
  ["perl -e 'exec qw(kubectl delete ns shop)'", 'destructive/k8s-delete'],
  [`awk 'BEGIN { cmd="kubectl delete ns shop"; system(cmd) }'`, 'destructive/k8s-delete'],
  [`python3 -c 'import base64,os;os.system(base64.b64decode("a3ViZWN0bA==").decode())'`, 'destructive/remote-opaque'],
  [`perl -e "unlink glob q(infra/*)"`, 'destructive/fs-critical-file'],
  ["perl -e 'unlink <infra/*>'", 'destructive/fs-critical-file'],
  ['ruby -e "Dir[%q(infra/*)].each{|f| File.delete f}"', 'destructive/fs-critical-file'],
  [`ruby -e 'Dir.glob("infra/*").each(&File.method(:delete))'`, 'destructive/fs-critical-file'],
  [`php -r 'array_map("unlink", glob("infra/*"));'`, 'destructive/fs-critical-file'],
  [
    `python3 -c 'from pathlib import Path\nfor p in Path("infra").iterdir(): p.unlink()'`,
    'destructive/fs-critical-file',
  ],
  ...[
    'xargs -a list.txt terraform',
    'xargs -n 3 kubectl < list.txt',
    'cat list.txt | xargs terraform',
    'xargs -I{} sh -c {} < list.txt',
  ].map(
    (command) =>
      [
        command,
        'This runs commands that can only be known when it runs, and the policy keeps agents from some: a person must agree first.',
      ] as const,
  ),
  [`python3 -c 'import smtplib; smtplib.SMTP("mail.acme.io").sendmail("a","b","c")'`, 'destructive/cloud-delete'],
];

const PASSES: readonly string[] = [
  ': > out.log',
  'cat a.txt > /srv/b.txt',
  ': > /var/log/nginx/access.log',
  'true > /tmp/x.txt',
  'systemd-run --user npm run dev',
  'for f; do echo "$f"; done',
  "printf '%s\\n' 'SELECT 1;' 'SELECT 2;' | mysql -h db shop",
  "bq query --use_legacy_sql=false 'SELECT 1'",
  'bq query \'SELECT * FROM a WHERE note = "DROP TABLE x"\'',
  "aws athena start-query-execution --query-string 'SELECT 1'",
  "aws ec2 describe-instances --query 'Reservations[]'",
  "turso db shell shop 'SELECT 1'",
  "wrangler d1 execute shop --command 'SELECT 1'",
  'npx drizzle-kit generate',
  "cat <<'E' > out.txt\n$(terraform destroy -auto-approve)\nE",
  'cat <<\\E\n`rm -rf /srv/data`\nE',
  'cat <<E\n\\$(rm -rf /srv/data) and \\`rm -rf /srv/data\\`\nE',
  'cat <<E\n$(date) and $((1 + 1))\nE',
  'parallel gzip ::: a.log b.log',
  "ls *.ts | parallel 'prettier --write {}'",
  'parallel rm -rf ::: node_modules dist',
  'xargs -a files.txt prettier --write',
  'xargs -a files.txt terraform fmt',
  'xargs -I{} sh -c "grep x {}" < files.txt',
  'ls scripts/*.sh | xargs -n1 bash -n',
  "perl -e 'print q(unlink glob)'",
  `ruby -e 'puts Dir["infra/*"]'`,
  `php -r 'print_r(array_map("basename", glob("infra/*")));'`,
  "source /dev/stdin <<< 'export A=1'",
  'ln -s ../a src/b',
  'ln -sf ../new src/link',
  "perl -pi -e 's/a/b/' src/a.ts",
  `node -e "const m=new Map();m.delete('a');fetch('https://api.github.com/users')"`,
  `node -e "fetch('http://localhost:3000/x',{method:'DELETE'})"`,
  'screen -ls',
  'npx -y prettier --check .',
  'uvx ruff check .',
  'kubectl run x --image=busybox -- ls',
  `psql -Atc "select 'table '||tablename from pg_tables" | psql -h db.acme.io shop`,
  `mysql -e "select concat('a',b,'c') from t" | mysql -h db.acme.io shop`,
  'kubectl proxy & curl http://127.0.0.1:8001/api/v1/namespaces',
  'curl -X DELETE http://localhost:3000/api/v1/orders/3',
  `ruby -rnet/http -e 'puts Net::HTTP.get(URI("https://api.example.com/v1/zones"))'`,
  'cmd /c "robocopy build out /S"',
  `awk '{print "insert into t values ("$1");"}' rows | psql -h db.acme.io shop`,
  `jq -r '.[]|.name' t.json | psql -h db.acme.io`,
  "grep -v 'drop table' dump.sql | psql -h db.acme.io shop",
  "gcloud sql connect orders <<< 'select 1;'",
  'mise exec kubectl -- kubectl get pods',
  'nix run nixpkgs#hello -- --greeting hi',
  'kubectl create job x --image=bitnami/kubectl -- kubectl get pods',
  "perl -e 'print join(q(,), qw(a b c))'",
  `awk 'BEGIN { cmd="date"; system(cmd) }'`,
  `python3 -c 'import base64; print(base64.b64decode("aGk=").decode())'`,
  "git bisect run sh -c 'make && ./test'",
  "ed -s notes.txt <<< '1,3p'",
  `emacs --batch --eval '(message "hi")'`,
  `perl -e 'print join(",", "a", "b", "c")'`,
  'devcontainer exec --workspace-folder . npm test',
  `python3 -c 'import requests;requests.get("https://api-m.paypal.com/v1/payments/payouts")'`,
  "curl -X POST http://localhost:1025/v3/mail/send -d '{}'",
  `python3 -c 'import smtplib; smtplib.SMTP("localhost",1025).sendmail("a","b","c")'`,
];

describe('the guard, for indirect ways to a closed file', () => {
  for (const [command, expected] of STOPPED)
    it(`${JSON.stringify(command)}: stopped`, () => {
      assert.equal(rule(command), expected);
    });
  for (const command of PASSES)
    it(`${JSON.stringify(command)}: passes`, () => {
      assert.equal(rule(command), 'allow');
    });
});
