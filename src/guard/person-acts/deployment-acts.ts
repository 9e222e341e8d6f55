/**
 * Programs that bring something to production, at no forge. A call that names no stage goes there, except where the
 * program then makes a preview, takes a stage for development, or keeps another one. What changes a cluster or a cloud's
 * stacks goes where the context, the profile or the stack says, and has to name production.
 */
import { either } from '../../base/patterns';
import { once } from '../../danger/commands';
import { deploysElsewhere, keepsOtherStage, OTHER_STAGE, PRODUCTION } from './stage-of-call';
import type { ActCommand, ActMutation, ActRequest, ActTool } from './forges/types';

const DRY =
  /^(?:--[Dd]ry-?[Rr]un(?:=true)?|-n|--snapshot|--help|-h|--?[Ww]hat-?[Ii]f|--noop|--preview|--simulate|--plan|--check|--validate-only|--build-only|--no-deploy)$/;
const deploys = (program: string, verb: string | undefined, more: Partial<ActCommand> = {}): ActCommand => ({
  act: 'deploy',
  program,
  ...(verb === undefined ? {} : { verb }),
  without: DRY,
  only: (call) => !deploysElsewhere(call, false),
  ...more,
});
/** Goes live where no other stage is named or kept. */
const goesLive = (program: string, verb: string, more: Partial<ActCommand> = {}): ActCommand =>
  deploys(program, verb, {
    only: (call) => !deploysElsewhere(call, more.not === undefined) && !keepsOtherStage(call),
    ...more,
  });
/** Goes to the stage that it names. */
const goesTo = (program: string, verb: string | undefined, more: Partial<ActCommand> = {}): ActCommand =>
  deploys(program, verb, { line: PRODUCTION, ...more });
/** The line says that it deploys, and where. */
const DEPLOYS_TO_PRODUCTION =
  /(?=.*(?:^|[^a-z])(?:deploy\w*|release|rollback|update|upgrade)\b).*(?:^|[^a-z0-9])(?:prod|production|prd|live)(?![a-z0-9])/i;
/** What somebody types on a server to bring something there. */
const RESTARTS = either(
  /\bgit (?:pull|reset|checkout)\b|\bcompose\b.*\b(?:up|pull)\b|\bdeploy(?:\.sh)?(?![@\w])/,
  /\bsystemctl (?:-\S+ )*(?:restart|reload)\b|\bpm2 (?:restart|reload)\b|\bsupervisorctl restart\b|\bservice \S+ restart\b/,
);
/** `-n` names something there. */
const NAMED_BY_N = { without: /^(?:--help|-h|--dry-run(?:=(?:client|server|true))?)$/ };
/** `-n` names a namespace of a cluster that is not this machine's. */
const IN_NAMESPACE = {
  ...NAMED_BY_N,
  not: /--dry-run(?!=(?:none|false)\b)|--list\b|--context[= ](?:\S*(?:kind|minikube|docker-desktop|k3d|orbstack|colima|rancher-desktop)|(?!\S*prod)\S*(?:local|dev|stag))/i,
};

