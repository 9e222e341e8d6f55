import assert from 'node:assert/strict';
import { newDependencies } from '../../src/danger';

/** `name version line` of each. */
const found = (path: string, after: string, before: string | null = null): readonly string[] =>
  newDependencies([{ path, from: null, before, after }]).map(
    ({ name, version, line }) => `${name} ${version ?? '-'} ${String(line)}`,
  );

describe('new dependencies', () => {
  it('package.json and composer.json: are those that were not there when the file changed', () => {
    assert.deepEqual(
      found(
        'web/package.json',
        '{"dependencies": {"left": "1.0.0", "right": "^2.0.0"},\n"devDependencies": {"up": "git+https://example.com/up.git"}}',
        '{"dependencies": {"left": "0.9.0"}}',
      ),
      ['right ^2.0.0 1', 'up git+https://example.com/up.git 2'],
    );
    assert.deepEqual(found('composer.json', '{"require": {"php": ">=8", "ext-json": "*", "acme/pay": "^1.2"}}'), [
      'acme/pay ^1.2 1',
    ]);
  });

  it('requirements and pyproject.toml: are read with and without a version', () => {
    assert.deepEqual(
      found(
        'requirements-dev.txt',
        '# tools\nrequests==2.31.0\nflask[async]>=2,<3 ; python_version > "3.8"\nrich\n-r base.txt\n',
      ),
      ['requests ==2.31.0 2', 'flask >=2,<3 3', 'rich - 4'],
    );
    assert.deepEqual(
      found(
        'pyproject.toml',
        '[project]\nname = "shop"\ndependencies = [\n  "httpx>=0.27",\n  "rich",\n]\n[tool.poetry.dependencies]\npython = "^3.11"\ndjango = "^5.0"\nlocal = {git = "https://example.com/x.git"}\n[tool.ruff]\nselect = ["E"]\n',
      ),
      ['httpx >=0.27 4', 'rich - 5', 'django ^5.0 9', 'local https://example.com/x.git 10'],
    );
  });

  it('go.mod and Cargo.toml: are without what others bring', () => {
    assert.deepEqual(
      found(
        'go.mod',
        'module acme.example/shop\ngo 1.22\nrequire (\n\tgithub.com/a/b v1.2.3\n\tgolang.org/x/net v0.1.0 // indirect\n)\nrequire github.com/c/d/v2 v2.0.0\n',
      ),
      ['github.com/a/b v1.2.3 4', 'github.com/c/d/v2 v2.0.0 7'],
    );
    assert.deepEqual(
      found(
        'Cargo.toml',
        '[package]\nname = "shop"\nversion = "0.1.0"\n[dependencies]\nserde = { version = "1", features = ["derive"] }\nlog = "0.4"\n[dev-dependencies.insta]\nversion = "1"\n',
      ),
      ['serde 1 5', 'log 0.4 6', 'insta - 7'],
    );
  });

  it('Gemfile, pom.xml and Gradle: are read line by line', () => {
    assert.deepEqual(found('Gemfile', "source 'https://rubygems.org'\ngem 'rails', '~> 7.1'\ngem 'puma'\n"), [
      'rails ~> 7.1 2',
      'puma - 3',
    ]);
    assert.deepEqual(
      found(
        'pom.xml',
        '<project>\n<dependencies>\n<dependency>\n<groupId>org.acme</groupId>\n<artifactId>pay</artifactId>\n<version>1.0</version>\n</dependency>\n</dependencies>\n</project>\n',
      ),
      ['org.acme:pay 1.0 3'],
    );
    assert.deepEqual(
      found(
        'app/build.gradle.kts',
        'dependencies {\n  implementation("org.acme:pay:1.0")\n  testImplementation("junit:junit:4.13")\n}\n',
      ),
      ['org.acme:pay 1.0 2', 'junit:junit 4.13 3'],
    );
  });

  it('other files, and a version that changes: are none if nothing new is declared', () => {
    assert.deepEqual(found('src/a.ts', "import 'left';"), []);
    assert.deepEqual(found('requirements.txt', 'requests==3\n', 'requests==2\n'), []);
    assert.deepEqual(found('package.json', '{"dependencies": {', '{}'), []);
  });
});
