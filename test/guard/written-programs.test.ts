/** Programs that a command writes and runs at once, and commands whose words another program prints. */
import assert from 'node:assert/strict';
import { judge, ROOT, WATCHING } from '../support/guard';
import { toolCallOf } from '../../src/provenance/assistants/hook-payloads/server-and-tool-of-call';

const verdict = (command: string, texts: Readonly<Record<string, string>> = {}): string =>
  judge({ command }, { rules: WATCHING, texts }).verdict;
const written = (file: string, text: string, then: string): string => `cat > ${file} <<'E'\n${text}\nE\n${then}`;

describe('programs that a command writes and runs at once', () => {
  const RDS = `import boto3\nboto3.client('rds').delete_db_instance(DBInstanceIdentifier='orders')`;
  for (const [file, text, then] of [
    ['d.py', RDS, 'python d.py'],
    ['d.py', 'import shutil\nshutil.rmtree("/srv/data")', 'uv run python3 d.py'],
    [
      'd.js',
      `new S3Client({}).send(new DeleteBucketCommand({ Bucket: 'b' })); require('@aws-sdk/client-s3')`,
      'node d.js',
    ],
    ['d.rb', `FileUtils.rm_rf('/srv/data')`, 'ruby d.rb'],
    ['d.ts', `rmSync('/srv/data', { recursive: true, force: true });`, 'npx tsx d.ts'],
    ['d.go', 'func main() { os.RemoveAll("/srv/data") }', 'go run d.go'],
    ['d.go', 'func main() { exec.Command("terraform", "destroy").Run() }', 'go run ./d.go'],
    [
      'n.ipynb',
      JSON.stringify({ cells: [{ cell_type: 'code', source: [RDS] }] }),
      'jupyter nbconvert --execute n.ipynb',
    ],
    ['n.ipynb', JSON.stringify({ cells: [{ cell_type: 'code', source: [RDS] }] }), 'papermill n.ipynb o.ipynb'],
    ['p.yml', '- hosts: db\n  tasks:\n    - shell: terraform destroy -auto-approve', 'ansible-playbook p.yml'],
    ['p.yml', '- hosts: db\n  tasks:\n    - command: |\n        dropdb orders', 'ansible-playbook -i inventory p.yml'],
    [
      'p.yml',
      '- hosts: db\n  tasks:\n    - community.postgresql.postgresql_db:\n        name: orders\n        state: absent',
      'ansible-playbook p.yml',
    ],
  ] as const)
    it(`${then}: is held when ${file} destroys`, () => assert.equal(verdict(written(file, text, then)), 'deny'));

  for (const [file, text, then] of [
    ['a.py', 'print("hello")', 'python a.py'],
    ['a.go', 'func main() { fmt.Println("terraform destroy") }', 'go run a.go'],
    ['d.go', 'func main() { os.RemoveAll("/srv/data") }', 'go vet d.go'],
    [
      'n.ipynb',
      JSON.stringify({ cells: [{ cell_type: 'markdown', source: ['shutil.rmtree("/srv")'] }] }),
      'papermill n.ipynb',
    ],
    ['p.yml', '- hosts: web\n  tasks:\n    - file: { path: /tmp/x, state: absent }', 'ansible-playbook p.yml'],
    ['p.yml', '- hosts: web\n  tasks:\n    - shell: uptime', 'ansible-playbook p.yml'],
  ] as const)
    it(`${then}: stays free when ${file} destroys nothing`, () =>
      assert.equal(verdict(written(file, text, then)), 'allow'));

  for (const [file, text, then] of [
    [
      'd.ts',
      'await new Deno.Command("terraform", { args: ["destroy", "-auto-approve"] }).output();',
      'deno run -A d.ts',
    ],
    ['d.rs', 'fn main() { Command::new("terraform").arg("destroy").status().unwrap(); }', 'rustc d.rs && ./d'],
    ['D.java', 'class D { void a() { new ProcessBuilder("terraform", "destroy").start(); } }', 'java D.java'],
    [
      'D.java',
      'class D { void a() { new ProcessBuilder("terraform", "destroy").start(); } }',
      'javac D.java && java D',
    ],
    ['d.kts', 'ProcessBuilder(listOf("terraform", "destroy")).start()', 'kotlinc -script d.kts'],
    ['d.scala', 'import sys.process._\n"terraform destroy -auto-approve".!', 'scala d.scala'],
    ['d.R', 'system2("terraform", c("destroy", "-auto-approve"))', 'Rscript d.R'],
    ['d.nu', 'terraform destroy -auto-approve', 'nu d.nu'],
    ['d.awk', 'BEGIN { system("terraform destroy -auto-approve") }', 'awk -f d.awk'],
    ['d.tcl', 'exec terraform destroy', 'tclsh d.tcl'],
    ['d.exp', 'spawn terraform destroy\nexpect "yes" { send "yes" }', 'expect d.exp'],
    ['d.clj', '(clojure.java.shell/sh "terraform" "destroy")', 'bb d.clj'],
    ['d.hs', 'import System.Process\nmain = callCommand "terraform destroy"', 'runghc d.hs'],
    ['d.ml', 'let _ = Sys.command "terraform destroy"', 'ocaml d.ml'],
  ] as const) {
    it(`${then}: is held when ${file} starts another program`, () =>
      assert.equal(verdict(written(file, text, then)), 'deny'));
    it(`${then}: stays free when ${file} starts a reading program`, () => {
      const reading = text.replace('destroy', 'validate').replace('-auto-approve', '-no-color');
      assert.equal(verdict(written(file, reading, then)), 'allow');
    });
  }

  it('a statement in a string: is judged when something runs the string', () => {
    for (const command of [
      'psql -c "PREPARE x AS DELETE FROM orders; EXECUTE x"',
      'psql -v t=orders -c "DROP TABLE :t"',
      `mysql -e "SET @s = CONCAT('DROP TABLE ', 'orders'); PREPARE st FROM @s; EXECUTE st"`,
      `sqlcmd -Q "DECLARE @q nvarchar(99)='DROP TABLE orders'; EXEC sp_executesql @q"`,
      `psql <<< "SELECT format('DROP TABLE %I', tablename) FROM pg_tables \\gexec"`,
      `php -r 'mysqli_query($c, "DROP TABLE orders");'`,
      `php artisan tinker --execute="DB::table('orders')->truncate();"`,
      `mix run -e 'Shop.Repo.delete_all(Shop.Order)'`,
    ])
      assert.equal(verdict(command), 'deny', command);
    for (const command of [
      `psql -c "PREPARE x AS SELECT * FROM orders; EXECUTE x"`,
      'psql -v t=orders -c "SELECT count(*) FROM :t"',
      `psql -c "SELECT 'DROP TABLE orders'"`,
      `mysql -e "SET @s='SELECT 1'; PREPARE st FROM @s; EXECUTE st"`,
      `php artisan tinker --execute="DB::table('orders')->count();"`,
      `mix run -e 'Shop.Repo.all(Shop.Order)'`,
      'mix test',
    ])
      assert.equal(verdict(command), 'allow', command);
  });

  it('a command in a container or on another machine: is judged when it is started by its name there', () => {
    for (const command of [
      'oc rsh db-0 psql -c "DROP DATABASE shop"',
      'lxc exec db -- psql -c "DROP DATABASE shop"',
      'multipass exec db -- sudo rm -rf /srv',
      "vagrant ssh -c 'sudo rm -rf /srv'",
      'tsh ssh root@prod terraform destroy',
      `aws ecs execute-command --cluster c --task t --interactive --command "psql -c 'DROP TABLE orders'"`,
      "bolt command run 'terraform destroy' -t all",
      "knife ssh 'role:web' 'sudo reboot'",
      'pyinfra prod exec -- terraform destroy',
      `heroku run 'rails runner "User.delete_all"' -a shop`,
    ])
      assert.notEqual(verdict(command), 'allow', command);
    for (const command of [
      'oc rsh db-0 psql -c "SELECT 1"',
      'lxc exec db -- ls /srv',
      'multipass exec db -- uptime',
      "vagrant ssh -c 'ls /srv'",
      'tsh ssh root@prod uptime',
      'aws ecs execute-command --cluster c --task t --interactive --command "ls"',
      "bolt command run 'uptime now' -t all",
      "knife ssh 'role:web' 'uptime -p'",
      'devcontainer exec --workspace-folder . npm test',
      'ddev exec ls web',
      `heroku run 'rails runner "puts User.count"' -a shop`,
    ])
      assert.equal(verdict(command), 'allow', command);
  });

  it('a request that ends a service or moves money: is held when its address says so', () => {
    for (const command of [
      'curl -X POST https://api.render.com/v1/services/srv-1/suspend',
      'curl -X POST https://api.machines.dev/v1/apps/shop/machines/1/stop',
      'curl "https://ec2.amazonaws.com/?Action=TerminateInstances&InstanceId.1=i-1"',
      `curl -X POST https://dynamodb.eu-west-1.amazonaws.com -H 'X-Amz-Target: DynamoDB_20120810.DeleteTable' -d '{"TableName":"orders"}'`,
      `curl -X POST https://api.cloudflare.com/client/v4/zones/abc/purge_cache -d '{"purge_everything":true}'`,
      'curl https://api.stripe.com/v1/refunds -u sk: -d charge=ch_1',
    ])
      assert.notEqual(verdict(command), 'allow', command);
    for (const command of [
      'curl https://api.render.com/v1/services/srv-1',
      'curl -X POST http://localhost:8080/machines/1/stop',
      'curl "https://ec2.amazonaws.com/?Action=DescribeInstances"',
      `curl -X POST https://dynamodb.eu-west-1.amazonaws.com -H 'X-Amz-Target: DynamoDB_20120810.GetItem' -d '{}'`,
      'curl https://api.stripe.com/v1/refunds -u sk:',
    ])
      assert.equal(verdict(command), 'allow', command);
  });

  it('a cell that a tool runs: is held when it destroys', () => {
    for (const [tool, code] of [
      ['mcp__jupyter__execute_cell', 'import shutil\nshutil.rmtree("/srv/data")'],
      ['mcp__ide__executeCode', RDS],
    ] as const)
      assert.equal(
        judge({ call: toolCallOf(tool, { code }, {}, 'SERVER_TOOL') }, { rules: WATCHING }).verdict,
        'deny',
        tool,
      );
  });

  it('words that another program prints: are the command when they stand first', () => {
    for (const command of [
      `$(printf 'rm -rf %s' /srv/data)`,
      `$(printf '%s %s' terraform destroy) -auto-approve`,
      'sudo `echo terraform destroy`',
      `rm -rf $(echo src /srv/data)`,
      `pwsh -c "iex ('{0} {1}' -f 'terraform','destroy')"`,
      `pwsh -c '$a="terraform"; $b="destroy"; iex "$a $b"'`,
    ])
      assert.equal(verdict(command), 'deny', command);
    for (const command of [`X="$(echo a b)" make`, `"$(echo terraform destroy)"`, `git commit -m "$(echo rm -rf /)"`])
      assert.equal(verdict(command), 'allow', command);
  });

  it('a program in a line of another language: is held when it destroys', () => {
    for (const command of [
      `Rscript -e 'unlink("/srv/data", recursive = TRUE)'`,
      `Rscript -e 'system("dropdb orders")'`,
      `julia -e 'rm("/srv/data"; recursive=true, force=true)'`,
      'julia -e "run(\\`dropdb orders\\`)"',
      `elixir -e 'File.rm_rf!("/srv/data")'`,
      `elixir -e 'System.cmd("dropdb", ["orders"])'`,
      written(
        'W.java',
        'try (var s = Files.walk(Path.of("/srv/data"))) { s.forEach(p -> p.toFile().delete()); }',
        'java W.java',
      ),
      written('w.go', 'filepath.Walk("/srv/data", func(p string) error { return os.Remove(p) })', 'go run w.go'),
    ])
      assert.equal(verdict(command), 'deny', command);
    for (const command of [
      `Rscript -e 'unlink("build", recursive = TRUE)'`,
      `Rscript -e 'devtools::test()'`,
      `julia -e 'println(sum([1, 2, 3]))'`,
      `elixir -e 'IO.puts("dropdb orders")'`,
      written(
        'W.java',
        'try (var s = Files.walk(Path.of("/srv/data"))) { s.forEach(System.out::println); }',
        'java W.java',
      ),
    ])
      assert.equal(verdict(command), 'allow', command);
  });

  it('words that a program or IFS puts together: are the command when they run', () => {
    for (const command of [
      `node -e "require('child_process').execSync(['dropdb', 'orders'].join(' '))"`,
      `node -e "client.query(['DR', 'OP SCHEMA public CASC', 'ADE'].join(''))"`,
      `python3 -c "import os; os.system(' '.join(['dropdb', 'orders']))"`,
      `python3 -c "import subprocess, shlex; subprocess.run(shlex.split('gcloud sql instances delete orders -q'))"`,
      `ruby -e "system(*%w[dropdb orders])"`,
      `php -r "shell_exec(implode(' ', ['dropdb', 'orders']));"`,
      `IFS=,; c='dropdb,--force,orders'; $c`,
    ])
      assert.equal(verdict(command), 'deny', command);
    for (const command of [
      `python3 -c "print(', '.join(['rm -rf /', 'dropdb orders']))"`,
      `node -e "console.log(['DROP', 'TABLE x'].join(' '))"`,
      `IFS=, read -r a b <<< x,y; echo $a`,
    ])
      assert.equal(verdict(command), 'allow', command);
  });

  it('a notebook that becomes a program: is held when a cell destroys', () => {
    const cells = (code: string): string => JSON.stringify({ cells: [{ cell_type: 'code', source: [code] }] });
    const texts = {
      [`${ROOT}/bad.ipynb`]: cells('import shutil\nshutil.rmtree("/srv/data")'),
      [`${ROOT}/good.ipynb`]: cells('print("rm -rf /")'),
    };
    assert.equal(verdict('jupyter nbconvert --to script bad.ipynb --stdout | python', texts), 'deny');
    assert.equal(verdict('jupyter-nbconvert --to=python bad.ipynb && python3 bad.py', texts), 'deny');
    assert.equal(verdict('jupyter nbconvert --to script good.ipynb --stdout | python', texts), 'allow');
    assert.equal(verdict('jupyter nbconvert --to html bad.ipynb', texts), 'allow');
  });

  it("a package's script that a command sets: is what the next command runs", () => {
    const texts = { [`${ROOT}/package.json`]: '{"scripts": {"test": "vitest run"}}' };
    for (const command of [
      "npm pkg set scripts.wipe='dropdb orders' && npm run wipe",
      "npm pkg set scripts.postinstall='rm -rf ../common' && npm install",
      `echo '{"scripts": {"prepare": "dropdb orders"}}' > package.json; npm ci`,
    ])
      assert.equal(verdict(command, texts), 'deny', command);
    for (const command of [
      "npm pkg set scripts.wipe='dropdb orders' && npm run test",
      "npm pkg set scripts.clean='rm -rf dist' && npm run clean",
      'npm pkg set version=1.2.1 && npm install',
    ])
      assert.equal(verdict(command, texts), 'allow', command);
  });

  it("a folder below the home folder: is named as the program's text puts it together", () => {
    for (const text of [
      `ruby -e "FileUtils.rm_rf(File.join(Dir.home, 'work'))"`,
      `python3 -c "import shutil, os; shutil.rmtree(os.path.expanduser('~/work'))"`,
    ]) {
      const answer = judge({ command: text }, { rules: WATCHING });
      assert.match('reason' in answer ? answer.reason : '', /removes \/home\/dev\/work,/);
    }
  });

  it('more wrappers than are followed: are asked about with a policy', () => {
    assert.equal(verdict(`${'env '.repeat(12)}terraform destroy`), 'ask');
    assert.equal(verdict('sudo nice -n 5 env A=1 npm test'), 'allow');
  });

  it('rules that make is given as words: are what it runs', () => {
    assert.equal(verdict("make --eval='x: ; terraform destroy' x"), 'deny');
    assert.equal(verdict("make --eval='x: ; npm test' x"), 'allow');
  });

  it('a batch file: is read when cmd starts it', () => {
    const texts = { [`${ROOT}/nuke.bat`]: '@echo off\r\nterraform destroy -auto-approve\r\n' };
    assert.equal(verdict('cmd /c nuke.bat', texts), 'deny');
    assert.equal(verdict(String.raw`cmd /c .\nuke.bat`, texts), 'deny');
    assert.equal(verdict(String.raw`.\nuke.bat`, texts), 'deny');
  });

  it('a script of PowerShell: is read when its path has backslashes', () => {
    const texts = {
      [`${ROOT}/z.ps1`]: 'terraform destroy -auto-approve\n',
      [`${ROOT}/tools/plan.ps1`]: 'terraform plan\n',
      [`${ROOT}/tools/wipe.ps1`]: 'dropdb orders\n',
    };
    for (const command of [
      String.raw`pwsh -File .\z.ps1`,
      String.raw`powershell -ExecutionPolicy Bypass -File ".\z.ps1"`,
      String.raw`pwsh -File tools\wipe.ps1`,
      String.raw`.\z.ps1`,
    ])
      assert.equal(verdict(command, texts), 'deny', command);
    assert.equal(verdict(String.raw`pwsh -File tools\plan.ps1`, texts), 'allow');
  });

  it('a file that PowerShell writes: is what the next command runs', () => {
    for (const command of [
      `pwsh -c 'Set-Content z.ps1 "dropdb orders"; ./z.ps1'`,
      `pwsh -c '"dropdb orders" | Out-File z.ps1; & ./z.ps1'`,
      `pwsh -c '"dropdb orders" > z.ps1; . ./z.ps1'`,
      `pwsh -c 'Set-Content z.ps1 "dropdb orders"; Add-Content z.ps1 "npm test"; ./z.ps1'`,
      `pwsh -c '"dropdb orders" | Set-Content z.ps1; "npm test" | Out-File -Append z.ps1; ./z.ps1'`,
      `pwsh -c 'Set-Content -Value "dropdb orders" -Path z.ps1; ./z.ps1'`,
      `pwsh -c 'Set-Content -Encoding utf8 -Path z.ps1 -Value "dropdb orders"; ./z.ps1'`,
      `pwsh -c 'Set-Content z.ps1 "npm test","dropdb orders"; ./z.ps1'`,
      `pwsh -c 'Out-File -InputObject "dropdb orders" -FilePath z.ps1; ./z.ps1'`,
    ])
      assert.equal(verdict(command), 'deny', command);
    for (const command of [
      `pwsh -c 'Set-Content z.ps1 "npm test"; ./z.ps1'`,
      `pwsh -c '"dropdb orders" | Out-File notes.txt; ./z.ps1'`,
      `pwsh -c 'Set-Content z.ps1 "dropdb orders"; Set-Content z.ps1 "npm test"; ./z.ps1'`,
      `pwsh -c 'Set-Content -Path notes.txt -Value infra/prod/main.tf'`,
    ])
      assert.equal(verdict(command), 'allow', command);
  });
});

describe('the guard, for the folder where it stands', () => {
  it('rights that are only given: are free on everything', () => {
    for (const command of ['chmod -R u+w .', 'chmod +x .', 'chmod -R g+rX ./', 'chown -R $USER:$USER .', 'mv ../x .'])
      assert.equal(verdict(command), 'allow', command);
    for (const command of ['chmod -R 000 .', 'chmod -R a-w .', 'chown -R root .', 'chmod u+w infra/prod/main.tf'])
      assert.notEqual(verdict(command), 'allow', command);
  });

  it("an assistant's settings that are not there: are no reason with a folder above them", () => {
    const answer = judge({ command: 'setfacl -R -m u:a:r .' }, { rules: WATCHING, exists: () => false });
    assert.doesNotMatch('reason' in answer ? answer.reason : '', /Claude Code/);
  });
});
