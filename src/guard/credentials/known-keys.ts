/** Files, variables and programs that hold or print keys, known without a policy. */
import { anyOf, either } from '../../base/patterns';
import { privateKeysIn, tokensIn } from '../../danger/commands';
import type { ActCommand } from '../person-acts/forges/types';

const IN_HOME = String.raw`\.aws/(?:credentials|sso/cache/.*|cli/cache/.*)|\.config/gcloud/(?:application_default_credentials\.json|credentials\.db|access_tokens\.db|legacy_credentials/.*)|\.azure/(?:accessTokens\.json|msal_token_cache\.\w+|service_principal_entries\.\w+)|\.kube/config|\.docker/config\.json|\.config/(?:gh/hosts\.yml|glab-cli/config\.yml|hub|tea/config\.yml|doctl/config\.yaml|containers/auth\.json)|\.ssh/(?:id_\w+|identity|[\w.-]+\.pem|[\w.-]+_(?:rsa|ed25519|key))|\.gnupg/(?:private-keys-v1\.d/.*|secring\.gpg)|\.terraform\.d/credentials\.tfrc\.json|\.cargo/credentials(?:\.toml)?|\.gem/credentials|\.fly/config\.yml|\.railway/config\.json|\.(?:bash|zsh|psql|mysql)_history|\.config/(?:netlify|heroku)/.*`;
const BY_NAME = String.raw`\.netrc|_netrc|\.git-credentials|\.pypirc|\.vault-token|\.pgpass|\.my\.cnf|\.htpasswd|\.terraformrc|kubeconfig(?:\.ya?ml)?|[\w.-]*\.tfstate(?:\.backup)?|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|[\w.-]*service[_-]?account[\w.-]*\.json|[\w.-]+\.(?:pem|p12|pfx|jks|keystore|key|ppk|kdbx)|master\.key|(?:prod|production|live)\.env|\.env(?:\.[\w.-]+)?|\.envrc|secrets?\.(?:ya?ml|json|toml|env)|credentials\.(?:json|ya?ml)`;
const KEY_FILE = new RegExp(`(?:^|/)(?:${BY_NAME})$`, 'i');
/** Where nothing but keys is, whatever the file is called. */
const KEYS_ALONE = new RegExp(
  String.raw`(?:^|/)(?:${IN_HOME}|\.vault-token)$|^/(?:var/)?run/secrets/.|^/proc/(?:.*/)?environ$`,
  'i',
);
/** Folders of the home folder that are packed or copied as a whole. */
const KEY_FOLDER = /^~\/(?:\.ssh|\.gnupg|\.aws|\.azure|\.kube|\.password-store|\.config\/(?:gcloud|gh))\/?$/;
/** What shows how such a file looks, is for tests or development, or is public. */
const HARMLESS_NAME = either(
  anyOf(
    `
    examples? samples? templates? tmpl dist defaults? schema tests? spec fixtures? mock dummy fake demo ci dev development vault
    enc encrypted sops
    `,
    { before: '(?:^|[._-])(?:', after: ')(?:[._-]|$)', flags: 'i' },
  ),
  /\.pub$|(?:^|[._-])(?:cert|certs|certificate|ca|cacert|chain|fullchain|public|pubkey)[\w.-]*\.(?:pem|key)$/i,
);
const HARMLESS_FOLDER =
  /\/(?:tests?|__tests__|specs?|fixtures?|testdata|test-data|examples?|samples?|node_modules|vendor|site-packages)\//i;

/** Whether a file holds keys, by its absolute path with `/`. */
export function isKeyFile(path: string, home: string): boolean {
  if (path === `${home}/.npmrc`) return true; // a project's own mostly names a registry
  if (KEY_FOLDER.test(path.replace(home, '~'))) return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (KEYS_ALONE.test(path) && !name.endsWith('.pub')) return true;
  return KEY_FILE.test(path) && !HARMLESS_NAME.test(name) && !HARMLESS_FOLDER.test(path.replace(home, '~'));
}

