/** Programs that publish a package, at no forge. */
import { once } from '../../danger/commands';
import type { ActCode, ActCommand, ActRequest } from './forges/types';

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
export const REGISTRY_ACTS = once((): readonly ActCommand[] => [
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
    'release, deliver, pilot, supply, upload_to_app_store, upload_to_testflight, upload_to_play_store, beta, ios beta, ios release, ios deploy, android beta, android release, android deploy, mac release',
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
  publishes('firebase', 'appdistribution:distribute'),
  publishes('xcrun', 'altool', { with: /^--upload-(?:app|package)$/ }),
  publishes('hf huggingface-cli', 'upload, upload-large-folder'),
  publishes('kaggle', 'datasets create, datasets version, models create, kernels push'),
  publishes('choco', 'push'),
  publishes('mix', 'hex.retire'),
  // by their own verb alone
  publishes('maturin', 'publish, upload'),
  publishes('opam dune-release nimble elm spago pulp expo briefcase rye bleep wasmer wkg warg porter', 'publish'),
  publishes('ansible-galaxy', 'collection publish, role import'),
  publishes('cabal', 'upload', { with: /^--publish$/ }),
  publishes('stack', 'upload', { without: /^--candidate$/ }),
  publishes('fez mi6', 'upload'),
  publishes('dzil minil milla mi6', 'release'),
  publishes('rattler-build pixi', 'upload, publish'),
  publishes('rush', 'publish', { with: /^(?:--publish|-p|--apply|-a)$/ }),
  publishes('auto', 'shipit, release, latest, canary, next'),
  publishes('jreleaser', 'full-release, release, deploy, publish, upload'),
  publishes('gradle gradlew', undefined, { line: /\bjreleaser(?:FullRelease|Release|Deploy|Publish|Upload)\b/ }),
  publishes('gradle gradlew mvn mvnw', undefined, { line: /(?:^| |:)jib(?::build)?(?: |$)/ }),
  publishes('scala-cli', 'publish', { line: /^publish (?!local\b|setup\b)/ }),
  publishes('cargo', 'release, smart-release, workspaces version', { with: /^(?:--execute|-x|--publish)$/ }),
  publishes('cargo', 'workspaces publish, ws publish, component publish'),
  publishes('release-plz', 'release'),
  publishes(
    'jf jfrog',
    'npm publish, docker push, mvn deploy, gradle publish, rt upload, rt u, rt build-publish, rt bp, rt docker-push, rbp, release-bundle-promote',
  ),
  publishes('cloudsmith package_cloud fury packagecloud', 'push'),
  publishes('gcloud', 'artifacts generic upload, artifacts go upload, artifacts apt upload, artifacts yum upload'),
  publishes('aws', 'codeartifact publish-package-version, codeartifact copy-package-versions'),
  publishes('az', 'artifacts universal publish', { without: /^--help$/ }),
  publishes('paket cog ollama bentoml truss imgpkg img apptainer singularity', 'push'),
  publishes('flux', 'push artifact'),
  publishes('flux', 'tag artifact'),
  publishes('spin wash', 'registry push, push'),
  publishes('cr', 'upload, index', { line: /^upload\b|--push\b/ }),
  publishes('pack', 'build, buildpack package, builder create', { with: /^--publish$/ }),
  publishes('earthly', undefined, { with: /^--push$/ }),
  publishes('vpk', 'upload'),
  publishes('wingetcreate', 'submit'),
  publishes('wingetcreate komac', 'new, update, update-locale', { with: /^(?:--submit|-s)$/ }),
  publishes('komac', 'submit'),
  publishes('electron-builder', undefined, { line: /(?:--publish|-p)[= ](?:always|onTag)\b/ }),
  publishes('electron-forge', 'publish'),
  publishes('ns tns', 'publish'),
  publishes('shorebird', 'release, patch', { without: /^(?:--dry-run|-n|--help)$/ }),
  publishes('capgo', 'bundle upload', { line: /\bprod/i }),
  publishes('rover', 'subgraph publish, graph publish'),
  publishes('hive', 'schema:publish, app:publish'),
  publishes('swaggerhub', 'api:publish, domain:publish'),
  publishes('pact-broker', 'publish, publish-provider-contract, record-deployment, record-release'),
  publishes('bump', 'deploy'),
  // a site on the forge's pages, or at a host that has one stage
  publishes('gh-pages angular-cli-ghpages', undefined, {
    with: /^(?:-d|--dist|--dir)(?:=|$)/,
    without: /^(?:--no-push|-n|--dry-run|--help)$/,
  }),
  publishes('mkdocs', 'gh-deploy'),
  publishes('mike', 'deploy, set-default, delete', { with: /^(?:--push|-p)$/ }),
  publishes('ghp-import', undefined, { with: /^(?:-p|--push|-[a-z]*p[a-z]*)$/ }),
  publishes('surge', undefined, {
    line: /\bsurge\.sh\b|^\S+ \S+\.\w/,
    not: /^(?:list|teardown|whoami|login|--version)\b/,
  }),
  publishes('hexo', 'deploy'),
  publishes('hexo', undefined, { with: /^(?:-d|--deploy)$/ }),
  publishes('quarto', 'publish'),
  publishes('neocities', 'push, upload'),
]);

const uploads = (method: string, path: RegExp): ActRequest => ({ act: 'publish', method, path });

/** Uploads to registries by a request. */
export const REGISTRY_REQUESTS: readonly ActRequest[] = [
  uploads('put', /\/registry\.(?:npmjs\.org|yarnpkg\.com)\/|\/npm\.pkg\.github\.com\//),
  uploads('post', /\/(?:upload|test)\.pypi\.org\/legacy\b|\/rubygems\.org\/api\/v1\/gems\b/),
  uploads('put', /\/crates\.io\/api\/v1\/crates\/new\b|\bnuget\.org\/api\/v2\/package\b|\/clojars\.org\/repo\//),
  uploads('post', /\/hex\.pm\/api\/(?:publish|packages\/\w+\/releases)\b|\/hackage\.haskell\.org\/packages\/?$/),
  uploads('post', /\/central\.sonatype\.com\/api\/v1\/publisher\/|\/packagist\.org\/api\/update-package\b/),
  uploads('put', /\/v2\/[\w./-]+\/manifests\/|\/artifactory\/[\w.-]+\/|\/repository\/[\w.-]*releases?\//),
];

export const REGISTRY_CODE: readonly ActCode[] = [
  {
    act: 'publish',
    text: /\b(?:devtools::(?:release|submit_cran)|submit_cran|usethis::use_release_issue)\s*\(|\blibnpmpublish\b|\btwine\.commands\.upload\b|\bsemanticRelease\s*\(|\busing LocalRegistry\b[^]*\bregister\s*\(/,
  },
];
