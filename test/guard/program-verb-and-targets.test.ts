import assert from 'node:assert/strict';
import { firstCall } from '../../src/guard/effects-of-commands-and-tools';
import { NO_FILES } from '../support/no-files';

const summary = (command: string): string => {
  const call = firstCall(command, { cwd: '/repo', home: '/home/ada', root: '/repo', files: NO_FILES });
  return call === undefined ? '' : [call.program, call.verb ?? '-', ...call.targets, call.folder].join(' | ');
};

describe('summary of a command, without its arguments', () => {
  for (const [command, kept] of [
    ['terraform destroy -auto-approve', 'terraform | destroy | /repo'],
    ['cd infra/prod && terraform destroy -auto-approve', 'terraform | destroy | /repo/infra/prod'],
    [
      'terraform -chdir=infra/prod destroy -target=aws_db_instance.orders',
      'terraform | destroy | -chdir=infra/prod | -target=aws_db_instance.orders | /repo',
    ],
    ['terraform state rm aws_db_instance.orders', 'terraform | state rm | aws_db_instance.orders | /repo'],
    [
      'kubectl --context prod-eu -n shop delete deployment orders',
      'kubectl | delete | --context=prod-eu | -n=shop | deployment | orders | /repo',
    ],
    [
      'aws s3 rm s3://orders-prod --recursive --profile prod',
      'aws | s3 rm | --profile=prod | s3://orders-prod | /repo',
    ],
    [
      'aws rds delete-db-instance --db-instance-identifier orders --skip-final-snapshot',
      'aws | rds delete-db-instance | --db-instance-identifier=orders | /repo',
    ],
    [
      'gcloud sql instances delete orders --project acme-prod',
      'gcloud | sql instances delete | --project=acme-prod | orders | /repo',
    ],
    ['rm -rf infra/prod /srv/data', 'rm | - | infra/prod | /srv/data | /repo'],
    ['git push --force origin main', 'git | push | origin | main | /repo'],
    ['docker volume rm -f orders-data', 'docker | volume rm | orders-data | /repo'],
    ['psql -h db.prod -U app -c "DROP TABLE IF EXISTS orders"', 'psql | drop table | -h=db.prod | orders | /repo'],
  ] as const)
    it(`of ${command}: program, verb and targets`, () => {
      assert.equal(summary(command), kept);
    });

  const SECRETS = [
    'hunter2',
    'swordfish',
    `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`,
    'AKIA7SK6L5FK2X5U6M5Y',
    'ada@example.com',
    'fly',
  ];
  for (const command of [
    `PGPASSWORD=hunter2 psql postgres://ada:swordfish@db.prod/orders?sslpassword=hunter2 -c "drop table users where name = 'fly'"`,
    'redis-cli -a hunter2 flushall',
    'mysql -u root -phunter2 --password=swordfish -e "drop database orders"',
    `curl -X DELETE -H "Authorization: Bearer hunter2" https://ada:swordfish@api.example.com/orders?token=hunter2`,
    `terraform destroy -var password=hunter2 -var 'x=fly away'`,
    `gh repo delete acme/orders --token ${SECRETS[2] ?? ''}`,
    'aws s3 rm s3://x --access-key AKIA7SK6L5FK2X5U6M5Y AKIA7SK6L5FK2X5U6M5Y',
    'vault delete secret=hunter2 --reason "fly"',
    'userdel ada@example.com',
    'sh -c \'rm -rf "fly me"\'',
  ])
    it(`of ${command}: no secret, sentence or address`, () => {
      const kept = summary(command);
      assert.notEqual(kept, '');
      for (const secret of SECRETS) assert.ok(!kept.includes(secret), kept);
    });
});
