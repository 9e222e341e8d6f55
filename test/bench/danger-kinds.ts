/** Changes of 2,000 lines of what people write, one of each kind, for the cost of the danger rules. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const LINES = 2000;

export interface Kind {
  readonly what: string;
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
  /** What begins a comment; null where there are none, as in JSON. */
  readonly comment: string | null;
}

/** So many lines of pieces like this one, in which `@` is their number, but not that of a version (`@v4`). */
function many(piece: string, lines = LINES): string {
  const each = piece.split('\n').length - 1;
  return Array.from({ length: Math.ceil(lines / each) }, (_, index) =>
    piece.replaceAll(/@(?!v\d)/g, String(index)),
  ).join('');
}

const DEPLOY = `log "step @"
deploy_@() {
  local name="$1" region="\${2:-eu-west-1}"
  if ! aws ecs describe-services --cluster "$CLUSTER" --services "$name-@" --region "$region" >/dev/null 2>&1; then
    echo "no service $name-@" >&2
    return 1
  fi
  docker build -t "$REGISTRY/$name:@" -f "services/@/Dockerfile" . || exit 1
  docker push "$REGISTRY/$name:@"
  kubectl set image "deployment/$name" "$name=$REGISTRY/$name:@" -n "$NAMESPACE"
  kubectl rollout status "deployment/$name" --timeout=5m
}
for file in config/@/*.json; do
  jq -r '.items[] | .name' "$file" | sort -u > "out/@.txt"
  sed -e "s/@NAME@/$name/g" "$file" | tee "out/$(basename "$file")" > /dev/null
done
cat > "out/@.env" <<EOF
NAME=$name
EOF
rm -f "out/@.tmp" && cp -r "assets/@" "$TARGET/assets"
`;
const WORKFLOW = `  job@:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Build @
        run: |
          npm ci
          npm run build -- --part @
      - run: ./scripts/check.sh @
        if: always()
`;
const TASK = `- name: Copy the files of step @
  ansible.builtin.shell: cp -r /srv/source/@ /srv/target/@
  args:
    chdir: /srv
  when: step_@ is defined
  become: true
  tags: [copy]

`;
const SERVICE = `  service@:
    image: registry.example.org/service:@
    ports:
      - "127.0.0.1:8@:80"
    volumes:
      - data@:/var/lib/data
    environment:
      NAME: "@"
      OTHER: \${OTHER}
    restart: always
`;
const STACK = `  Bucket@:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    Properties:
      BucketName: !Sub "files-@-\${AWS::Region}"
      Tags:
        - Key: part
          Value: p@
      VersioningConfiguration:
        Status: Enabled
`;
const VALUES = `service@:
  enabled: true
  replicas: 2
  image:
    repository: registry.example.org/service
    tag: "@"
  persistence:
    enabled: true
    size: 10Gi
  logLevel: info
`;
const IMAGE = `ENV PART_@=yes
COPY parts/@ /srv/parts/@
RUN apt-get update && \\
    apt-get install -y package@ && rm -rf /var/lib/apt/lists/*
`;
const POLICY = `    {
      "Sid": "s@",
      "Effect": "Allow",
      "Action": ["s3:GetObject"],
      "Resource": [
        "arn:aws:s3:::bucket@/*"
      ]
    },
`;
const GO = `func Step@(ctx context.Context, input Input) (int, error) {
	rows, err := store.Load(ctx, input.ID, @)
	if err != nil {
		return 0, fmt.Errorf("step @: %w", err)
	}
	for _, row := range rows {
		log.Printf("row %d of %d", row.ID, @)
	}
	return len(rows), nil
}

`;
const JAVA = `  public int step@(Input input) {
    List<Row> rows = store.load(input.id(), @);
    for (Row row : rows) {
      if (row.total() > @) {
        continue;
      }
      store.update(row.id(), "name");
    }
    return rows.size();
  }

`;
const RUBY = `  def step_@(input, limit = @)
    rows = Row.where(owner: input.id).limit(limit)
    rows.each do |row|
      next if row.total > limit
      row.update!(name: "step @")
    end
    rows.size
  end

`;
const PHP = `    public function step@(Input $input, int $limit = @): int
    {
        $rows = $this->store->load($input->id, $limit);
        foreach ($rows as $row) {
            $this->store->update($row->id, ['name' => 'step @']);
        }
        return count($rows);
    }

`;
const POWERSHELL = `$item@ = Get-Item "C:\\data\\@"
if ($item@.Length -gt 10) {
  Copy-Item $item@ D:\\backup -Force
}
`;
const TYPESCRIPT = `export async function step@(input: Input): Promise<number> {
  const rows = await load(input.id, { limit: @ });
  for (const row of rows) {
    if (row.total > @) continue;
    await remove(row.id);
  }
  return rows.length;
}
`;
const PYTHON = `def step_@(source, limit=@):
    rows = load(source, limit)
    for row in rows:
        if row.total > limit:
            continue
        delete(row.id)
    return len(rows)

`;
const TERRAFORM = `resource "aws_db_instance" "db@" {
  identifier = "db@"
  engine = "postgres"
  deletion_protection = true
  tags = {
    name = "x@"
  }
}
`;
const TABLE = `CREATE TABLE t@ (
  id bigint PRIMARY KEY,
  name text NOT NULL,
  other varchar(20)
);
`;
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: d@
  labels:
    app: d@
