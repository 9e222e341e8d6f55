/** Ten more outages of the harbour, written with the others and run once, when what reads the texts was done. */
import { edit } from './edits';
import type { ScriptedIncident } from './outages';

export const HARBOUR_LATER: readonly ScriptedIncident[] = [
  {
    shape: 'a value that is empty',
    subject: 'Every policy has limits now',
    edits: [edit('quota/policy.go', '\tif p.Limits == nil {\n\t\treturn true\n\t}\n', '')],
    text: `all APIs answer 503 in every region since a policy with blank fields was written
panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0]
quota.Check(...)`,
  },
  {
    shape: 'tables that are empty',
    subject: 'Tests run in containers',
    edits: [edit('api/spec/support/database.rb', 'DatabaseCleaner.url_allowlist = [%r{^postgres://localhost}]\n', '')],
    text: `every table of production is empty since 13:22
the log of the database: TRUNCATE TABLE "users", "builds", "sites" RESTART IDENTITY CASCADE; from a laptop that ran the specs
it came from DatabaseCleaner`,
  },
  {
    shape: 'a backup that is empty',
    subject: 'A smaller image for backups',
    edits: [edit('backup/Dockerfile', 'postgresql-client-15', 'postgresql-client')],
    text: `we wanted to restore and all dumps of the last nine days are 20 bytes
pg_dump: error: server version: 15.4; pg_dump version: 13.11
pg_dump: error: aborting because of server version mismatch`,
  },
  {
    shape: 'clocks that differ',
    subject: 'Be strict about tokens',
    edits: [edit('auth/tokens.py', 'LEEWAY = 30', 'LEEWAY = 0')],
    text: `one in ten logins fails, trying again helps
jwt.exceptions.ImmatureSignatureError: The token is not yet valid (iat)
clock of two hosts is 400 ms behind`,
  },
  {
    shape: 'clients that all come back at once',
    subject: 'Reconnect at a steady pace',
    edits: [edit('client/socket.ts', 'Math.random() * longest', 'longest')],
    text: `after the restart of the gateway all clients reconnect in the same second, it falls over, and so on every 60 s
reconnects: 1.9 million at 14:02:00, 1.9 million at 14:03:00`,
  },
  {
    shape: 'customers who pay twice',
    subject: 'A replica for billing',
    edits: [edit('billing/redis.conf', '# replicaof billing-redis-1 6379', 'replicaof billing-redis-1 6379')],
    text: `customers are charged again and again, their balance stays at zero
Redis::CommandError: READONLY You can't write against a read only replica.`,
  },
  {
    shape: 'routers that take too much',
    subject: 'Tidy the core',
    edits: [edit('network/core.conf', ' neighbor core prefix-list only-ours in\n', '')],
    text: `mobile and internet are down in the whole country
%BGP-3-MAXPFXEXCEED: Number of prefixes received from 10.9.0.1 reached 941002, max 5000
all core routers are out of memory`,
  },
  {
    shape: 'a chain that old clients do not know',
    subject: 'A shorter chain',
    edits: [edit('tls/issuer.yaml', 'preferredChain: "ISRG Root X1"', 'preferredChain: "ISRG Root X2"')],
    text: `older phones and set-top boxes can't connect, browsers can
javax.net.ssl.SSLHandshakeException: java.security.cert.CertPathValidatorException: Trust anchor for certification path not found.
issuer: C=US, O=Internet Security Research Group, CN=ISRG Root X2`,
  },
  {
    shape: 'a server that is too small',
    subject: 'Spend less on servers',
    edits: [edit('terraform/database.tf', 'db.r6g.8xlarge', 'db.r6g.large')],
    text: `sites are slow since the maintenance at 02:00, most pages time out
RDS sites: CPU 100 %, DatabaseConnections 812, FreeableMemory 90 MB`,
  },
  {
    shape: 'a store of settings that is overloaded',
    subject: 'Watch with less traffic',
    edits: [edit('consul/agent.hcl', 'use_streaming_backend = false', 'use_streaming_backend = true')],
    text: `services do not find each other, KV writes of consul take 2 s instead of 300 ms
consul: leader lost, "contention on a Go channel while streaming", elections every minute`,
  },
];