/** A variable's name that says that it holds a key. */
export const isKeyVariable = (name: string): boolean =>
  /(?:^|_)(?:TOKEN|SECRETS?|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|SECRET_?KEY|AUTH_?KEY|CREDENTIALS?|CONNECTION_STRING|PAT)(?:_|$)|^(?:DATABASE_URL|PGPASSWORD|MYSQL_PWD|REDIS_URL|MONGO(?:DB)?_URI)$/i.test(
    name,
  ) && !/(?:EXAMPLE|TEST|FAKE|DUMMY|PUBLIC|_FILE$|_PATH$|_NAME$|_ID$|_COUNT$|MAX_|_LIMIT|_TTL|_EXPIR)/i.test(name);

/** A variable that no service takes in a header as it is: in a request it is sent away, not used. */
export const isNeverInHeader = (name: string): boolean =>
  /^(?:AWS_SECRET_ACCESS_KEY|DATABASE_URL|PGPASSWORD|MYSQL_PWD|REDIS_URL|MONGO(?:DB)?_URI|KUBECONFIG)$|PRIVATE_?KEY|CONNECTION_STRING|PASSPHRASE/i.test(
    name,
  );

/** What libraries call to get a key from the machine or from a store. */
export const KEY_CALL = either(
  anyOf(
    `get_credentials get_frozen_credentials get_secret_value getSecretValue GetSecretValue(?:Command)?
     access_secret_version accessSecretVersion get_secret getSecret getPassword get_password fromIni fromSSO
     defaultProvider`,
    { before: String.raw`\b(?:`, after: String.raw`)\s*\(` },
  ),
  /\bsecrets\.kv\.v[12]\.read_secret/,
);

/** What a tool of a server does to show a key, by the words of its name: a verb, and in the end what it shows. */
export const SHOWS_KEY =
  /^(?:.* )?(?:get|read|fetch|access|reveal|show|retrieve|export|decrypt|view)(?: \w+)*? (?:secrets?(?: values?| versions?)?|credentials?|passwords?|private keys?|api keys?|access tokens?)$/;

