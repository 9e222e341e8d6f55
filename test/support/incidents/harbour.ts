/** A host of other people's sites, in one repository, before the window. */
export const HARBOUR: Readonly<Record<string, string>> = {
  'proxy/src/features.rs': `use crate::row::Row;

const FEATURES_AT_MOST: usize = 200;

pub struct Features {
    rows: Vec<Row>,
}

impl Features {
    pub fn load(rows: Vec<Row>) -> Result<Self, String> {
        if rows.len() > FEATURES_AT_MOST {
            return Err(format!("{} features", rows.len()));
        }
        Ok(Features { rows })
    }
}
`,
  'proxy/src/main.rs': `mod features;
mod row;

fn main() {
    let port = 8443;
    let rows = row::read("/var/lib/proxy/features.bin");
    let features = features::Features::load(rows).unwrap();
    serve(port, features);
}
`,
  'bots/features.sql': `SELECT name, type
FROM system.columns
WHERE table = 'http_requests_features' AND database = 'default'
ORDER BY name
`,
  'bots/train.py': `FEATURES = "features.sql"
EVERY = "5m"
MODEL = "bots-7"
`,
  'cluster/kubeadm.yaml': `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.23.17
networking:
  podSubnet: 10.64.0.0/14
`,
  'cluster/calico.yaml': `apiVersion: crd.projectcalico.org/v1
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: all()
  peerSelector: route-reflector == 'true'
---
apiVersion: crd.projectcalico.org/v1
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: false
  logSeverityScreen: Info
`,
  'cluster/priorities.yaml': `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  name: batch
value: 1000
preemptionPolicy: Never
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  name: serving
value: 100000
`,
  'cluster/ingester.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: ingester
spec:
  replicas: 12
  template:
    spec:
      priorityClassName: serving
      containers:
        - name: ingester
          image: registry.harbour.example/ingester:4.1.0
          resources:
            requests: { cpu: "2", memory: 8Gi }
`,
  'cluster/compactor.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: compactor
spec:
  replicas: 2
  template:
    spec:
      priorityClassName: batch
      containers:
        - name: compactor
          image: registry.harbour.example/compactor:4.1.0
          resources:
            requests: { cpu: "4", memory: 16Gi }
`,
  'cdn/distribution.tf': `resource "aws_cloudfront_cache_policy" "app" {
  name        = "app"
  min_ttl     = 0
  default_ttl = 0
  max_ttl     = 1

  parameters_in_cache_key_and_forwarded_to_origin {
    cookies_config {
      cookie_behavior = "all"
    }
    headers_config {
      header_behavior = "none"
    }
    query_strings_config {
      query_string_behavior = "all"
    }
  }
}

resource "aws_cloudfront_cache_policy" "assets" {
  name        = "assets"
  min_ttl     = 3600
  default_ttl = 86400
  max_ttl     = 86400
}
`,
  'postgres/postgresql.conf': `max_connections = 400
shared_buffers = 16GB
autovacuum = on
autovacuum_max_workers = 6
autovacuum_vacuum_cost_limit = 2000
log_min_duration_statement = 500
wal_level = replica
`,
  'cassandra/cassandra.yaml': `cluster_name: sites
num_tokens: 16
auto_bootstrap: true
endpoint_snitch: GossipingPropertyFileSnitch
concurrent_reads: 64
concurrent_writes: 64
`,
  'cassandra/nodes.yml': `nodes:
  - cassandra-1
  - cassandra-2
  - cassandra-3
`,
  'events/schema.rb': `ActiveRecord::Schema.define(version: 2026_10_01) do
  create_table "events", id: :bigint do |t|
    t.bigint "site_id", null: false
    t.string "action"
  end
  create_table "readings", id: :bigint do |t|
    t.bigint "event_id", null: false
    t.datetime "read_at"
  end
end
`,
  'network/bird.conf': `router id 192.0.2.1;

protocol static anycast {
  ipv4;
  route 198.51.100.0/24 reject;
  route 203.0.113.0/24 reject;
}

filter to_transit {
  if net ~ [ 198.51.100.0/24, 203.0.113.0/24 ] then accept;
  reject;
}

protocol bgp transit1 {
  local as 64500;
  neighbor 192.0.2.254 as 64501;
  ipv4 {
    import limit 10000 action restart;
    export filter to_transit;
  };
}
`,
  'network/core.conf': `router bgp 64500
 neighbor core peer-group
 neighbor core prefix-list only-ours in
 neighbor core maximum-prefix 5000
!
ip prefix-list only-ours permit 10.0.0.0/8 le 24
`,
  'hosts/packages.yml': `- hosts: all
  tasks:
    - name: security updates
      ansible.builtin.copy:
        dest: /etc/apt/apt.conf.d/50unattended-upgrades
        content: |
          Unattended-Upgrade::Origins-Pattern { "origin=Debian,codename=bookworm-security"; };
          Unattended-Upgrade::Package-Blacklist { "systemd"; "docker-ce"; };
    - name: time
      ansible.builtin.apt: { name: chrony, state: present }
`,
  'sensor/templates.json': `{
  "version": 290,
  "types": [
    { "name": "process", "fields": 12 },
    { "name": "pipe", "fields": 20 }
  ]
}
`,
  'sensor/src/interpret.cc': `#include "template.h"

constexpr int kInputs = 20;

bool Matches(const Template& t, const char* const inputs[kInputs]) {
  for (int i = 0; i < t.fields; i++) {
    if (!Match(t.patterns[i], inputs[i])) return false;
  }
  return true;
}
`,
  'quota/policy.go': `package quota

type Policy struct {
	Name   string
	Limits *Limits
}

type Limits struct {
	PerMinute int
}

// Check says whether one more request may be made.
func Check(p Policy, used int) bool {
	if p.Limits == nil {
		return true
	}
	return used < p.Limits.PerMinute
}
`,
  'api/spec/support/database.rb': `require "database_cleaner"

DatabaseCleaner.url_allowlist = [%r{^postgres://localhost}]
DatabaseCleaner.strategy = :truncation
`,
  'api/config/env.yml': `test:
  database_url: postgres://localhost/api_test
production:
  database_url: postgres://db.harbour.example/api
`,
  'backup/Dockerfile': `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y postgresql-client-15 awscli
COPY dump.sh /usr/local/bin/dump.sh
CMD ["dump.sh"]
`,
  'backup/dump.sh': `#!/bin/sh
set -eu
pg_dump "$DATABASE_URL" | gzip | aws s3 cp - "s3://harbour-backups/$(date +%F).sql.gz"
`,
  'auth/tokens.py': `import jwt

LEEWAY = 30
AUDIENCE = "harbour"


def read(token, key):
    return jwt.decode(token, key, algorithms=["RS256"], audience=AUDIENCE, leeway=LEEWAY)
`,
  'auth/login.py': `ATTEMPTS = 5
SESSION = 86_400
`,
  'client/socket.ts': `export function reconnectIn(attempt: number): number {
  const longest = Math.min(60_000, 1_000 * 2 ** attempt);
  return Math.random() * longest;
}

export const PING_MS = 30_000;
`,
  'billing/redis.conf': `port 6379
appendonly yes
maxmemory 4gb
maxmemory-policy noeviction
# replicaof billing-redis-1 6379
`,
  'billing/charge.rb': `class Charge
  def run(account)
    return if account.balance > account.threshold
    Card.charge(account.card, account.top_up)
    account.balance += account.top_up
  end
end
`,
  'tls/issuer.yaml': `apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata:
  name: public
spec:
  acme:
    server: https://acme-v02.api.letsencrypt.org/directory
    preferredChain: "ISRG Root X1"
    email: tls@harbour.example
`,
  'terraform/database.tf': `resource "aws_db_instance" "sites" {
  identifier     = "sites"
  engine         = "postgres"
  engine_version = "15.4"
  instance_class = "db.r6g.8xlarge"
  multi_az       = true
}

resource "aws_db_instance" "billing" {
  identifier     = "billing"
  engine         = "postgres"
  engine_version = "15.4"
  instance_class = "db.r6g.2xlarge"
}
`,
  'consul/agent.hcl': `datacenter = "north"
retry_join = ["consul-1", "consul-2", "consul-3"]
use_streaming_backend = false
limits {
  http_max_conns_per_client = 400
}
`,
  'docs/on-call.md': '# On call\n\nWho is called, and when.\n',
  'site/index.html': '<h1>Harbour</h1>\n<p>Sites for everybody.</p>\n',
};
