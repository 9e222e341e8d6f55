import assert from 'node:assert/strict';
import { policy, tier } from '../../support/policies';
import type { AgentRule, Environment, Policy } from '../../../src/policy';
import { judge, ROOT, type Over } from '../../support/guard';

const production = (agents: AgentRule, over: Partial<Environment> = {}): Environment => ({
  name: 'production',
  tools: [],
  when: {
    'kube-context': ['prod*'],
    'aws-profile': ['prod*'],
    'gcp-project': ['acme-prod'],
    'azure-subscription': ['Production'],
    'terraform-workspace': ['prod'],
  },
  env: { APP_ENV: ['production'] },
  agents,
  ...over,
});
const rules = (agents: AgentRule, over?: Partial<Environment>): Policy =>
  policy({ tiers: [tier({ paths: ['**'], agents: 'allow' })], environments: [production(agents, over)] });
const KUBE = '/home/dev/.kube/config';
const of = (agents: AgentRule, command: string, over: Over = {}): string =>
  judge({ command }, { rules: rules(agents), ...over }).verdict;

describe('an environment of the policy, for the guard', () => {
  it('is recognised by options and variables in the command', () => {
    const commands = [
      'kubectl --context prod-eu apply -f x.yaml',
      'kubectl apply -f x.yaml --context=prod-eu',
      'helm upgrade web ./chart --kube-context prod-eu',
      'kubectl config use-context prod-eu && kubectl apply -f x.yaml',
      'kubectx prod-eu; helm install web ./chart',
      'aws s3 cp a s3://b --profile prod',
      'AWS_PROFILE=prod ./deploy.sh',
      'export AWS_PROFILE=prod; terraform apply',
      'AWS_PROFILE=prod bash -c "aws s3 cp a s3://b"',
      'env AWS_PROFILE=prod aws s3 cp a s3://b',
      'terraform workspace select prod && terraform apply',
      'TF_WORKSPACE=prod terraform apply',
      'gcloud --project acme-prod run deploy web',
      'gcloud config set project acme-prod && gcloud run deploy web',
      'az account set -s Production && az webapp restart -n web',
      'az webapp restart -n web --subscription=production',
      'pulumi up --stack prod',
      'APP_ENV=production node migrate.js',
      'sudo env APP_ENV=production rake db:migrate',
      'KUBECONFIG=~/.kube/prod.yaml kubectl apply -f x.yaml',
      'cd infra && terraform workspace select prod && terraform apply',
    ];
    for (const command of commands) assert.equal(of('deny', command), 'deny', command);
  });

  it('an environment: is recognised by its own name when a program takes names of environments', () => {
    const acting = [
      'npx wrangler deploy --env production',
      'bin/rails runner -e production "User.count"',
      'ansible-playbook -i inventories/production/hosts.ini site.yml',
      'serverless deploy --stage=production',
      'bundle exec kamal deploy -d production',
      'dbt run --target production',
    ];
    for (const command of acting) assert.equal(of('deny', command), 'deny', command);
    const reading = [
      'npx wrangler deploy --env staging',
      'npx wrangler tail --env production',
      'bin/rails routes -e production',
      'ansible-playbook -i inventories/staging/hosts.ini site.yml',
      'ansible-playbook -i inventories/production/hosts.ini site.yml --check',
      'dbt compile --target production',
      'webpack --env production',
      'npm run build -- --env production',
    ];
    for (const command of reading) assert.equal(of('deny', command), 'allow', command);
  });

  it("is recognised by the process's variables and by files of kubectl, terraform and other tools", () => {
    assert.equal(of('deny', 'aws s3 cp a s3://b', { env: { AWS_PROFILE: 'prod' } }), 'deny');
    assert.equal(
      of('deny', 'kubectl apply -f x', { texts: { [KUBE]: 'apiVersion: v1\ncurrent-context: "prod-eu"\n' } }),
      'deny',
    );
    assert.equal(
      of('deny', 'kubectl apply -f x', {
        env: { KUBECONFIG: '/k/one:/k/two' },
        texts: { '/k/two': 'current-context: prod-eu\n' },
      }),
      'deny',
    );
    assert.equal(
      of('deny', 'kubectl apply -f x --kubeconfig k', { texts: { [`${ROOT}/k`]: 'current-context: prod-eu\n' } }),
      'deny',
    );
    assert.equal(of('deny', 'terraform apply', { texts: { [`${ROOT}/.terraform/environment`]: 'prod\n' } }), 'deny');
    assert.equal(
      of('deny', 'terraform -chdir=infra apply', { texts: { [`${ROOT}/infra/.terraform/environment`]: 'prod\n' } }),
      'deny',
    );
    assert.equal(
      of('deny', 'gcloud run deploy web', {
        texts: {
          '/home/dev/.config/gcloud/active_config': 'main',
          '/home/dev/.config/gcloud/configurations/config_main': '[core]\nproject = acme-prod\n',
        },
      }),
      'deny',
    );
    assert.equal(
      of('deny', 'az webapp restart', {
        texts: {
          '/home/dev/.azure/azureProfile.json': '\ufeff{"subscriptions":[{"name":"Production","isDefault":true}]}',
        },
      }),
      'deny',
    );
    assert.equal(of('deny', 'terraform apply', { env: { APP_ENV: 'production' } }), 'deny');
    assert.equal(
      of('deny', 'aws s3 cp a s3://b', { rules: rules('deny', { when: { 'aws-profile': ['default'] } }) }),
      'deny',
    );
  });

  it('does not hold when the command names another one, whatever files and variables say', () => {
    const texts = { [KUBE]: 'current-context: prod-eu\n', [`${ROOT}/.terraform/environment`]: 'prod\n' };
    const env = { AWS_PROFILE: 'prod' };
    for (const command of [
      'kubectl --context dev apply -f x',
      'kubectl config use-context dev && kubectl apply -f x',
      'TF_WORKSPACE=dev AWS_PROFILE=dev terraform apply',
      'AWS_PROFILE=dev aws s3 cp a s3://b',
      'npm test',
      'node x.js',
      'git push',
      'ssh host kubectl apply -f x',
    ])
      assert.equal(of('deny', command, { texts, env }), 'allow', command);
  });

  it('allows commands that only read or only show what they would do', () => {
    const commands = [
      'kubectl --context prod-eu get pods -A',
      'kubectl --context prod-eu logs web',
      'kubectl --context prod-eu delete ns x --dry-run=server',
      'aws --profile prod s3 ls',
      'aws ec2 describe-instances --profile prod',
      'terraform workspace select prod && terraform plan -out=x',
      'helm --kube-context prod-eu list',
      'gcloud --project acme-prod compute instances list',
      'kubectl config use-context prod-eu',
      'APP_ENV=production ls',
      'echo "--context prod"',
    ];
    for (const command of commands) assert.equal(of('deny', command), 'allow', command);
  });

  it('asks or denies as its agents setting says, with the reason', () => {
    assert.equal(of('ask', 'kubectl --context prod-eu apply -f x'), 'ask');
    assert.equal(of('deny-destructive', 'kubectl --context prod-eu apply -f x'), 'allow');
    assert.equal(of('allow', 'kubectl --context prod-eu delete ns x'), 'allow');
    const refused = judge(
      { command: 'kubectl --context prod-eu delete ns shop' },
      { rules: rules('deny-destructive') },
    );
    assert.ok(refused.verdict === 'deny');
    assert.match(
      refused.reason,
      /^"kubectl --context prod-eu delete ns shop" deletes the namespace shop and everything in it \(destructive\/k8s-delete\), in the environment "production" of \.linekeeper\.yml \(--context prod-eu\), where agents may not do this\.$/,
    );
    assert.match(refused.instead, /--dry-run=server/);
    assert.equal(refused.tier, null);
    const kept = judge({ command: 'AWS_PROFILE=prod ./deploy.sh' }, { rules: rules('deny') });
    assert.ok(kept.verdict === 'deny');
    assert.match(
      kept.reason,
      /"\.\/deploy\.sh" does more than read, in the environment "production" of \.linekeeper\.yml \(AWS_PROFILE=prod\)/,
    );
  });

  it('malformed files of tools name no environment', () => {
    for (const text of ['current-context:\n', 'current-context: "prod', '{}', '\0'.repeat(100), 'x'.repeat(200_000)])
      assert.equal(
        of('deny', 'kubectl apply -f x', {
          texts: { [KUBE]: text, '/home/dev/.azure/azureProfile.json': text, [`${ROOT}/.terraform/environment`]: text },
        }),
        'allow',
        text.slice(0, 20),
      );
  });
});