/** Where a cloud hands a machine the keys of its role. Its other facts about the machine are no keys. */
export const KEY_ADDRESS = either(
  /\b169\.254\.169\.254\/(?:latest\/meta-data\/iam\/security-credentials\/[\w.+=,@-]|latest\/meta-data\/identity-credentials\/ec2\/security-credentials\/[\w-]|metadata\/identity\/oauth2\/token\b)/,
  /\b(?:metadata\.google\.internal|169\.254\.169\.254)\/computeMetadata\/v1\/instance\/service-accounts\/[^/\s]+\/(?:token|identity)\b/,
  // behind the second host the path is a variable
  /\b169\.254\.170\.2(?:\/v2\/credentials\S*)?(?:["'\s]|$)/,
);

export type KeyPrinter = Omit<ActCommand, 'act'>;

/** Programs that show a key. */
export const KEY_PRINTERS: readonly KeyPrinter[] = [
  {
    program: 'aws',
    verb: 'configure export-credentials, sts get-session-token, sts assume-role, sts get-federation-token, sts assume-role-with-web-identity, ecr get-login-password, ecr get-authorization-token, ecr-public get-login-password, secretsmanager get-secret-value, secretsmanager batch-get-secret-value, iam create-access-key, rds generate-db-auth-token, eks get-token, codeartifact get-authorization-token, lightsail download-default-key-pair',
  },
  { program: 'aws', verb: 'configure get', line: /secret|token|access_key/ },
  {
    program: 'aws',
    verb: 'ssm get-parameter, ssm get-parameters, ssm get-parameters-by-path',
    with: /^--with-decryption$/,
  },
  {
    program: 'gcloud',
    verb: 'auth print-access-token, auth print-identity-token, auth print-refresh-token, auth application-default print-access-token, secrets versions access, iam service-accounts keys create, config config-helper',
  },
  {
    program: 'az',
    verb: 'account get-access-token, keyvault secret show, keyvault secret download, storage account keys list, storage account show-connection-string, ad sp create-for-rbac, ad sp credential reset, acr credential show, acr token credential generate, webapp config appsettings list, functionapp config appsettings list, webapp config connection-string list, search admin-key show, cognitiveservices account keys list, iot hub connection-string show, eventhubs namespace authorization-rule keys list, signalr key list, batch account keys list, maps account keys list, cosmosdb keys list, redis list-keys, functionapp keys list, webapp deployment list-publishing-credentials, servicebus namespace authorization-rule keys list',
  },
  { program: 'kubectl oc k', verb: 'config view', with: /^--raw(?:=true)?$/ },
  {
    program: 'kubectl oc k',
    verb: 'get secret, get secrets, get secret/*, get secrets/*',
    line: /(?:-o|--output)[= ]?["']?(?:ya?ml|json|jsonpath|go-template|template|custom-columns)/,
  },
  { program: 'kubectl oc k', verb: 'create token, extract secret/*, serviceaccounts get-token, sa get-token' },
  { program: 'oc', verb: 'whoami', with: /^(?:-t|--show-token)$/ },
  { program: 'gh', verb: 'auth token' },
  { program: 'gh glab', verb: 'auth status', with: /^(?:-t|--show-token)$/ },
  { program: 'glab', verb: 'config get', line: /token/ },
  {
    program: 'git',
    verb: 'credential fill, credential-store get, credential-cache get, credential-osxkeychain get, credential-manager get',
  },
  {
    program:
      'git-credential-manager git-credential-store git-credential-cache git-credential-osxkeychain git-credential-libsecret git-credential-wincred',
    verb: 'get',
  },
  { program: 'git', verb: 'config', line: /extraheader/i, not: /--unset|--add/ },
  { program: 'npm', verb: 'config get, token create', line: /_?auth|_password|token/i },
  { program: 'heroku', verb: 'auth:token, config, pg:credentials:url' },
  { program: 'heroku', verb: 'config:get', line: /key|token|secret|pass|cred|auth|_url\b|_uri\b|dsn/i },
  { program: 'fly flyctl', verb: 'auth token, tokens create' },
  { program: 'vercel', verb: 'env pull', line: /\bprod(?:uction)?\b/ },
  { program: 'netlify', verb: 'env:list, env:get' },
  { program: 'railway', verb: 'variables, variable list' },
  { program: 'firebase', verb: 'login:ci, functions:secrets:access, functions:config:get' },
  { program: 'terraform tofu terragrunt', verb: 'state pull' },
  { program: 'terraform tofu terragrunt', verb: 'output', line: /pass|secret|token|key|credential/i },
  { program: 'pulumi', verb: 'config, stack output, stack export, config get', with: /^--show-secrets(?:=true)?$/ },
  { program: 'vault bao', verb: 'read, kv get, print token, token create, token lookup, unwrap' },
  { program: 'op', verb: 'read, item get, document get' },
  { program: 'bw', verb: 'get, export, unlock' },
  { program: 'pass gopass', verb: 'show' },
  { program: 'lpass', verb: 'show, export' },
  { program: 'security', verb: 'find-generic-password, find-internet-password, dump-keychain, export' },
  { program: 'secret-tool', verb: 'lookup, search' },
  { program: 'gpg gpg2', with: /^--(?:export-secret-(?:sub)?keys|export-secret-key)$/ },
  { program: 'doppler', verb: 'secrets, secrets get, secrets download' },
  { program: 'infisical', verb: 'secrets, export' },
  { program: 'chamber', verb: 'read, export, env' },
  { program: 'sops', with: /^(?:-d|--decrypt)$/ },
  { program: 'sops', verb: 'decrypt' },
  { program: 'ansible-vault', verb: 'view, decrypt' },
  {
    program:
      'docker-credential-desktop docker-credential-osxkeychain docker-credential-pass docker-credential-secretservice docker-credential-ecr-login docker-credential-gcloud',
    verb: 'get',
  },
  { program: 'kubeadm', verb: 'token create, token list' },
  { program: 'argocd', verb: 'account generate-token, admin initial-password' },
  { program: 'aws-vault', verb: 'export' },
  { program: 'dotnet', verb: 'user-secrets list' },
  { program: 'rails', verb: 'credentials:show' },
  { program: 'ibmcloud', verb: 'iam oauth-tokens, iam api-key-create, iam service-api-key-create' },
  { program: 'doctl', verb: 'kubernetes cluster kubeconfig show, databases connection' },
  { program: 'linode-cli', verb: 'lke kubeconfig-view' },
  { program: 'nomad', verb: 'var get, acl token self, acl token create' },
  { program: 'consul', verb: 'acl token read, acl token create' },
  { program: 'etcdctl', verb: 'get', line: /\/registry\/secrets\b/ },
  { program: 'supabase', verb: 'projects api-keys' },
  { program: 'neon neonctl', verb: 'connection-string' },
  { program: 'turso', verb: 'db tokens create, auth token' },
  { program: 'pscale', verb: 'password create' },
  { program: 'stripe', verb: 'config', with: /^--list$/ },
  { program: 'cloudflared', verb: 'tunnel token' },
  { program: 'poetry', verb: 'config', line: /^config (?:--list|pypi-token\.\S+|http-basic\.\S+)$/ },
  { program: 'pnpm yarn', verb: 'config get', line: /_?auth|_password|token/i },
  { program: 'docker', verb: 'swarm join-token' },
  { program: 'psql mysql mariadb', line: /\bpg_(?:shadow|authid)\b|\bauthentication_string\b/ },
  { program: 'docker podman nerdctl', verb: 'inspect, container inspect', line: /\.Config\.Env\b/ },
  { program: 'akeyless', verb: 'get-secret-value' },
  { program: 'conjur', verb: 'variable get' },
  { program: 'berglas', verb: 'access' },
  { program: 'tctl', verb: 'auth export', with: /^--keys$/ },
  { program: 'tctl', verb: 'auth sign, tokens add, users add, bots add, users reset' },
  { program: 'step', verb: 'ca token, oauth' },
  { program: 'wg', verb: 'showconf' },
  { program: 'wg', verb: 'show', line: /\bprivate-key\b/ },
  { program: 'openssl', verb: 'pkcs12', with: /^-(?:nodes|noenc|nocerts)$/ },
  { program: 'rclone', verb: 'config show, config dump, reveal' },
  { program: 'mc', verb: 'admin user svcacct add, admin accesskey create, alias export' },
  { program: 'hcp', verb: 'auth print-access-token, vault-secrets secrets open' },
  { program: 'databricks', verb: 'auth token, secrets get-secret, tokens create' },
  { program: 'snow', verb: 'connection generate-jwt' },
  { program: 'scw', verb: 'secret version access, iam api-key create' },
  { program: 'yc', verb: 'iam create-token, lockbox payload get, iam key create, iam access-key create' },
  { program: 'oci', verb: 'secrets secret-bundle get, iam auth-token create, iam customer-secret-key create' },
  { program: 'az', verb: 'storage container generate-sas, storage blob generate-sas, storage account generate-sas' },
  { program: 'kafka-delegation-tokens', with: /^--create$/ },
  { program: 'sentry-cli', verb: 'info', with: /^--config-status-json$/ },
  { program: 'keepassxc-cli', verb: 'show, clip, export' },
  { program: 'keyring', verb: 'get' },
  { program: 'wrangler', verb: 'auth token' },
];

/** What a server's tool does with a text that others read, and where a key belongs. */
const SAID =
  /^(?:gists?|snippets?|paste|upload|send|post|share|attach|reply|issues?|comments?|messages?|mails?|emails?|pages?|notes?|reviews?|discussions?|pull|merge)$/;
const KEPT = /^(?:secrets?|keys?|credentials?|variables?|env|tokens?|get|list|search|read)$/;

/** Whether a tool, by the words of its name, gives others a text with a key in it. */
export const tellsKey = (words: readonly string[], text: string): boolean =>
  words.some((word) => SAID.test(word)) &&
  !words.some((word) => KEPT.test(word)) &&
  privateKeysIn(text).length + tokensIn(text).length > 0;