spec:
  replicas: 2
  selector:
    matchLabels:
      app: d@
  template:
    spec:
      containers:
        - name: c
          image: x:@
          ports:
            - containerPort: 80
---
`;
const SOURCE = readFileSync(
  path.resolve(import.meta.dirname, '../../node_modules/typescript/lib/lib.dom.d.ts'),
  'utf8',
).slice(0, 90_000);

/** Two lines in the middle are others, and what is added stands at the end. */
function changed(text: string, added = ''): string {
  const lines = text.split('\n');
  for (const at of [700, 1301]) lines[at] = (lines[at] ?? '').replace(/\d+/, '9$&');
  return lines.join('\n') + added;
}

/** Sources that are like what people write; each change has one danger in it, where no other is named. */
export function kinds(): readonly Kind[] {
  const kubernetes = many(DEPLOYMENT);
  const terraform = many(TERRAFORM);
  const of = (what: string, file: string, comment: string | null, before: string, added = ''): Kind => ({
    what,
    path: file,
    before,
    after: changed(before, added),
    comment,
  });
  const appended = (what: string, file: string, comment: string, before: string, added: string): Kind => ({
    ...of(what, file, comment, before),
    after: before + added,
  });
  const simple = many('echo step @\nif [ -f "f@" ]; then cp f@ g@; fi\n');
  return [
    {
      ...of('SQL', 'db/migrations/2.sql', '--', many(TABLE)),
      before: null,
      after: `${many(TABLE)}DROP TABLE users;\n`,
    },
    { ...of('Kubernetes', 'k8s/a.yaml', '#', kubernetes), after: kubernetes.replace('replicas: 2', 'replicas: 0') },
    { ...of('Terraform', 'infra/a.tf', '#', terraform), after: terraform.replace('= true', '= false') },
    appended('Python', 'app/a.py', '#', many(PYTHON), 'import shutil\nshutil.rmtree(path)\n'),
    appended('shell', 'scripts/a.sh', '#', simple, 'rm -rf /var/data\n'),
    of('a shell script that deploys', 'scripts/b.sh', '#', many(DEPLOY), 'rm -rf /var/data\n'),
    appended('TypeScript', 'src/a.ts', '//', many(TYPESCRIPT), 'await fs.rm(userPath, { recursive: true });\n'),
    appended('TypeScript without anything dangerous in it', 'src/b.ts', '//', SOURCE, '\ninterface More {}\n'),
    of('Go', 'cmd/a.go', '//', `package main\n${many(GO)}`, 'func Clear() { os.RemoveAll(dir) }\n'),
    of('Java, nothing dangerous', 'src/A.java', '//', `class A {\n${many(JAVA)}}\n`),
    of('Ruby, nothing dangerous', 'app/models/a.rb', '#', `class A\n${many(RUBY)}end\n`),
    of('PHP, nothing dangerous', 'src/A.php', '#', `<?php\nclass A\n{\n${many(PHP)}}\n`),
    of('a workflow of GitHub, nothing dangerous', '.github/workflows/a.yml', '#', `on: push\njobs:\n${many(WORKFLOW)}`),
    of('tasks of Ansible, nothing dangerous', 'roles/a/tasks/main.yml', '#', many(TASK)),
    of('Compose, nothing dangerous', 'docker-compose.yml', '#', `services:\n${many(SERVICE)}`),
    of('CloudFormation, nothing dangerous', 'infra/template.yaml', '#', `Resources:\n${many(STACK)}`),
    of('values of Helm, nothing dangerous', 'charts/a/values.yaml', '#', many(VALUES)),
    of('a Dockerfile, nothing dangerous', 'Dockerfile', '#', `FROM debian:12\n${many(IMAGE)}`),
    of(
      'policies in JSON, nothing dangerous',
      'policies/a.json',
      null,
      `{\n  "Version": "2012-10-17",\n  "Statement": [\n${many(POLICY)}    {"Effect": "Deny", "Action": "*", "Resource": "*"}\n  ]\n}\n`,
    ),
    of('PowerShell', 'scripts/a.ps1', '#', many(POWERSHELL), 'Remove-Item -Recurse -Force C:\\data\n'),
  ];
}