export const DEPLOYMENT_ACTS = once((): readonly ActCommand[] => [
  deploys('vercel now', undefined, {
    with: /^--prod(?:uction)?$/,
    not: /^(?:alias|build|certs?|curl|dev|dns|domains?|env|help|inspect|link|list|logs?|ls|projects?|pull|teams?|whoami)\b/,
  }),
  deploys('vercel', 'promote'),
  deploys('sf sfdx', undefined, {
    line: /\b(?:project deploy (?:start|quick|resume)|force:(?:source|mdapi):deploy)\b.*(?:-o|-u|--target-org|--targetusername)[= ]\S*(?:prod|production|live)\b/,
    without: /^(?:--dry-run|-c|--checkonly|--help)$/,
  }),
  deploys('netlify', 'deploy', { with: /^(?:--prod|-p|--prod-if-unlocked)$/ }),
  deploys('cap', 'production, prod', { line: /\bdeploy(?!:check|:print_config|:pending)\b/ }),
  deploys('serverless sls', 'deploy, rollback', { line: /(?:-s|--stage)[= ]["']?(?:prod|production|live)\b/ }),
  // traffic that goes to another version, and what waits for an approval
  deploys(
    'gcloud',
    'run services update-traffic, beta run services update-traffic, app services set-traffic, app versions migrate, deploy releases promote, deploy rollouts approve, deploy rollouts advance',
  ),
  deploys('az', 'webapp deployment slot swap, functionapp deployment slot swap, containerapp ingress traffic set', {
    // `-n` is the name of the application
    without: /^(?:--help|-h)$/,
    not: /--action[= ](?:preview|reset)\b/,
  }),
  deploys('aws', 'deploy create-deployment, codepipeline put-approval-result', { not: /status=Rejected/ }),
  deploys('eas', 'update', { line: /--(?:branch|channel)[= ]["']?prod/ }),
  deploys('shopify', 'app deploy, app release, theme publish, hydrogen deploy'),
  deploys('shopify', 'theme push', { with: /^(?:--live|-l|--allow-live|-a)$/ }),
  deploys('kargo', 'promote, approve'),
  deploys('octopus octo', 'release deploy, release promote, deploy-release, promote-release', {
    line: /\b(?:prod|production|live)\b/i,
  }),
  deploys('drone woodpecker-cli', 'build promote, deploy, pipeline promote', { line: /\b(?:prod|production|live)\b/i }),
  deploys('werf', 'converge', { line: /\b(?:prod|production|live)\b/i }),
  deploys('gplay', 'release promote, release rollout'),
  deploys('spacectl', 'stack confirm, run confirm'),
  deploys('ldcli', 'flags toggle-on', { line: /\b(?:prod|production|live)\b/i }),

  // hosts whose verb goes live
  goesLive('dep', 'deploy, rollback'),
  goesLive('eb', 'deploy, swap', { without: /^(?:--staged|--help|-h|--noverify)$/ }),
  goesLive('nomad', 'job run, run', {
    without: /^--?(?:output|help|h|dev)$/,
  }),
  goesLive('func', 'azure functionapp publish'),
  goesLive('fly flyctl', 'deploy, launch, machine update'),
  goesLive('firebase', 'deploy, hosting:clone, apphosting:rollouts:create, functions:deploy'),
  goesLive('wrangler', 'deploy, publish, pages deploy, pages publish, rollback, versions deploy, deployments rollback'),
  goesLive('railway', 'up, redeploy, deploy'),
  goesLive('render', 'deploys create, services deploy, deploys rollback'),
  goesLive('heroku', 'container:release, releases:rollback, rollback, builds:create, deploy:jar, deploy:war'),
  deploys('heroku', 'pipelines:promote'),
  goesLive('gcloud', 'run deploy, beta run deploy, functions deploy, run jobs deploy, app deploy, beta app deploy', {
    without: /^(?:--no-promote|--no-traffic|--help)$/,
  }),
  goesLive(
    'az',
    'webapp deploy, webapp up, webapp deployment source config-zip, functionapp deployment source config-zip, functionapp deploy, containerapp up, containerapp update, spring app deploy',
    NAMED_BY_N,
  ),
  goesTo(
    'az',
    'deployment group create, deployment sub create, deployment mg create, stack group create, pipelines run',
    { without: /^(?:--help|-h|--what-if|-w)$/ },
  ),
  goesLive('azd', 'up, deploy, provision'),
  deploys('dagster-cloud', 'ci deploy'),
  goesTo('fab mina pyinfra', undefined, { line: DEPLOYS_TO_PRODUCTION }),
  goesTo('claudia', 'update, set-version'),
  goesTo('ecs-cli', 'compose service up, compose up'),
  goesTo('eksctl', 'upgrade cluster, upgrade nodegroup'),
  goesTo('flux', 'reconcile kustomization, reconcile helmrelease, reconcile source'),
  goesTo('deploy', undefined),
  goesTo('bolt', 'plan run, task run, command run, script run, apply'),
  goesTo('puppet', 'job run, code deploy'),
  goesTo('knife', 'ssh', { line: /(?=.*chef-client).*(?:^|[^a-z0-9])prod/i }),
  goesTo('earthly', undefined, { line: /(?=.*\+\S*(?:deploy|release)).*(?:^|[^a-z0-9])prod/i }),
  goesTo('oc', 'start-build, rollout latest, new-app, tag', NAMED_BY_N),
  goesTo('mlflow', 'deployments create, deployments update'),
  goesTo('mix', 'edeliver upgrade, edeliver update, edeliver deploy, deploy.prod, deploy.production'),
  goesTo('dbt', 'run, build, seed, snapshot', { line: /(?:-t|--target)[= ]["']?(?:prod|production|live)\b/ }),
  // another machine, whose name says what it is
  goesTo('scp rsync', undefined, {
    line: /(?:^|[\s@.-])(?:prod|production|live)(?:[.-][\w.-]*)?:\S*$/i,
    without: /^(?:--dry-run|--list-only|-[a-zA-Z]*n[a-zA-Z]*)$/,
  }),
  deploys('ssh', undefined, {
    line: RESTARTS,
    only: ({ args }) => args.some((text) => /^(?:[\w.-]+@)?[\w.-]+$/.test(text) && PRODUCTION.test(text)),
  }),
  goesTo('docker', 'service update'),
  goesTo('docker', undefined, {
    line: /^(?:--context|-c)[= ]\S*(?:prod|production|live)\b.*\bcompose\b.*\b(?:up|restart|down)\b/i,
  }),
  deploys('docker docker-compose', undefined, {
    line: /\b(?:up|restart|stack deploy|service update|run)\b/,
    only: (call) =>
      call.invocation.assignments.some((text) => /^DOCKER_(?:HOST|CONTEXT)=/.test(text) && PRODUCTION.test(text)),
  }),
  goesTo('kubectl oc', 'apply, replace, create', {
    ...IN_NAMESPACE,
    line: /(?:^|\s)(?:-[kfn][= ]?|--(?:kustomize|filename|namespace)[= ])(?:\S*[^a-z0-9\s])?(?:prod|production|live)(?![a-z0-9])/i,
  }),
  goesTo('kubectl oc', 'set image, set env, rollout restart, rollout undo', IN_NAMESPACE),
  goesTo('swa', 'deploy'),
  goesLive('clever', 'deploy, restart'),
  goesLive('scalingo', 'deploy, integration-link-manual-deploy'),
  goesLive(
    'platform upsun magento-cloud',
    'push, environment:push, redeploy, environment:redeploy, environment:merge, merge, environment:deploy',
  ),
  goesLive('lagoon', 'deploy branch, deploy latest, deploy promote'),
  goesLive('kamal mrsk', 'deploy, redeploy, rollback'),
  goesLive('doctl', 'apps create-deployment, apps update'),
  goesLive('ibmcloud', 'ce app update, ce application update, cf push'),
  goesLive('tsuru', 'app deploy, app-deploy, app rollback, app-deploy-rollback'),
  goesLive('fastly', 'compute publish, compute deploy, service-version activate, service version activate'),
  goesLive('scw', 'function deploy, function function deploy, container container deploy, container deploy'),
  goesLive('dokku', 'ps:rebuild, git:from-image, git:from-archive, git:sync, deploy, tags:deploy'),
  goesLive('convox', 'deploy, releases promote, rollback'),
  goesLive('gigalixir', 'releases:rollback, deploy:rollback'),
  goesLive('cachix', 'deploy activate'),
  goesLive('colmena', 'apply', {
    not: /(?:^|[^a-z0-9])(?:stag(?:e|ing)|test|dev|build|dry-activate|push|keys|upload-keys)(?![a-z])/i,
  }),
  goesLive('envoy', 'run deploy, run release, run rollback'),
  goesLive('ploi bentoml odo', 'deploy'),
  goesTo('porter', 'upgrade, install, invoke'),
  deploys('forge', 'deploy', { line: /^deploy [\w-]+\.[\w.-]+/ }),
  goesLive('waypoint', 'up, deploy, release'),
  goesLive('supabase', 'functions deploy, db push', { not: /--(?:local|workdir)\b/ }),
  goesLive('convex', 'deploy', { not: /--preview-|--env-file \S*(?:local|dev)/ }),
  goesLive('modal', 'deploy'),
  goesLive('deployctl', 'deploy', { with: /^--prod$/ }),
  goesLive('deno', 'deploy', { with: /^--prod$/ }),
  goesLive('koyeb', 'deploy, service redeploy, services redeploy, app init'),
  goesLive('zeabur genezio encore shuttle nitric', 'deploy, up'),
  goesLive('cargo', 'shuttle deploy'),
  goesLive('spin', 'deploy, cloud deploy, aka deploy'),
  goesLive('wasmer', 'deploy'),
  goesLive('caprover', 'deploy'),
  goesLive('coolify', 'deploy'),
  goesLive(
    'northflank porter qovery',
    'start service, apply, app deploy, application deploy, service deploy, environment deploy',
  ),
  goesLive('amplify', 'publish, push'),
  goesLive('astro', 'deploy', { line: /^deploy\b/ }),
  goesLive('dagster-cloud', 'serverless deploy, workspace sync'),
  goesLive('acli', 'push:artifact, push:code'),
  goesLive('vtex', 'deploy, publish, promote'),
  goesLive('stencil', 'push', { with: /^(?:-a|--activate)/ }),
  goesLive('wix', 'release, publish'),
  goesLive('hs', 'project deploy, project upload, upload, theme upload'),
  goesLive('zapier zapier-platform', 'promote, migrate'),
  goesLive('clasp', 'deploy, redeploy'),
  goesLive('slack', 'deploy'),
  goesLive('twilio', 'serverless:deploy, serverless:promote, flex:plugins:deploy, flex:plugins:release'),
  goesLive('sanity', 'deploy, graphql deploy'),
  goesLive('pac', 'solution import, solution publish, pages upload, application install'),
  goesTo('forge', 'deploy, install'),
  goesTo('eas', 'deploy', { line: /--prod\b/ }),
  goesLive('cf', 'push, rolling-push, blue-green-deploy'),
  goesTo('skaffold', 'run, deploy, apply'),
  goesTo('helmfile', undefined, {
    line: /(?=.*(?:^|[^a-z0-9])(?:prod|production|prd|live)(?![a-z0-9])).*\b(?:apply|sync)\b/i,
  }),
  goesTo('helm', 'upgrade, install, rollback', NAMED_BY_N),
  goesTo('sam', 'deploy'),
  goesTo('hasura', 'deploy, migrate apply, metadata apply'),
  goesTo('sqlmesh', 'plan', { with: /^--auto-apply$/ }),
  goesTo('zappa', 'deploy, update, rollback'),
  goesTo('pulumi', 'up, update', { without: /^(?:--help|-h|--preview-only)$/ }),
  goesTo('copilot', 'deploy, svc deploy, job deploy, env deploy, pipeline deploy'),
  goesTo('arc', 'deploy', { line: /--production\b/ }),
  goesTo('docker', 'stack deploy'),
  goesTo('databricks', 'bundle deploy, bundle run'),
  goesLive(
    'aws',
    'ecs update-service, lambda update-function-code, lambda update-alias, elasticbeanstalk update-environment, elasticbeanstalk swap-environment-cnames, apprunner start-deployment, codepipeline start-pipeline-execution',
  ),
  goesTo('aws', 'cloudformation deploy, cloudformation execute-change-set'),
  deploys('aws', 'amplify start-job, amplify start-deployment', { line: /\b(?:RELEASE|main|master|prod\w*)\b/ }),
  // what is rolled out step by step, and goes on
  deploys(
    'kubectl',
    'argo rollouts promote, argo rollouts abort, argo rollouts undo, argo rollouts set, argo rollouts retry',
    NAMED_BY_N,
  ),
  deploys('kubectl-argo-rollouts', 'promote, abort, undo, set, retry', NAMED_BY_N),
  deploys('nomad', 'job promote, job revert, deployment promote, deployment fail'),
  deploys('argocd', 'app rollback'),
  goesTo('argocd', 'app sync, app set, appset create'),
  goesTo('terminus', 'env:deploy, env:clone-content, env:wipe, upstream:updates:apply'),
]);

const starts = (path: RegExp, more: Partial<ActRequest> = {}): ActRequest => ({
  act: 'deploy',
  method: 'post',
  path,
  ...more,
});

/** Requests that start one: hooks of hosts, and their interfaces. */
export const DEPLOYMENT_REQUESTS = once((): readonly ActRequest[] => [
  starts(/\/api\.render\.com\/deploy\/|\/api\.vercel\.com\/v1\/integrations\/deploy\//, { method: 'post get' }),
  starts(/\/forge\.laravel\.com\/servers\/[^?]*\/deploy\/http\b/, { method: 'post get' }),
  starts(/\/api\.render\.com\/v1\/services\/[^/]+\/(?:deploys|rollback)\b/),
  starts(/\/api\.netlify\.com\/(?:build_hooks\/|api\/v1\/sites\/[^/]+\/(?:deploys|builds|rollback)\b)/),
  starts(/\/api\.heroku\.com\/(?:apps\/[^/]+\/(?:releases|builds)|pipeline-promotions)\b/),
  starts(/\/pages\/(?:webhooks\/deploy_hooks|projects\/[^/]+\/deployments)\b/),
  starts(/\/api\.digitalocean\.com\/v2\/apps\/[^/]+\/(?:deployments|rollback)\b/),
  starts(/\/api\/v1\/applications\/[^/]+\/(?:sync|rollback)$/, { not: /"dryRun"\s*:\s*true/ }),
  starts(/\/api\.cloudflare\.com\/client\/v4\/accounts\/[^/]+\/workers\/scripts\/[^/]+$/, { method: 'put' }),
  starts(/\/api\.vercel\.com\/v1[03]\/(?:deployments|projects\/[^/]+\/promote\/)/, { body: /production|promote/ }),
  // a job that is called so
  starts(
    /\/(?:job|pipelines|jobs|workflows)\/(?:[^?]*\/)?(?=[^/?]*(?:deploy|release|rollout))[^/?]*(?:prod|live)[^/?]*(?:\/(?:build|buildWithParameters|run|execute))?$/i,
  ),
]);
export const DEPLOYMENT_MUTATIONS = once((): Readonly<Record<string, ActMutation>> =>
  Object.fromEntries(
    'deploymentRedeploy deploymentRollback serviceInstanceDeploy serviceInstanceDeployV2 serviceInstanceRedeploy environmentTriggersDeploy'
      .split(' ')
      .map((name) => [name, { act: 'deploy' }]),
  ),
);

/** A job's name, or what it is given. */
const JOB_TO_PRODUCTION =
  /=(?=.*(?:deploy|release|rollout|promote))(?:.*[^a-z0-9])?(?:prod|production|live)(?![a-z0-9])/i;

/** Tools that start a job elsewhere, or deploy to a host of one stage. */
export const DEPLOYMENT_TOOLS: readonly ActTool[] = [
  {
    act: 'deploy',
    tool: /^(?!get|list|describe)(?:\w+ )?(?:trigger|start|run|execute|dispatch|queue|launch)\b.*\b(?:builds?|jobs?|pipelines?|workflows?|playbooks?|templates?|tasks?|dags?)\b/,
    with: JOB_TO_PRODUCTION,
  },
  { act: 'deploy', tool: /\bdeploy to (?:heroku|fly|render|railway|firebase|cloud run)\b/, without: OTHER_STAGE },
];
