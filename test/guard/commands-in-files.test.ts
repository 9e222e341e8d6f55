/** Commands that other programs read from files and variables: services, workflows, notebooks, aliases, build tools. */
import assert from 'node:assert/strict';
import { actTexts } from '../../src/danger/shell/programs/jobs-run-by-act';
import { judge, ROOT, WATCHING } from '../support/guard';

const notebook = (source: string | readonly string[]): string =>
  JSON.stringify({ cells: [{ cell_type: 'code', source }], nbformat: 4 });

const WORKFLOW = `name: wipe
on: [push]
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: npm run lint
  wipe:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: wipe
        run: |
          cd infra
          terraform destroy -auto-approve
`;

const FILES: Readonly<Record<string, string>> = {
  'compose.yaml': `services:
  wipe:
    image: hashicorp/terraform
    command: destroy -auto-approve
    entrypoint: ["terraform"]
    profiles: [ops]
  web:
    image: nginx
    command: ["nginx", "-g", "daemon off;"]
    depends_on:
      - cache
  cache:
    image: redis
    command: redis-server --save 60 1
  seed:
    image: postgres
    profiles: [ops]
    depends_on: [drop]
  drop:
    image: postgres
    profiles: [ops]
    entrypoint:
      - sh
      - -c
      - psql "$$PROD" -c 'DROP TABLE orders'
`,
  '.github/workflows/wipe.yml': WORKFLOW,
  'magefile.go': `package main

func Nuke() error {
	return sh.Run("terraform", "destroy", "-auto-approve")
}

func Build() error {
	return sh.RunV("go", "build", "./...")
}
`,
  'dev.yml': `services:
  web:
    build: .
    command: sh -c "rm -rf /app/tmp/* && npm start"
    volumes: [".:/app"]
  seed:
    image: web
    entrypoint: ["sh", "-c", "rm -f tmp/pids/server.pid && bin/rails s"]
  wipe:
    image: alpine
    command: rm -rf /app/infra/prod
    volumes: ["./:/app"]
  far:
    image: alpine
    command: rm -rf /data/old
    volumes: ["/srv/data:/data"]
`,
  '.github/workflows/space.yml': `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: sudo rm -rf /usr/share/dotnet /opt/ghc
      - run: npm test
`,
  'composer.json': JSON.stringify({
    scripts: {
      fresh: ['@putenv APP_ENV=production', '@php artisan db:wipe --force'],
      all: '@fresh --ansi',
      test: '@php vendor/bin/phpunit',
    },
  }),
  '.cargo/config.toml': '[alias]\nship = ["publish", "--no-verify"]\ngo = "ship -q"\nb = "build --release"\n',
  'ops/rotate.yml': `- hosts: db
  tasks:
    - name: start clean
      ansible.builtin.file:
        path: /var/lib/postgresql/16/main
        state: absent
`,
  'ops/tidy.yml': `- hosts: web
  tasks:
    - name: no default page
      file:
        path: /etc/nginx/sites-enabled/default
        state: absent
    - name: old releases
      file: path=/srv/app/cache state=absent
    - name: data
      file:
        path: /var/lib/postgresql/16/main
        state: directory
`,
  'wipe.ipynb': notebook(['import os\n', 'os.system("terraform destroy -auto-approve")\n']),
  'bang.ipynb': notebook('!terraform destroy -auto-approve'),
  'bash.ipynb': notebook('%%bash\ncd infra\nterraform destroy -auto-approve'),
  'fine.ipynb': notebook('import pandas as pd\n!ls\nprint(1)'),
};

const texts = Object.fromEntries(Object.entries(FILES).map(([file, text]) => [`${ROOT}/${file}`, text]));
const rule = (command: string): string => {
  const answer = judge({ command }, { rules: WATCHING, texts });
  return answer.verdict === 'allow' ? 'allow' : (answer.rule ?? answer.verdict);
};

