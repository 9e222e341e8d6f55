/** Programs that publish a package, or bring something to production, at no forge. */
import type { ActCommand } from './forges/types';

const DRY = /^(?:--dry-run(?:=true)?|-n|--dryrun|--snapshot|--skip=publish|--skip-publish|--help|-h|--whatif)$/i;
const LOCAL =
  /(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|\.local(?:host)?\b|\bkind-registry\b|host\.docker\.internal)/;

const publishes = (program: string, verb?: string, more: Partial<ActCommand> = {}): ActCommand => ({
  act: 'publish',
  program,
  ...(verb === undefined ? {} : { verb }),
  without: DRY,
  not: LOCAL,
  ...more,
});
const deploys = (program: string, verb: string | undefined, more: Partial<ActCommand> = {}): ActCommand => ({
  act: 'deploy',
  program,
  ...(verb === undefined ? {} : { verb }),
  without: DRY,
  ...more,
});

export const REGISTRY_ACTS: readonly ActCommand[] = [
  // `pnpm publish`, `bun publish`: what these start is a program of that name
  publishes('publish', undefined),
  publishes('npm pnpm yarn bun', 'publish, stage publish, npm publish, workspaces foreach * npm publish'),
  publishes('yarn', 'workspaces', { line: /\bpublish\b/ }),
  publishes('pnpm npm', undefined, {
    line: /(?:^| )(?:-r|--recursive|--workspaces|-w \S+|--workspace[= ]\S+|--filter[= ]\S+) (?:\S+ )?publish\b/,
  }),
  publishes('npm pnpm yarn', 'dist-tag add, version publish'),
  publishes('jsr deno cargo poetry uv flit hatch pdm wasm-pack vsce ovsx lerna changeset np nx pub-dev', 'publish'),
  publishes('nx', 'release', { without: /^(?:--dry-run(?:=true)?|-d|--skip-publish)$/ }),
  publishes('lerna changeset', 'publish, version-and-publish'),
  publishes('np release-it', undefined, {
    without:
      /^(?:--dry-run|-d|--preview|--no-publish|--release-version|--changelog|--npm\.publish=false|-h|--help|-v|--version)$/,
  }),
  publishes('semantic-release', undefined, { without: /^(?:--dry-run|-d|--no-ci=false|-h|--help|-v|--version)$/ }),
  publishes('goreleaser', 'release', { without: /^(?:--snapshot|--skip=(?:\S+,)?publish\S*|--skip-publish|--help)$/ }),
  publishes('twine', 'upload'),
  publishes('gem', 'push'),
  publishes('rake', 'release'),
  publishes('python python3 py', undefined, {
    line: /(?:setup\.py\b.*\bupload\b|-m (?:twine|flit|poetry|hatch|uv) (?:upload|publish)\b)/,
  }),
  publishes('dotnet', 'nuget push'),
  publishes('nuget', 'push'),
  publishes('mvn mvnw', undefined, {
    line: /(?:^| )(?:deploy|deploy:deploy|release:perform|nexus-staging:release)(?: |$)/,
    not: /-Dmaven\.deploy\.skip(?:=true)?|altDeploymentRepository=\S*file:/,
  }),
  publishes('gradle gradlew', undefined, {
    line: /(?:^| |:)(?:publish(?:Plugins|All\w+ToMavenCentral\w*|ToMavenCentral|ToSonatype|\w*PublicationTo(?!MavenLocal)\w+)?|uploadArchives|closeAndRelease\w*)(?: |$)/,
  }),
  publishes('sbt mill', undefined, { line: /\b(?:publish(?:Signed)?|sonatypeRelease|ci-release)(?: |$|")/ }),
  publishes('mix', 'hex.publish'),
  publishes('rebar3', 'hex publish'),
  publishes('dart flutter', 'pub publish', { without: /^(?:--dry-run|-n)$/ }),
  publishes('pod', 'trunk push, repo push'),
  publishes('luarocks', 'upload'),
  publishes('cpan-upload'),
  publishes('anaconda', 'upload'),
  publishes('conan', 'upload'),
  publishes('helm', 'push, cm-push'),
  publishes('oras', 'push'),
  publishes('docker podman nerdctl buildah', 'push, image push, manifest push'),
  publishes('docker', 'buildx build, build', { with: /^--push(?:=true)?$/ }),
  publishes('docker', 'compose push, buildx bake', { line: /\bcompose\b.*\bpush\b|--push\b/ }),
  publishes('crane skopeo regctl', 'push, copy, cp, image copy', {
    not: /docker-daemon:\S+$|dir:\S+$|oci:\S+$|localhost/,
  }),
  publishes('ko', 'publish, build, resolve', { without: /^(?:--local|-L|--push=false)$/ }),
  publishes('publish-module publish-script publish-psresource', undefined, { without: /^-whatif$/i }),
  publishes(
    'fastlane',
    'release, deliver, pilot, supply, upload_to_app_store, upload_to_testflight, upload_to_play_store',
  ),
  publishes('eas', 'submit'),
  publishes('eas', 'build', { with: /^--auto-submit(?:-with-profile(?:=.+)?)?$/ }),
  publishes('appcenter', 'distribute release, distribute groups publish'),
  publishes('appcenter code-push', undefined, {
    line: /\brelease(?:-react)?\b.*(?:-d|--deploymentName|--deployment-name)[= ]["']?prod/i,
  }),
  publishes('gradle gradlew', undefined, {
    line: /(?:^| |:)(?:publish\w*(?:Bundle|Apk|Listing)|promote\w*Artifact|appDistributionUpload\w*)(?: |$)/,
  }),
  publishes('web-ext', 'sign', { line: /--channel[= ]listed\b/ }),
  publishes('chrome-webstore-upload', 'publish'),
  publishes('chrome-webstore-upload', 'upload', { with: /^--auto-publish$/ }),
  publishes('cws msstore', 'publish'),
  publishes('docker', 'buildx imagetools create', { with: /^(?:-t|--tag)/ }),
  publishes('butler balena', 'push, deploy'),
  publishes('steamcmd', undefined, { line: /\+run_app_build\b/ }),
  publishes('tfx', 'extension publish'),
  publishes('clojure clj lein', undefined, { line: /\bdeploy\b/ }),
  publishes('terraform-registry', 'publish'),
  publishes('buf', 'push'),
  publishes('code-push', 'release'),
  publishes('snapcraft', 'upload, release, push'),
  publishes('charmcraft', 'upload, release'),
  publishes('gh', 'extension publish'),

  deploys('vercel now', undefined, {
    with: /^--prod(?:uction)?$/,
    not: /^(?:alias|build|certs?|curl|dev|dns|domains?|env|help|inspect|link|list|logs?|ls|projects?|pull|teams?|whoami)\b/,
  }),
  deploys('vercel', 'promote'),
  deploys('fly flyctl', 'deploy', { line: /(?:-a|--app|-c|--config)[= ]\S*(?:prod|live)\b/ }),
  deploys('func', 'azure functionapp publish', { line: /\b(?:prod|production|live)\b/ }),
  deploys('gcloud', 'app deploy, beta app deploy', {
    without: /^--no-promote$/,
    not: /--project[= ]\S*(?:dev|staging|test)\b/,
  }),
  deploys('wrangler', 'versions deploy'),
  deploys('sf sfdx', undefined, {
    line: /\b(?:project deploy (?:start|quick|resume)|force:(?:source|mdapi):deploy)\b.*(?:-o|-u|--target-org|--targetusername)[= ]\S*(?:prod|production|live)\b/,
    without: /^(?:--dry-run|-c|--checkonly|--help)$/,
  }),
  deploys('netlify', 'deploy', { with: /^(?:--prod|-p|--prod-if-unlocked)$/ }),
  deploys('cap', 'production, prod', { line: /\bdeploy\b/ }),
  deploys('kamal mrsk', 'deploy, redeploy, rollback'),
  deploys('dep', 'deploy'),
  deploys('eb', 'deploy', { line: /\bprod/i }),
  deploys('serverless sls', 'deploy', { line: /(?:-s|--stage)[= ]["']?(?:prod|production|live)\b/ }),
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
  deploys('aws', 'deploy create-deployment, codepipeline put-approval-result', {
    not: /status=Rejected/,
  }),
  deploys('eas', 'update', { line: /--(?:branch|channel)[= ]["']?prod/ }),
  deploys('firebase', 'deploy', {
    line: /--only[= ]\S*(?:rules|firestore|storage|database)\b|(?:-P|--project)[= ]\S*(?:prod|live)\b/,
    not: /(?:-P|--project)[= ]\S*(?:dev|staging|test|demo)\b/,
  }),
  publishes('firebase', 'appdistribution:distribute'),
  publishes('xcrun', 'altool', { with: /^--upload-(?:app|package)$/ }),
  publishes('hf huggingface-cli', 'upload, upload-large-folder'),
  publishes('kaggle', 'datasets create, datasets version, models create, kernels push'),
  publishes('choco', 'push'),
  publishes('mix', 'hex.retire'),
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
];