const TF = 'destructive/tf-destroy';
/** Each passed before there was a reader for it. */
const STOPPED: Readonly<Record<string, string>> = {
  // aliases
  "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=alias.x GIT_CONFIG_VALUE_0='!gh pr merge 12' git x": 'person/merge',
  [`GIT_CONFIG_PARAMETERS="'alias.x=!gh pr merge 12'" git x`]: 'person/merge',
  'git config alias.x clean && git x -f infra/dev': 'destructive/fs-critical-file',
  "alias m='gh pr'; m merge 12": 'person/merge',
  'alias tf=terraform; tf destroy': TF,
  // services
  'docker compose up wipe': TF,
  'docker compose --profile ops run --rm wipe': TF,
  'docker-compose up -d wipe': TF,
  'podman-compose up wipe': TF,
  'docker compose -f compose.yaml up drop': 'destructive/sql-drop',
  'docker compose up seed': 'destructive/sql-drop',
  'docker compose -f dev.yml up wipe': 'deny',
  'docker compose -f dev.yml up far': 'destructive/fs-recursive-delete',
  // workflows
  'act --bind -W .github/workflows/space.yml': 'destructive/fs-recursive-delete',
  'act -P ubuntu-latest=-self-hosted -W .github/workflows/space.yml': 'destructive/fs-recursive-delete',
  'act -W .github/workflows/wipe.yml': TF,
  'act -j wipe -W .github/workflows/wipe.yml': TF,
  // task runners and build tools
  'mage nuke': TF,
  'mage -v Nuke': TF,
  'mvn flyway:clean': 'destructive/orm-reset',
  'mvn -q org.flywaydb:flyway-maven-plugin:10.1.0:clean': 'destructive/orm-reset',
  './mvnw flyway:clean': 'destructive/orm-reset',
  './gradlew :db:flywayClean': 'destructive/orm-reset',
  'sbt flywayClean': 'destructive/orm-reset',
  'gradle liquibaseDropAll': 'destructive/orm-reset',
  'composer run-script fresh': 'destructive/orm-reset',
  'composer all': 'destructive/orm-reset',
  'cargo ship': 'person/publish',
  'cargo go': 'person/publish',
  'ansible-playbook -i hosts.ini ops/rotate.yml': 'destructive/fs-recursive-delete',
  // programs that are written and run at once
  [`node -e "new (require('bullmq').Queue)('orders', {connection}).obliterate({force: true})"`]:
    'destructive/store-flush',
  [`python3 -c "from shop.worker import app; app.control.purge()"`]: 'destructive/store-flush',
  [`go run - <<'EOF'\npackage main\nimport "os"\nfunc main() { os.RemoveAll("/home/dev/other") }\nEOF`]:
    'destructive/fs-recursive-delete',
  'jupyter nbconvert --to notebook --execute bang.ipynb': TF,
  'papermill bash.ipynb out.ipynb': TF,
  'jupyter execute wipe.ipynb': TF,
  [`cat > n.ipynb <<'EOF'\n${notebook('!terraform destroy -auto-approve')}\nEOF\njupyter execute n.ipynb`]: TF,
  // Git Bash on Windows
  'cmd //c "rd /s /q infra"': 'destructive/fs-critical-file',
  'cmd.exe //c rd //s //q infra': 'destructive/fs-critical-file',
  'winpty cmd //c "rd /s /q infra"': 'destructive/fs-critical-file',
  'winpty -Xallow-non-tty terraform destroy': TF,
  // macOS
  'grm -rf /srv/data': 'destructive/fs-recursive-delete',
  'gfind /srv/data -delete': 'destructive/fs-recursive-delete',
  'gshred -u infra/dev/main.tf': 'destructive/fs-critical-file',
  'gdd if=/dev/zero of=/dev/disk2': 'destructive/disk-overwrite',
  [`osascript -e 'tell application "Finder" to delete POSIX file "/srv/data"'`]: 'destructive/fs-recursive-delete',
  [`osascript -e 'tell application "Finder" to empty trash'`]: 'destructive/fs-recursive-delete',
};

const PASSES: readonly string[] = [
  "git config alias.st '!git status -s' && git st",
  'git config alias.co checkout && git co -b x',
  'GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.pager GIT_CONFIG_VALUE_0=less git log',
  "alias ll='ls -l'; ll src",
  'alias tf=terraform; tf plan',
  'docker compose up',
  'docker compose up -d web',
  'docker compose run --rm web',
  'docker compose ps',
  'docker compose -f dev.yml up -d web seed',
  'docker run -v .:/app alpine rm -rf /app/dist',
  'act -W .github/workflows/space.yml',
  'act push --container-architecture linux/amd64 -W .github/workflows/space.yml',
  'docker compose logs -f wipe',
  'docker compose build wipe',
  'docker compose run web npm test',
  'act -l',
  'act -n -W .github/workflows/wipe.yml',
  'act -j lint -W .github/workflows/wipe.yml',
  'act pull_request -W .github/workflows/wipe.yml',
  'composer test',
  'cargo b',
  'cargo build ship',
  'ansible-playbook -i hosts.ini ops/tidy.yml',
  'ansible-playbook --check ops/rotate.yml',
  `node -e "new (require('bullmq').Queue)('orders').getJobCounts()"`,
  'mage build',
  'mage -l',
  'mvn clean install',
  'mvn flyway:migrate',
  './gradlew clean build',
  './gradlew flywayMigrate',
  'go run .',
  `go run - <<'EOF'\npackage main\nimport "fmt"\nfunc main() { fmt.Println(1) }\nEOF`,
  'jupyter execute fine.ipynb',
  'papermill fine.ipynb out.ipynb',
  'jupyter nbconvert --to html wipe.ipynb',
  'cmd //c "dir src"',
  'cmd //c "npm test"',
  'winpty node -v',
  'grm -rf node_modules dist',
  "gfind . -name '*.o' -print",
  'gcp a b',
  `osascript -e 'display notification "done"'`,
  `osascript -e 'tell application "Finder" to open POSIX file "/srv/data"'`,
];

describe('the guard, for commands that other programs read', () => {
  it('what is refused in its own words: is refused from a file, an alias or a build tool', () => {
    assert.deepEqual(Object.fromEntries(Object.keys(STOPPED).map((command) => [command, rule(command)])), STOPPED);
  });

  it('everyday calls beside them: pass', () => {
    assert.deepEqual(
      PASSES.filter((command) => rule(command) !== 'allow'),
      [],
    );
  });

  it('act: runs the jobs of the workflows that begin with its event', () => {
    const read = (file: string): string | undefined => FILES[file];
    const matching = (pattern: string): readonly string[] =>
      pattern === '.github/workflows/*.yml' ? ['.github/workflows/wipe.yml'] : [];
    const all = ['npm run lint', 'cd infra\nterraform destroy -auto-approve'];
    assert.deepEqual(actTexts([], read, matching), all);
    assert.deepEqual(actTexts(['push'], read, matching), all);
    assert.deepEqual(actTexts(['release'], read, matching), []);
    assert.deepEqual(actTexts(['--job=lint'], read, matching), all.slice(0, 1));
    assert.deepEqual(actTexts(['-s', 'TOKEN=push', 'release'], read, matching), []);
  });
});
